package io.keyward.console.replica;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/// Partitions in which a transaction has been open for long: whatever was written after its start cannot be read, and
/// no lag tells of it.
final class HiddenRecords {
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, Stop> stops = new HashMap<>();

    HiddenRecords(Duration patience, LongSupplier nanoTime) {
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /// @param committed where reading ends
    /// @param since when that was first seen
    private record Stop(long committed, long since) {}

    void look(Map<TopicPartition, ClusterWatch.Ends> ends) {
        stops.keySet().retainAll(ends.keySet());
        ends.forEach((partition, end) -> {
            if (end.written() == end.committed()) {
                stops.remove(partition);
            } else if (!stops.containsKey(partition) || stops.get(partition).committed() != end.committed()) {
                stops.put(partition, new Stop(end.committed(), nanoTime.getAsLong()));
            }
        });
    }

    List<Reach.Gap> gaps() {
        List<Reach.Gap> gaps = new ArrayList<>();
        stops.forEach((partition, stop) -> {
            Duration open = Duration.ofNanos(nanoTime.getAsLong() - stop.since());
            if (open.compareTo(patience) >= 0) {
                gaps.add(new Reach.Gap(
                        "A transaction in %s has been open for %d s and hides every record from offset %d on."
                                .formatted(partition, open.toSeconds(), stop.committed()),
                        Optional.of(partition)));
            }
        });
        return gaps;
    }
}
