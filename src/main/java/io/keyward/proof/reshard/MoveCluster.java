package io.keyward.proof.reshard;

import io.keyward.topology.GroupPositions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topics and groups of a cluster, as a move needs them. Every call ends within the client's limit.
final class MoveCluster implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration SHOWN_WITHIN = Duration.ofMinutes(1);

    private final Admin admin;
    private final MoveProgress progress;

    /// @param progress is told what is waited for
    MoveCluster(Map<String, Object> kafka, MoveProgress progress) {
        this.admin = Admin.create(kafka);
        this.progress = progress;
    }

    /// The partition count of each topic that exists.
    Map<String, Integer> partitions(Collection<String> topics) {
        return describe(topics).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        topic -> topic.getValue().partitions().size()));
    }

    /// What the topic of generations says last; empty if there is none.
    Optional<Generation> lastGeneration(Move move) {
        GenerationTopic topic = move.generations();
        return partitions(List.of(topic.name())).isEmpty() ? Optional.empty() : topic.read(move.kafka());
    }

    private Map<String, TopicDescription> describe(Collection<String> topics) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(topics)
                .topicNameValues()
                .forEach((name, answer) -> getUnless(UnknownTopicOrPartitionException.class, answer)
                        .ifPresent(topic -> found.put(name, topic)));
        return found;
    }

    /// Gives each topic this many partitions, and returns once all have them.
    void grow(Collection<String> topics, int count) {
        Map<String, NewPartitions> growing = partitions(topics).entrySet().stream()
                .filter(topic -> topic.getValue() < count)
                .collect(Collectors.toMap(Map.Entry::getKey, _ -> NewPartitions.increaseTo(count)));
        get(admin.createPartitions(growing).all());
        awaitPartitions(topics, count);
    }

    /// Creates topics that do not exist yet, with the settings and the replication of another one. Returns once all
    /// can be used.
    void create(Collection<String> topics, int count, String like) {
        Map<String, String> settings = settings(like);
        short replication = (short) describe(List.of(like))
                .get(like)
                .partitions()
                .getFirst()
                .replicas()
                .size();
        admin.createTopics(topics.stream()
                        .map(name -> new NewTopic(name, count, replication).configs(settings))
                        .toList())
                .values()
                .values()
                .forEach(answer -> getUnless(TopicExistsException.class, answer.thenApply(_ -> "created")));
        awaitPartitions(topics, count);
    }

    /// The settings of a topic that do not come from the brokers.
    private Map<String, String> settings(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return get(admin.describeConfigs(List.of(resource)).all()).get(resource).entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private void awaitPartitions(Collection<String> topics, int count) {
        boolean shown = awaitUntil(SHOWN_WITHIN, () -> {
            Map<String, Integer> found = partitions(topics);
            return topics.stream().allMatch(topic -> found.getOrDefault(topic, 0) == count);
        });
        if (!shown) {
            throw new ReshardException("The brokers do not show %d partitions of each of these topics within %s: %s"
                    .formatted(count, SHOWN_WITHIN, topics));
        }
    }

    /// Whether the group has no member, at the latest after this time. A member that was stopped may stay until its
    /// session ends.
    boolean isEmpty(String group, Duration patience) {
        return awaitUntil(patience, () -> members(group).isEmpty());
    }

    /// The members of a group of either protocol.
    Set<String> members(String group) {
        Set<String> members = new HashSet<>();
        getUnless(
                        GroupIdNotFoundException.class,
                        admin.describeConsumerGroups(List.of(group)).all())
                .ifPresent(found -> found.get(group).members().forEach(member -> members.add(member.consumerId())));
        getUnless(
                        GroupIdNotFoundException.class,
                        admin.describeStreamsGroups(List.of(group)).all())
                .ifPresent(found -> found.get(group).members().forEach(member -> members.add(member.memberId())));
        return members;
    }

    /// What a group has committed of these partitions. Waits until open commits have ended, as those of a killed
    /// instance do at the limit of its transaction.
    ///
    /// @throws KafkaException as [GroupPositions#committed]
    Map<TopicPartition, OffsetAndMetadata> committed(String group, List<TopicPartition> inputs) {
        return GroupPositions.committed(
                admin, group, inputs, atMost -> progress.waiting(MoveProgress.TRANSACTION_ENDED, atMost));
    }

    /// Deletes topics and groups, as far as they exist.
    void delete(Collection<String> topics, Collection<String> groups) {
        Stream.concat(
                        admin.deleteTopics(topics).topicNameValues().values().stream(),
                        admin.deleteConsumerGroups(groups).deletedGroups().values().stream())
                .map(answer -> answer.thenApply(_ -> "deleted"))
                .forEach(answer -> {
                    try {
                        get(answer);
                    } catch (UnknownTopicOrPartitionException | GroupIdNotFoundException gone) {
                        // as wanted
                    }
                });
    }

    private static boolean awaitUntil(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    private static <T> Optional<T> getUnless(Class<? extends KafkaException> expected, KafkaFuture<T> answer) {
        try {
            return Optional.of(get(answer));
        } catch (KafkaException failure) {
            if (expected.isInstance(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof KafkaException refused
                    ? refused
                    : new KafkaException(failure.getCause());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
