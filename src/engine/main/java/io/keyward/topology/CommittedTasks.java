package io.keyward.topology;

import io.keyward.client.TopicNames;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.StateSeal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What the tasks of an application had when they last committed, as the cluster says: the offsets of the group,
/// and the newest seal in the changelog. Safe for many threads.
public final class CommittedTasks extends GroupPositions {
    /// The seal is written last in each transaction that changes rows.
    private static final long FIRST_LOOK = 200;

    private static final Duration POLL = Duration.ofMillis(200);

    /// A fetch that waits for more of one partition keeps the reading of the next one waiting.
    private static final int FETCH_WAIT_MILLIS = 10;

    private static final Duration READ_LIMIT = Duration.ofSeconds(30);

    private final Map<String, Object> settings;
    private final String changelog;
    private Optional<Consumer<byte[], byte[]>> reader = Optional.empty();

    /// Sends no request yet.
    ///
    /// @param kafka the settings of the clients
    /// @param applicationId that Kafka Streams runs under
    public CommittedTasks(Map<String, Object> kafka, String applicationId, TopicNames names) {
        super(kafka, applicationId, names);
        settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        changelog = KeywardTopology.changelog(applicationId, Nodes.TENANTS);
    }

    /// Reads the end of the changelog, and more of it until there is a seal.
    @Override
    public synchronized Optional<byte[]> seal(int partition) {
        TopicPartition log = new TopicPartition(changelog, partition);
        Consumer<byte[], byte[]> consumer = reader.orElseGet(
                () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        reader = Optional.of(consumer);
        consumer.assign(List.of(log));
        long begin = consumer.beginningOffsets(List.of(log)).get(log);
        long end = consumer.endOffsets(List.of(log)).get(log);
        Optional<byte[]> newest = Optional.empty();
        long from = end;
        for (long look = FIRST_LOOK; newest.isEmpty() && from > begin; look *= 10) {
            from = Math.max(begin, end - look);
            newest = newest(consumer, log, from, end);
        }
        return newest;
    }

    private static Optional<byte[]> newest(Consumer<byte[], byte[]> consumer, TopicPartition log, long from, long end) {
        consumer.seek(log, from);
        Optional<byte[]> newest = Optional.empty();
        long begun = System.nanoTime();
        while (consumer.position(log) < end) {
            if (System.nanoTime() - begun > READ_LIMIT.toNanos()) {
                throw new TimeoutException("The end of " + log + " was not read within " + READ_LIMIT);
            }
            for (ConsumerRecord<byte[], byte[]> row : consumer.poll(POLL)) {
                if (Arrays.equals(row.key(), StateSeal.row())) {
                    newest = Optional.ofNullable(row.value());
                }
            }
        }
        return newest;
    }

    @Override
    public void close() {
        super.close();
        synchronized (this) {
            reader.ifPresent(consumer -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
        }
    }
}
