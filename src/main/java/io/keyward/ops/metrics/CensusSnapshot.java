package io.keyward.ops.metrics;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The newest count of each partition that the instance serves now. Safe for many threads.
///
/// A partition that went elsewhere counts here no more from that moment on; one that has just come counts nowhere, and
/// ages, until it has been counted.
final class CensusSnapshot {
    private final Supplier<Set<Integer>> serving;
    private final Set<String> sinks;
    private final LongSupplier nanoTime;
    private final Map<Integer, Count> counts = new ConcurrentHashMap<>();

    /// @param serving the partitions that the instance serves
    /// @param sinks shown even when no environment is suppressed
    CensusSnapshot(Supplier<Set<Integer>> serving, Set<String> sinks, LongSupplier nanoTime) {
        this.serving = serving;
        this.sinks = Set.copyOf(sinks);
        this.nanoTime = nanoTime;
    }

    /// @param census empty if it has not been taken yet
    /// @param asOf when it was taken or, if it has not been yet, when the partition came
    private record Count(Optional<Census> census, long asOf) {}

    /// A count with nobody in it yet.
    Census empty() {
        return new Census(sinks);
    }

    /// Whether the partition has no count yet, or one that is at least so old.
    boolean isDue(int partition, Duration age) {
        Count count = counts.get(partition);
        return count == null || count.census().isEmpty() || nanoTime.getAsLong() - count.asOf() >= age.toNanos();
    }

    void put(int partition, Census census, long asOf) {
        counts.put(partition, new Count(Optional.of(census), asOf));
    }

    /// Forgets partitions that have gone, and begins to wait for those that have come.
    void retain(Set<Integer> partitions) {
        counts.keySet().retainAll(partitions);
        partitions.forEach(
                partition -> counts.computeIfAbsent(partition, _ -> new Count(Optional.empty(), nanoTime.getAsLong())));
    }

    /// What is known: the sum over the partitions that have been counted. Empty when none has been, since nobody knows
    /// then; zero would say that there is nothing.
    Optional<Census> total() {
        return serving.get().stream()
                .map(counts::get)
                .filter(Objects::nonNull)
                .flatMap(count -> count.census().stream())
                .reduce((some, others) -> {
                    Census both = empty();
                    both.add(some);
                    both.add(others);
                    return both;
                });
    }

    /// How old the oldest count is; empty when the instance serves no partition.
    Optional<Duration> age() {
        long now = nanoTime.getAsLong();
        return serving.get().stream()
                .map(counts::get)
                .map(count -> Duration.ofNanos(count == null ? 0 : now - count.asOf()))
                .max(Comparator.naturalOrder());
    }
}
