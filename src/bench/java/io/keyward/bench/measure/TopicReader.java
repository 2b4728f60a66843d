package io.keyward.bench.measure;

import io.keyward.bench.subject.Partitions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads the committed records of a topic up to its current end.
final class TopicReader {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private TopicReader() {}

    /// Receives one record after the other.
    @FunctionalInterface
    interface Sink {
        void accept(ConsumerRecord<byte[], byte[]> record);
    }

    /// The number of records.
    static long count(BenchCluster cluster, String topic) {
        AtomicLong count = new AtomicLong();
        readAll(cluster, topic, _ -> count.incrementAndGet());
        return count.get();
    }

    static void readAll(BenchCluster cluster, String topic, Sink sink) {
        read(cluster, topic, Long.MAX_VALUE, sink);
    }

    /// Reads only the last offsets of each partition, at most this many.
    static void read(BenchCluster cluster, String topic, long last, Sink sink) {
        Map<TopicPartition, Long> ends = cluster.ends(List.of(topic), IsolationLevel.READ_COMMITTED);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(cluster)) {
            consumer.assign(Partitions.of(topic));
            ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - last)));
            long due = System.nanoTime() + LIMIT.toNanos();
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(sink::accept);
                if (System.nanoTime() > due) {
                    throw new BenchException(topic + " could not be read within " + LIMIT.toSeconds() + " s");
                }
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(BenchCluster cluster) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                10_000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
