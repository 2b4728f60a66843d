package io.keyward.topology;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntPredicate;

/// The partitions that an instance has parked: their state is not whole, although it was wiped and restored. Nothing
/// of a parked partition is decided, its inputs wait, and its changelogs stay as they are. Other partitions continue.
/// Safe for many threads.
final class ParkedPartitions implements IntPredicate {
    private final Map<Integer, Parked> parked = new ConcurrentSkipListMap<>();

    /// @param fault what is wrong with the rows
    /// @param stateDigest the newest in the changelog when the partition was parked
    private record Parked(String fault, Optional<byte[]> stateDigest) {}

    void park(int partition, String fault, Optional<byte[]> stateDigest) {
        parked.put(partition, new Parked(fault, stateDigest));
    }

    /// Releases the partition if its changelog has another seal than when it was parked: somebody has repaired it.
    ///
    /// @param stateDigest the newest in the changelog
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
