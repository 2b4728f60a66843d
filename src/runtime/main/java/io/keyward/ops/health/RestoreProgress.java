package io.keyward.ops.health;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/// Tracks the restoration of the state stores; Kafka Streams reports to it. Safe for many threads.
public final class RestoreProgress implements StateRestoreListener {
    /// Keyed by changelog partition.
    private final Map<TopicPartition, Range> running = new ConcurrentHashMap<>();

    /// Changelog offsets of a store: the next one to restore, and the end offset.
    private record Range(String store, long next, long end) {
        long records() {
            return Math.max(0, end - next);
        }
    }

    /// The remaining restoration of one store on this instance.
    ///
    /// @param records an upper bound, because transaction markers count as records
    record Remaining(String store, int partitions, long records) {
        private Remaining plus(Remaining other) {
            return new Remaining(store, partitions + other.partitions, records + other.records);
        }
    }

    /// The number of records to restore, over all stores. An upper bound, because transaction markers count as
    /// records.
    public long remainingRecords() {
        return running.values().stream().mapToLong(Range::records).sum();
    }

    /// The stores that are being restored, by name.
    public List<Remaining> remaining() {
        Map<String, Remaining> byStore = new TreeMap<>();
        running.values()
                .forEach(range -> byStore.merge(
                        range.store(), new Remaining(range.store(), 1, range.records()), Remaining::plus));
        return List.copyOf(byStore.values());
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
        running.put(partition, new Range(store, startingOffset, endingOffset));
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long numRestored) {
        running.computeIfPresent(partition, (_, range) -> new Range(store, batchEndOffset + 1, range.end()));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {
        running.remove(partition);
    }

    /// The task moved to another instance before its restoration was complete.
    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long totalRestored) {
        running.remove(partition);
    }
}
