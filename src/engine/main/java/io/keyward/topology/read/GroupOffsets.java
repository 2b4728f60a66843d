package io.keyward.topology.read;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.kafka.Stopwatch;
import io.keyward.topology.CommittedOffsets;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.StateDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads from the cluster what the tasks of an application had when they last committed: the offsets of the
/// group, and the newest state digest in the changelog. Kafka Streams fetches the same offsets just before it
/// starts a task. Thread-safe.
public final class GroupOffsets implements CommittedOffsets, AutoCloseable {
    /// Longer than any transaction: a commit that is still open after this time does not end by itself.
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(20);

    /// How many records from the end of the changelog are read first. The state digest is the last record of each
    /// transaction that changes rows.
    private static final long FIRST_TAIL = 200;

    private static final Duration POLL = Duration.ofMillis(200);

    /// Short, because a fetch that waits for more records of one partition delays the read of the next.
    private static final int FETCH_WAIT_MILLIS = 10;

    private static final Duration READ_LIMIT = Duration.ofSeconds(30);

    private final Admin admin;
    private final String group;
    private final TopicNames names;
    private final Map<String, Object> settings;
    private Optional<KafkaConsumer<byte[], byte[]>> reader = Optional.empty();

    /// Creates a client for a cluster; sends no request yet.
    ///
    /// @param kafka the settings of the clients
    /// @param group the application id of Kafka Streams
    public GroupOffsets(Map<String, Object> kafka, String group, TopicNames names) {
        this.admin = Admin.create(kafka);
        this.group = group;
        this.names = names;
        this.settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    }

    /// @throws KafkaException if the cluster refuses or does not answer; a
    ///     [org.apache.kafka.common.errors.TimeoutException] if a commit stays open
    @Override
    public Position of(int partition) {
        Map<Topic, Long> next = new EnumMap<>(Topic.class);
        committed(partition)
                .forEach((input, commit) -> next.put(names.topic(input.topic()).orElseThrow(), commit.offset()));
        return Position.of(partition, next);
    }

    @Override
    public boolean anyOfTask(int partition) {
        return committed(partition).values().stream()
                .anyMatch(commit -> !commit.metadata().isEmpty());
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(int partition) {
        List<TopicPartition> read = Topic.readByTheProcessor().stream()
                .map(topic -> new TopicPartition(names.name(topic), partition))
                .toList();
        return committed(admin, group, read, _ -> {});
    }

    /// The offsets that a group has committed for these partitions, without partitions that have none. Waits
    /// until open commits have ended.
    ///
    /// @param onWait called with the maximum wait time if a commit is open
    /// @throws KafkaException as [#of]
    public static Map<TopicPartition, OffsetAndMetadata> committed(
            Admin admin, String group, List<TopicPartition> read, Consumer<Duration> onWait) {
        Stopwatch elapsed = Stopwatch.start();
        Map<TopicPartition, OffsetAndMetadata> committed = listOffsets(admin, group, read);
        if (!committed.keySet().containsAll(read)) {
            onWait.accept(OPEN_LIMIT);
        }
        while (!committed.keySet().containsAll(read)) {
            if (elapsed.hasReached(OPEN_LIMIT)) {
                throw new TimeoutException("A commit of the group " + group + " has been open for " + OPEN_LIMIT);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            committed = listOffsets(admin, group, read);
        }
        committed.values().removeIf(Objects::isNull);
        return committed;
    }

    /// The value is null if there is no committed offset. Partitions with an open commit are absent.
    private static Map<TopicPartition, OffsetAndMetadata> listOffsets(
            Admin admin, String group, List<TopicPartition> read) {
        return new HashMap<>(KafkaAnswers.get(admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(read)),
                        new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata(group)));
    }

    /// Reads the end of the changelog, and ten times as much each time until it finds a state digest.
    @Override
    public synchronized Optional<byte[]> stateDigest(int partition) {
        TopicPartition log = new TopicPartition(KeywardTopology.changelog(group, Nodes.TENANTS), partition);
        KafkaConsumer<byte[], byte[]> consumer = reader.orElseGet(
                () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        reader = Optional.of(consumer);
        consumer.assign(List.of(log));
        long begin = consumer.beginningOffsets(List.of(log)).get(log);
        long end = consumer.endOffsets(List.of(log)).get(log);
        Optional<byte[]> newest = Optional.empty();
        long from = end;
        for (long tail = FIRST_TAIL; newest.isEmpty() && from > begin; tail *= 10) {
            from = Math.max(begin, end - tail);
            newest = newest(consumer, log, from, end);
        }
        return newest;
    }

    private static Optional<byte[]> newest(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition log, long from, long end) {
        consumer.seek(log, from);
        Optional<byte[]> newest = Optional.empty();
        Stopwatch elapsed = Stopwatch.start();
        while (consumer.position(log) < end) {
            if (elapsed.hasReached(READ_LIMIT)) {
                throw new TimeoutException("The end of " + log + " was not read within " + READ_LIMIT);
            }
            for (ConsumerRecord<byte[], byte[]> row : consumer.poll(POLL)) {
                if (Arrays.equals(row.key(), StateDigest.row())) {
                    newest = Optional.ofNullable(row.value());
                }
            }
        }
        return newest;
    }

    /// Aborts a request in progress.
    @Override
    public void close() {
        admin.close(Duration.ZERO);
        synchronized (this) {
            reader.ifPresent(consumer -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
        }
    }
}
