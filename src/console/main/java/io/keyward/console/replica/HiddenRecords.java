package io.keyward.console.replica;

import io.keyward.kafka.Stopwatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/// Detects partitions in which a transaction has been open for long. Records written after its start cannot be
/// read, and the lag does not include them.
final class HiddenRecords {
    private final Duration patience;
    private final Map<TopicPartition, Stop> stops = new HashMap<>();

    HiddenRecords(Duration patience) {
        this.patience = patience;
    }

    /// @param committed the last stable offset
    /// @param since when this offset was first seen
    private record Stop(long committed, Stopwatch since) {}

    /// Updates the last stable offset and the log end offset of each partition.
    void update(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> written) {
        stops.keySet().retainAll(committed.keySet());
        committed.forEach((partition, end) -> {
            if (written.get(partition).equals(end)) {
                stops.remove(partition);
            } else if (!stops.containsKey(partition) || stops.get(partition).committed() != end) {
                stops.put(partition, new Stop(end, Stopwatch.start()));
            }
        });
    }

    List<ClusterProgress.Gap> gaps() {
        List<ClusterProgress.Gap> gaps = new ArrayList<>();
        stops.forEach((partition, stop) -> {
            Duration open = stop.since().elapsed();
            if (open.compareTo(patience) >= 0) {
                gaps.add(new ClusterProgress.Gap(
                        "A transaction in %s has been open for %d s and hides every record from offset %d on."
                                .formatted(partition, open.toSeconds(), stop.committed()),
                        Optional.of(partition)));
            }
        });
        return gaps;
    }
}
