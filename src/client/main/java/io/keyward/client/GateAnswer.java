package io.keyward.client;

import java.time.Instant;
import java.util.Optional;

/// Whether data of an event time may go to a sink.
public sealed interface GateAnswer {
    /// The data may go to the sink.
    record Pass() implements GateAnswer {}

    /// The data must not go to the sink: it has been suppressed for the environment since this time (R14).
    record Suppressed(Instant since) implements GateAnswer {}

    /// The data must never go to the sink: its event time lies in a gap (R15), or its tenant was erased.
    ///
    /// @param from empty: the beginning of time
    record Gap(Optional<Instant> from, Instant until) implements GateAnswer {}

    /// The answer is not known yet: hold the data back, and check again.
    ///
    /// @param detail one sentence, for logs
    record Wait(Reason reason, String detail) implements GateAnswer {}

    /// Why the answer is not known.
    enum Reason {
        /// The gate has not read everything yet.
        STARTING,
        /// Reading has failed. The gate restarts and reports this until it has read everything, unless it was
        /// closed.
        FAILED,
        /// The tenant is not decided up to the event time (R33).
        NOT_YET_DECIDED,
        /// No decision on the environment can be relied on: it was not decided yet, it was purged, or the gate
        /// has not read all records of a transaction.
        NO_DECISION
    }

    default boolean passes() {
        return this instanceof Pass;
    }
}
