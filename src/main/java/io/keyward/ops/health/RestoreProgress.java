package io.keyward.ops.health;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/// Tracks the restoration of the state stores; Kafka Streams reports to it. Safe for many threads.
public final class RestoreProgress implements StateRestoreListener {
    private final Map<Changelog, Range> running = new ConcurrentHashMap<>();

    private record Changelog(String store, TopicPartition partition) {}

    /// Offsets of a changelog: the next one to restore, and the end offset.
    private record Range(long next, long end) {
        Range after(long restored) {
            return new Range(restored + 1, end);
        }

        long records() {
            return Math.max(0, end - next);
        }
    }

    /// The restoration of one store on this instance that is still to do.
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
        running.forEach((changelog, range) -> byStore.merge(
                changelog.store(), new Remaining(changelog.store(), 1, range.records()), Remaining::plus));
        return List.copyOf(byStore.values());
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
        running.put(new Changelog(store, partition), new Range(startingOffset, endingOffset));
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long numRestored) {
        running.computeIfPresent(new Changelog(store, partition), (_, range) -> range.after(batchEndOffset));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {
        running.remove(new Changelog(store, partition));
    }

    /// The task moved to another instance before its restoration was complete.
    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long totalRestored) {
        running.remove(new Changelog(store, partition));
    }
}
