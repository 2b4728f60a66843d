package io.keyward.topology;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntPredicate;

/// The partitions that an instance has parked: their state is incomplete even after it was wiped and restored.
/// Nothing is decided on a parked partition, its inputs wait, and its changelogs are not modified. Other
/// partitions continue. Thread-safe.
final class ParkedPartitions implements IntPredicate {
    private final Map<Integer, Parked> parked = new ConcurrentSkipListMap<>();

    /// @param fault what is wrong with the rows
    /// @param stateDigest the newest digest in the changelog when the partition was parked
    private record Parked(String fault, Optional<byte[]> stateDigest) {}

    void park(int partition, String fault, Optional<byte[]> stateDigest) {
        parked.put(partition, new Parked(fault, stateDigest));
    }

    /// Releases the partition if the state digest in its changelog has changed since it was parked: the
    /// changelog was repaired.
    ///
    /// @param stateDigest the newest digest in the changelog
    /// @return whether it was released
    boolean releaseIfRepaired(int partition, Optional<byte[]> stateDigest) {
        return parked.computeIfPresent(
                        partition,
                        (_, known) -> Arrays.equals(known.stateDigest().orElse(null), stateDigest.orElse(null))
                                ? known
                                : null)
                == null;
    }

    /// Whether the partition is parked.
    @Override
    public boolean test(int partition) {
        return parked.containsKey(partition);
    }

    /// What is wrong with the rows of the partition; empty unless it is parked.
    Optional<String> fault(int partition) {
        return Optional.ofNullable(parked.get(partition)).map(Parked::fault);
    }
}
