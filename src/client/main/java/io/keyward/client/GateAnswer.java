package io.keyward.client;

import java.time.Instant;
import java.util.Optional;

/// Whether data of an event time may go to a sink.
public sealed interface GateAnswer {
    /// It may.
    record Pass() implements GateAnswer {}

    /// It must not: the sink has been suppressed for the environment since that time (R14).
    record Suppressed(Instant since) implements GateAnswer {}

    /// It must not, now or later: it is of a time of which the data must not be delivered (R15), or its
    /// tenant was erased.
    ///
    /// @param from empty: the beginning of time
    record Gap(Optional<Instant> from, Instant until) implements GateAnswer {}

    /// It is not known: keep it back, and ask again.
    ///
    /// @param detail one sentence, for logs
    record Wait(Reason reason, String detail) implements GateAnswer {}

    /// Why it is not known.
    enum Reason {
        /// The gate has not read everything yet.
        STARTING,
        /// Reading has failed. The gate begins anew in a moment, and says so until it has read everything;
        /// unless it was closed.
        FAILED,
        /// The tenant is not decided up to the event time (R33).
        NOT_YET_DECIDED,
        /// There is no decision on the environment that can be relied on: none was made (yet), it was purged,
        /// or what was read does not say everything yet.
        NO_DECISION
    }

    default boolean passes() {
        return this instanceof Pass;
    }
}
