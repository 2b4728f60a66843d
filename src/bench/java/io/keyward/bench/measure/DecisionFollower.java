package io.keyward.bench.measure;

import io.keyward.bench.subject.Partitions;
import io.keyward.testing.process.Patience;
import io.keyward.testing.process.RecordFollower;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads decisions as they are committed, on a separate thread.
final class DecisionFollower implements AutoCloseable {
    private final BenchCluster cluster;
    private final String topic;
    private final TopicReader.Sink sink;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong lastAt = new AtomicLong(System.nanoTime());
    private final RecordFollower follower;

    private DecisionFollower(BenchCluster cluster, String topic, TopicReader.Sink sink) {
        this.cluster = cluster;
        this.topic = topic;
        this.sink = sink;
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        cluster.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "fetch.max.wait.ms",
                        20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(Partitions.of(topic));
        consumer.seekToBeginning(consumer.assignment());
        follower = RecordFollower.start(consumer, this::note);
    }

    static DecisionFollower start(BenchCluster cluster, String topic, TopicReader.Sink sink) {
        return new DecisionFollower(cluster, topic, sink);
    }

    /// Waits until it has read all decisions that are committed now.
    ///
    /// @throws BenchException if there are none
    void awaitCommitted(Duration limit) {
        long count = TopicReader.count(cluster, topic);
        if (count == 0) {
            throw new BenchException("Nothing was decided");
        }
        Patience.until("%,d decisions are published".formatted(count), limit, () -> {
            follower.rethrowFailure();
            return seen.get() >= count;
        });
    }

    /// Waits until no decision arrives for `silence`, starting now. Returns the time of the last one.
    long awaitSilence(Duration silence, Duration limit) {
        long asked = System.nanoTime();
        Patience.until("no more decisions are published", limit, () -> {
            follower.rethrowFailure();
            return System.nanoTime() - Math.max(asked, lastAt.get()) > silence.toNanos();
        });
        return lastAt.get();
    }

    long seen() {
        return seen.get();
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        sink.accept(record);
        seen.incrementAndGet();
        lastAt.set(System.nanoTime());
    }

    @Override
    public void close() {
        follower.close();
    }
}
