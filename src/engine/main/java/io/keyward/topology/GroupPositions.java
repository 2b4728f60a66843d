package io.keyward.topology;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.kafka.KafkaAnswers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// What the processor's group has committed. Kafka Streams asks the same just before it starts a task. Safe for
/// many threads.
public class GroupPositions implements CommittedPositions, AutoCloseable {
    /// Longer than any transaction: a commit that is still open then will not end by itself.
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Admin admin;
    private final String group;
    private final TopicNames names;

    /// Makes a client for a cluster; sends no request yet.
    ///
    /// @param kafka the settings of the client
    /// @param group the id that Kafka Streams runs under
    public GroupPositions(Map<String, Object> kafka, String group, TopicNames names) {
        this.admin = Admin.create(kafka);
        this.group = group;
        this.names = names;
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

    /// What a group has committed of these partitions, without those of which nothing is. Waits until open commits have
    /// ended.
    ///
    /// @param waits is told how long this waits at most, if a commit is open
    /// @throws KafkaException as [#of]
    public static Map<TopicPartition, OffsetAndMetadata> committed(
            Admin admin, String group, List<TopicPartition> read, Consumer<Duration> waits) {
        long begun = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> committed = answer(admin, group, read);
        if (!committed.keySet().containsAll(read)) {
            waits.accept(OPEN_LIMIT);
        }
        while (!committed.keySet().containsAll(read)) {
            if (System.nanoTime() - begun > OPEN_LIMIT.toNanos()) {
                throw new TimeoutException("A commit of the group " + group + " has been open for " + OPEN_LIMIT);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            committed = answer(admin, group, read);
        }
        committed.values().removeIf(Objects::isNull);
        return committed;
    }

    /// Null where nothing is committed; without the partitions that have an open commit.
    private static Map<TopicPartition, OffsetAndMetadata> answer(Admin admin, String group, List<TopicPartition> read) {
        return new HashMap<>(KafkaAnswers.get(admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(read)),
                        new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata(group)));
    }

    /// Abandons a question in progress.
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
