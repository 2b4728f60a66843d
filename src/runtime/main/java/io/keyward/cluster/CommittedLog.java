package io.keyward.cluster;

import io.keyward.kafka.ReaderSettings;
import io.keyward.kafka.Stopwatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the committed records of partitions from the earliest offset to the end offset at the time of each call.
/// It joins no group and writes nothing. For one thread.
///
/// A call returns only when every transaction that had written to one of the partitions before the call has ended.
/// Two reads of all partitions that a transaction writes to therefore show it completely: what the first one
/// misses, the second one shows.
public final class CommittedLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int RECORDS_PER_POLL = 5_000;

    /// The records exist already, so a fetch that waits for more only delays the next one.
    private static final int FETCH_WAIT_MILLIS = 10;

    /// The longest wait for an open transaction. Longer than any transaction timeout that Keyward uses.
    public static final Duration STALLED_AFTER = Duration.ofMinutes(2);

    private final KafkaConsumer<byte[], byte[]> committed;

    /// Reads the end offsets, records of open transactions included.
    private final KafkaConsumer<byte[], byte[]> written;

    private CommittedLog(KafkaConsumer<byte[], byte[]> committed, KafkaConsumer<byte[], byte[]> written) {
        this.committed = committed;
        this.written = written;
    }

    /// Opens the partitions at their earliest offsets.
    ///
    /// @param kafka client settings, without deserializers
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public static CommittedLog open(Map<String, Object> kafka, Collection<TopicPartition> partitions) {
        KafkaConsumer<byte[], byte[]> committed = consumer(kafka, "read_committed");
        try {
            committed.assign(partitions);
            committed.seekToBeginning(partitions);
            return new CommittedLog(committed, consumer(kafka, "read_uncommitted"));
        } catch (RuntimeException | Error failure) {
            committed.close();
            throw failure;
        }
    }

    /// Reads everything that partitions hold now, as [#readToEnd] does.
    ///
    /// @param partitions may be empty
    public static void readAll(
            Map<String, Object> kafka,
            Collection<TopicPartition> partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> take) {
        try (CommittedLog log = open(kafka, partitions)) {
            var _ = log.readToEnd(take, _ -> {});
        }
    }

    /// The coordinates of a record, for messages.
    public static String coordinates(ConsumerRecord<?, ?> record) {
        return "%s partition %d offset %d".formatted(record.topic(), record.partition(), record.offset());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> kafka, String isolation) {
        Map<String, Object> settings = ReaderSettings.of(kafka, isolation, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Continues a partition at that offset.
    public void seek(TopicPartition partition, long offset) {
        committed.seek(partition, offset);
    }

    /// Continues each partition at its first record with that timestamp or later, or at its end if there is none.
    public void seekToTime(Instant time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        committed.assignment().forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
        committed.offsetsForTimes(times).forEach((partition, found) -> {
            if (found == null) {
                committed.seekToEnd(Set.of(partition));
            } else {
                committed.seek(partition, found.offset());
            }
        });
    }

    /// The next offset of each partition.
    public Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        committed.assignment().forEach(partition -> positions.put(partition, committed.position(partition)));
        return positions;
    }

    /// The earliest offset of each partition.
    public Map<TopicPartition, Long> beginnings() {
        return committed.beginningOffsets(committed.assignment());
    }

    /// Whether reading to the end would wait for an open transaction.
    public boolean hasOpenTransaction() {
        Map<TopicPartition, Long> ends = written.endOffsets(committed.assignment());
        return committed.endOffsets(ends.keySet()).entrySet().stream()
                .anyMatch(end -> end.getValue() < ends.get(end.getKey()));
    }

    /// Reads each partition to its end offset as of this call. Waits for open transactions.
    ///
    /// @param take receives each record; those of one partition in offset order
    /// @param read receives, from time to time, the number of offsets that this call has read so far, over all
    ///     partitions
    /// @return the end offsets up to which the partitions were read, at least
    /// @throws ClusterException if a transaction stays open
    public Map<TopicPartition, Long> readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> take, LongConsumer read) {
        Map<TopicPartition, Long> ends = written.endOffsets(committed.assignment());
        readTo(ends, take, read);
        return ends;
    }

    /// Reads up to these offsets, exclusive; later calls read what follows. Waits for open transactions.
    ///
    /// @param ends end offsets of assigned partitions; partitions without one are not read
    /// @throws ClusterException if a transaction stays open
    public void readTo(
            Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> take, LongConsumer read) {
        Map<TopicPartition, Long> start = positions();
        Set<TopicPartition> open = new HashSet<>(committed.assignment());
        committed.pause(open);
        open.removeIf(partition -> start.get(partition) >= ends.getOrDefault(partition, 0L));
        committed.resume(open);
        long done = 0;
        Stopwatch moved = Stopwatch.start();
        while (!open.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> next : committed.poll(POLL)) {
                TopicPartition partition = new TopicPartition(next.topic(), next.partition());
                if (next.offset() < ends.get(partition)) {
                    take.accept(next);
                }
            }
            finish(open, ends);
            long now = start.entrySet().stream()
                    .mapToLong(at -> committed.position(at.getKey()) - at.getValue())
                    .sum();
            if (now > done) {
                done = now;
                moved = Stopwatch.start();
                read.accept(now);
            } else if (moved.hasReached(STALLED_AFTER)) {
                throw stalled(open);
            }
        }
    }

    /// The first record between two offsets that matches. Later calls read what follows, as with [#readTo].
    public Optional<ConsumerRecord<byte[], byte[]>> first(
            TopicPartition partition, long from, long end, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        AtomicReference<ConsumerRecord<byte[], byte[]>> first = new AtomicReference<>();
        seek(partition, from);
        Consumer<ConsumerRecord<byte[], byte[]>> take = record -> {
            if (first.get() == null && wanted.test(record)) {
                first.set(record);
            }
        };
        readTo(Map.of(partition, end), take, _ -> {});
        return Optional.ofNullable(first.get());
    }

    private ClusterException stalled(Set<TopicPartition> open) {
        return new ClusterException(
                "A transaction that began at offset %s is still open, or the partition has no leader: no record could be read for %d minutes. Find such transactions with kafka-transactions.sh find-hanging, and end one with kafka-transactions.sh abort."
                        .formatted(
                                open.stream()
                                        .map(partition -> committed.position(partition) + " of " + partition)
                                        .sorted()
                                        .limit(3)
                                        .collect(Collectors.joining(", ")),
                                STALLED_AFTER.toMinutes()));
    }

    /// Pauses the partitions that are read to their end. A poll may have gone past the end, so it seeks back.
    private void finish(Set<TopicPartition> open, Map<TopicPartition, Long> ends) {
        List<TopicPartition> done = open.stream()
                .filter(partition -> committed.position(partition) >= ends.get(partition))
                .toList();
        done.forEach(partition -> committed.seek(partition, ends.get(partition)));
        committed.pause(done);
        done.forEach(open::remove);
    }

    @Override
    public void close() {
        committed.close();
        written.close();
    }
}
