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

/// Observes the flow through the topology, for metrics. Called on stream threads: must be fast and must not
/// throw.
public interface FlowObserver {
    /// Ignores everything.
    FlowObserver NONE = new FlowObserver() {};

    /// An event was accepted on its tenant's partition.
    default void admitted(Event event) {}

    /// A record was refused and goes to the dead letters.
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
    /// @param why the reasons for the verdict behind it, composed on each call; none if it follows from no
    ///     verdict
    default void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {}

    /// A report has proven that a component is as decided (R29).
    ///
    /// @param sinceDesired from the time since which that has been desired to the moment that the report describes
    default void proven(Duration sinceDesired) {}

    /// An event about a key has reached all its environments: that many.
    default void fannedOut(long environments) {}

    /// A tenant has been erased.
    default void erased() {}

    /// An event, or a continuation of it, has reached that many environments within one budget.
    default void reachedByFanOut(int environments) {}

    /// The restored state of a task was not whole; nothing was decided on it.
    default void stateIncomplete() {}

    /// All that was on the inputs of that partition by then is decided; empty if this instance no longer serves it.
    default void decidedUpTo(int partition, Optional<Instant> decided) {}

    /// That many sweeps of that partition wait to be resumed.
    default void fanOutsWaiting(int partition, int fanOuts) {}
}
