package io.keyward.topology;

import io.keyward.domain.Explanation;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Is told what flows through the topology; for metrics. Called on stream threads: must be fast and must not throw.
public interface FlowObserver {
    /// Looks away.
    FlowObserver NONE = new FlowObserver() {};

    /// An event was accepted on its tenant's partition.
    default void admitted(Event event) {}

    /// A record was refused and goes to the dead letters.
    default void refused(RefusedException why, LogSubject about) {}

    /// A record was found on a partition that is not its tenant's, and was sent there.
    ///
    /// @param topic its name in the contract, without the prefix
    default void rerouted(String topic, LogSubject about) {}

    /// A record was published.
    ///
    /// @param sinceCause the time since the broker took in the record that caused it
    /// @param why the reasons for the verdict that it follows from, composed when they are asked for; none where it
    ///     follows from no verdict on an environment
    default void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {}

    /// An event about a key has reached all of its environments: that many.
    default void fannedOut(long environments) {}

    /// An event, or a continuation of it, has reached that many environments in one go.
    default void swept(int environments) {}

    /// That many events wait on that partition until they can go on to reach the rest of their environments.
    default void sweepsWaiting(int partition, int sweeps) {}
}
