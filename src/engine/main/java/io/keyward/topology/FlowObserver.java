package io.keyward.topology;

import io.keyward.domain.Explanation;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Observes the flow through the topology, for metrics. Called on stream threads: implementations must be fast
/// and must not throw.
public interface FlowObserver {
    /// Ignores everything.
    FlowObserver NONE = new FlowObserver() {};

    /// An event was accepted on its tenant's partition.
    default void admitted(Event event) {}

    /// A record was refused and is sent to the topic `dead-letters`.
    ///
    /// @param topic its name in the contract, without the prefix
    default void refused(String topic, RefusedException why, LogSubject about) {}

    /// A record was found on a partition other than its tenant's, and was rerouted.
    ///
    /// @param topic its name in the contract, without the prefix
    default void rerouted(String topic, LogSubject about) {}

    /// A record was published.
    ///
    /// @param sinceCause the time since the broker received the record that caused it
    /// @param why the reasons of the verdict behind it, composed on each call; empty if it does not follow from a
    ///     verdict
    default void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {}

    /// A report has proven that a component enforces the decision (R29).
    ///
    /// @param sinceDesired the time from the decision's `desiredSince` to the moment that the report describes
    default void proven(Duration sinceDesired) {}

    /// The fan-out of a key event is complete.
    ///
    /// @param environments how many environments it reached
    default void fannedOut(long environments) {}

    /// A tenant has been erased.
    default void erased() {}

    /// A fan-out has reached that many environments within one budget.
    default void reachedByFanOut(int environments) {}

    /// The restored state of a task was incomplete; nothing was decided on it.
    default void stateIncomplete() {}

    /// All records on the inputs of that partition up to that time are decided; empty if this instance no longer
    /// serves the partition.
    default void decidedUpTo(int partition, Optional<Instant> decided) {}

    /// That many fan-outs of that partition wait to be resumed.
    default void fanOutsWaiting(int partition, int fanOuts) {}
}
