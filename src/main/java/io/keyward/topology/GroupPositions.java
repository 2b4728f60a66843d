package io.keyward.topology;

import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicNames;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/// What the processor's group has committed. Kafka Streams asks the same just before it starts a task. Safe for
/// many threads.
public final class GroupPositions implements CommittedPositions, AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

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

    /// The committed position of that partition; 0 for a topic of which nothing is committed. Waits until open
    /// commits have ended.
    ///
    /// @throws KafkaException if the cluster refuses or does not answer; a
    ///     [org.apache.kafka.common.errors.TimeoutException] if a commit stays open
    @Override
    public Position of(int partition) {
        List<TopicPartition> read = Topic.readByTheTopology().stream()
                .map(topic -> new TopicPartition(names.name(topic), partition))
                .toList();
        Map<Topic, Long> next = new EnumMap<>(Topic.class);
        committed(admin, group, read, _ -> {})
                .forEach((input, commit) -> next.put(names.topic(input.topic()).orElseThrow(), commit.offset()));
        return Position.of(partition, next);
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
        try {
            return new HashMap<>(admin.listConsumerGroupOffsets(
                            Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(read)),
                            new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata(group)
                    .get());
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof KafkaException refusal) {
                throw refusal;
            }
            throw new KafkaException("The offsets of the group " + group + " cannot be read", failure.getCause());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    @Override
    public void close() {
        admin.close(CLOSE_LIMIT);
    }
}
