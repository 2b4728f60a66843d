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

/// Hands on the records of all partitions in the order of the broker's times, as Kafka Streams does.
///
/// Without it a backlog is read small topics first, keys are rotated and revoked before anybody uses them, and there
/// is much less to decide.
final class Chronological implements Feed {
    /// What a partition holds in memory before it is paused, and when it goes on.
    private static final int FULL = 2_000;

    private static final int LOW = 1_000;

    /// How many records are handed on before the consumer is asked for more.
    private static final int AT_A_TIME = 1_000;

    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final PriorityQueue<Lane> waiting = new PriorityQueue<>(Comparator.comparingLong(Lane::time));

    /// The records of one partition that are in memory.
    private static final class Lane {
        private final TopicPartition partition;
        private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
        private long done = -1;

        Lane(TopicPartition partition) {
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
            Lane lane = waiting.remove();
            ConsumerRecord<byte[], byte[]> earliest = lane.records.removeFirst();
            lane.done = earliest.offset();
            if (!lane.records.isEmpty()) {
                waiting.add(lane);
            }
            work.accept(earliest);
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (Lane lane : lanes.values()) {
            if (lane.done >= 0) {
                offsets.put(lane.partition, new OffsetAndMetadata(lane.done + 1));
                lane.done = -1;
            }
        }
        return offsets;
    }

    private void fill(KafkaConsumer<byte[], byte[]> consumer, Duration atMost) {
        var fetched = consumer.poll(atMost);
        for (TopicPartition partition : fetched.partitions()) {
            Lane lane = lanes.computeIfAbsent(partition, Lane::new);
            boolean waits = !lane.records.isEmpty();
            lane.records.addAll(fetched.records(partition));
            if (!waits) {
                waiting.add(lane);
            }
        }
        consumer.pause(lanes(FULL, Integer.MAX_VALUE));
        consumer.resume(lanes(0, LOW));
    }

    /// Whether every partition has a record in memory, or none on the broker.
    private boolean nothingEarlierMayCome(KafkaConsumer<byte[], byte[]> consumer) {
        if (waiting.size() == consumer.assignment().size()) {
            return true;
        }
        return consumer.assignment().stream()
                .filter(partition -> !lanes.containsKey(partition)
                        || lanes.get(partition).records.isEmpty())
                .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    private Collection<TopicPartition> lanes(int from, int to) {
        return lanes.values().stream()
                .filter(lane -> lane.records.size() >= from && lane.records.size() <= to)
                .map(lane -> lane.partition)
                .toList();
    }
}
