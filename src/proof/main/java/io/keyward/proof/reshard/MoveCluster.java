package io.keyward.proof.reshard;

import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.GenerationTopic;
import io.keyward.config.Generation;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.kafka.Stopwatch;
import io.keyward.topology.read.GroupOffsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topics and groups of a cluster, as a move needs them. Every call ends within the client's limit.
final class MoveCluster implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration SHOWN_WITHIN = Duration.ofMinutes(1);

    private final Admin admin;
    private final MoveProgress progress;

    /// @param progress receives what the move waits for
    MoveCluster(Map<String, Object> kafka, MoveProgress progress) {
        this.admin = Admin.create(kafka);
        this.progress = progress;
    }

    /// The partition count of each topic that exists.
    Map<String, Integer> partitions(Collection<String> topics) {
        return KafkaAnswers.partitionCounts(admin, topics);
    }

    /// What the topic of generations says last; empty if there is none.
    Optional<Generation> lastGeneration(Move move) {
        GenerationTopic topic = move.generations();
        return partitions(List.of(topic.name())).isEmpty() ? Optional.empty() : topic.read(move.kafka());
    }

    /// Gives each topic this many partitions, and returns once all have them.
    void grow(Collection<String> topics, int count) {
        Map<String, NewPartitions> growing = partitions(topics).entrySet().stream()
                .filter(topic -> topic.getValue() < count)
                .collect(Collectors.toMap(Map.Entry::getKey, _ -> NewPartitions.increaseTo(count)));
        KafkaAnswers.get(admin.createPartitions(growing).all());
        awaitPartitions(topics, count);
    }

    /// Creates topics that do not exist yet, with the settings and the replication of another one. Returns once all
    /// can be used.
    void create(Collection<String> topics, int count, String like) {
        Map<String, String> settings = settings(like);
        short replication = (short) KafkaAnswers.topics(admin, List.of(like))
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
                .forEach(answer -> awaitUnless(TopicExistsException.class, answer));
        awaitPartitions(topics, count);
    }

    /// The settings of a topic that do not come from the brokers.
    private Map<String, String> settings(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return KafkaAnswers.get(admin.describeConfigs(List.of(resource)).all()).get(resource).entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private void awaitPartitions(Collection<String> topics, int count) {
        boolean shown = awaitUntil(SHOWN_WITHIN, () -> {
            Map<String, Integer> found = partitions(topics);
            return topics.stream().allMatch(topic -> found.getOrDefault(topic, 0) == count);
        });
        if (!shown) {
            throw new CommandFailedException(
                    "The brokers do not show %d partitions of each of these topics within %s: %s"
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
        KafkaAnswers.getUnless(
                        GroupIdNotFoundException.class,
                        admin.describeConsumerGroups(List.of(group)).all())
                .ifPresent(found -> found.get(group).members().forEach(member -> members.add(member.consumerId())));
        KafkaAnswers.getUnless(
                        GroupIdNotFoundException.class,
                        admin.describeStreamsGroups(List.of(group)).all())
                .ifPresent(found -> found.get(group).members().forEach(member -> members.add(member.memberId())));
        return members;
    }

    /// What a group has committed of these partitions. Waits until open commits have ended, as those of a killed
    /// instance do at the limit of its transaction.
    ///
    /// @throws KafkaException as [GroupOffsets#committed]
    Map<TopicPartition, OffsetAndMetadata> committed(String group, List<TopicPartition> inputs) {
        return GroupOffsets.committed(
                admin, group, inputs, atMost -> progress.waiting(MoveProgress.TRANSACTION_ENDED, atMost));
    }

    /// Deletes topics and groups, as far as they exist.
    void delete(Collection<String> topics, Collection<String> groups) {
        admin.deleteTopics(topics)
                .topicNameValues()
                .values()
                .forEach(answer -> awaitUnless(UnknownTopicOrPartitionException.class, answer));
        admin.deleteConsumerGroups(groups)
                .deletedGroups()
                .values()
                .forEach(answer -> awaitUnless(GroupIdNotFoundException.class, answer));
    }

    private static void awaitUnless(Class<? extends KafkaException> asWanted, KafkaFuture<Void> answer) {
        var _ = KafkaAnswers.getUnless(asWanted, answer.thenApply(_ -> "done"));
    }

    private static boolean awaitUntil(Duration patience, BooleanSupplier condition) {
        Stopwatch stopwatch = Stopwatch.start();
        while (!condition.getAsBoolean()) {
            if (stopwatch.hasReached(patience)) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
