package io.keyward.console.replica;

import java.time.Instant;
import java.util.Optional;

/// The status of a replica.
///
/// @param message one sentence
/// @param lag committed records that have not been read yet, as far as the ends are known
/// @param completeAt when it last held everything that was committed; empty if it never did
/// @param records how many records were read since the start
public record ReplicaStatus(Phase phase, String message, long lag, Optional<Instant> completeAt, long records) {
    public enum Phase {
        /// The cluster does not respond, or topics are missing, and the replica has not been READY since the
        /// start. It retries by itself.
        WAITING,

        /// It reads everything from the beginning.
        BUILDING,

        /// It continues from where it stopped, and has not reached the ends since the start.
        CATCHING_UP,

        /// It has held everything that was committed, and follows. It stays READY during an outage of the cluster.
        READY,

        /// It cannot continue. Restart it once the cause is fixed.
        FAILED
    }

    /// Whether it has held everything that was committed since the start, so that it can answer queries.
    public boolean ready() {
        return phase == Phase.READY;
    }
}
