package io.keyward.console.replica;

import java.time.Instant;
import java.util.Optional;

/// How a replica does.
///
/// @param message one sentence
/// @param lag committed records that are not read yet, as far as the ends are known
/// @param completeAt when all that was committed had last been read; empty if it never was
/// @param records how many records were read since the start
public record ReplicaStatus(Phase phase, String message, long lag, Optional<Instant> completeAt, long records) {
    public enum Phase {
        /// The cluster does not answer, or topics are missing, and it has not been READY since the start. Goes on by
        /// itself.
        WAITING,
        /// It reads everything from the start.
        BUILDING,
        /// It goes on where it stopped, and has not reached the ends since the start.
        CATCHING_UP,
        /// It has held everything that was committed, and follows. It stays so while the cluster does not answer.
        READY,
        /// It cannot go on. To be started again once the reason is gone.
        FAILED
    }

    /// Whether it has held everything that was committed since the start, so that answers are worth giving.
    public boolean ready() {
        return phase == Phase.READY;
    }
}
