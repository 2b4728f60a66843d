package io.keyward.ops.metrics;

import io.keyward.domain.decision.TenantState;
import io.keyward.topology.store.StoreReader;
import io.keyward.topology.store.StoredEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The newest count of each partition that the instance serves. Safe for many threads.
///
/// A partition that moves away is no longer counted from that moment. A new partition is counted after its first
/// complete read; its age grows until then.
public final class StateGaugesSnapshot implements StoreReader {
    private final Supplier<Set<Integer>> serving;
    private final Set<String> sinks;
    private final LongSupplier nanoTime;
    private final Map<Integer, Count> counts = new ConcurrentHashMap<>();

    /// Creates a snapshot without counts.
    ///
    /// @param serving the partitions that the instance serves
    /// @param sinks exported even when no environment is suppressed
    public StateGaugesSnapshot(Supplier<Set<Integer>> serving, Set<String> sinks, LongSupplier nanoTime) {
        this.serving = serving;
        this.sinks = Set.copyOf(sinks);
        this.nanoTime = nanoTime;
    }

    /// @param stateGauges empty before the first count
    /// @param asOf the time of the count; before the first count, the time when the partition was assigned
    private record Count(Optional<StateGauges> stateGauges, long asOf) {}

    /// Drops revoked partitions and adds newly assigned ones, without counts.
    @Override
    public void serving(Set<Integer> partitions) {
        counts.keySet().retainAll(partitions);
        partitions.forEach(
                partition -> counts.computeIfAbsent(partition, _ -> new Count(Optional.empty(), nanoTime.getAsLong())));
    }

    @Override
    public PartitionReader begin(int partition, Instant now) {
        StateGauges stateGauges = new StateGauges(sinks);
        long asOf = nanoTime.getAsLong();
        return new PartitionReader() {
            @Override
            public void environment(StoredEnvironment environment) {
                stateGauges.add(environment.state(), now);
            }

            @Override
            public void tenant(TenantState tenant) {
                stateGauges.add(tenant);
            }

            @Override
            public void complete() {
                counts.put(partition, new Count(Optional.of(stateGauges), asOf));
            }
        };
    }

    /// The sum over the partitions that have been counted. Empty if none has been counted, because zero would be
    /// wrong.
    Optional<StateGauges> total() {
        return serving.get().stream()
                .map(counts::get)
                .filter(Objects::nonNull)
                .flatMap(count -> count.stateGauges().stream())
                .reduce((some, others) -> {
                    StateGauges both = new StateGauges(sinks);
                    both.add(some);
                    both.add(others);
                    return both;
                });
    }

    /// The age of the oldest count; empty if the instance serves no partition.
    Optional<Duration> age() {
        long now = nanoTime.getAsLong();
        return serving.get().stream()
                .map(counts::get)
                .map(count -> Duration.ofNanos(count == null ? 0 : now - count.asOf()))
                .max(Comparator.naturalOrder());
    }
}
