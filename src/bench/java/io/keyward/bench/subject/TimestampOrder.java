package io.keyward.bench.subject;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Returns the records of all partitions in the order of their timestamps, as Kafka Streams does.
///
/// Without this order, a loop reads the small topics of a backlog first. Keys are then rotated and revoked
/// before anybody uses them, and there are far fewer decisions to make.
final class TimestampOrder implements RecordOrder {
    /// The number of buffered records at which a partition is paused, and the number at which it is resumed.
    private static final int FULL = 2_000;

    private static final int LOW = 1_000;

    /// The number of records to return before the next poll of the consumer.
    private static final int AT_A_TIME = 1_000;

    private final Map<TopicPartition, PartitionBuffer> partitions = new HashMap<>();
    private final PriorityQueue<PartitionBuffer> waiting =
            new PriorityQueue<>(Comparator.comparingLong(PartitionBuffer::time));

    /// The buffered records of one partition.
    private static final class PartitionBuffer {
        private final TopicPartition partition;
        private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
        private long done = -1;

        PartitionBuffer(TopicPartition partition) {
            this.partition = partition;
        }

        long time() {
            return records.getFirst().timestamp();
        }
    }

    @Override
    public void take(
            KafkaConsumer<byte[], byte[]> consumer, Duration atMost, Consumer<ConsumerRecord<byte[], byte[]>> work) {
        fill(consumer, waiting.isEmpty() ? atMost : Duration.ZERO);
        for (int taken = 0; taken < AT_A_TIME && !waiting.isEmpty() && nothingEarlierMayCome(consumer); taken++) {
            PartitionBuffer buffer = waiting.remove();
            ConsumerRecord<byte[], byte[]> earliest = buffer.records.removeFirst();
            buffer.done = earliest.offset();
            if (!buffer.records.isEmpty()) {
                waiting.add(buffer);
            }
            work.accept(earliest);
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (PartitionBuffer buffer : partitions.values()) {
            if (buffer.done >= 0) {
                offsets.put(buffer.partition, new OffsetAndMetadata(buffer.done + 1));
                buffer.done = -1;
            }
        }
        return offsets;
    }

    private void fill(KafkaConsumer<byte[], byte[]> consumer, Duration atMost) {
        var fetched = consumer.poll(atMost);
        for (TopicPartition partition : fetched.partitions()) {
            PartitionBuffer buffer = partitions.computeIfAbsent(partition, PartitionBuffer::new);
            boolean waits = !buffer.records.isEmpty();
            buffer.records.addAll(fetched.records(partition));
            if (!waits) {
                waiting.add(buffer);
            }
        }
        consumer.pause(partitions(FULL, Integer.MAX_VALUE));
        consumer.resume(partitions(0, LOW));
    }

    /// Whether every partition has a buffered record or no more records on the broker.
    private boolean nothingEarlierMayCome(KafkaConsumer<byte[], byte[]> consumer) {
        if (waiting.size() == consumer.assignment().size()) {
            return true;
        }
        return consumer.assignment().stream()
                .filter(partition -> !partitions.containsKey(partition)
                        || partitions.get(partition).records.isEmpty())
                .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    private Collection<TopicPartition> partitions(int from, int to) {
        return partitions.values().stream()
                .filter(buffer -> buffer.records.size() >= from && buffer.records.size() <= to)
                .map(buffer -> buffer.partition)
                .toList();
    }
}
