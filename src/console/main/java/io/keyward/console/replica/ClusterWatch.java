package io.keyward.console.replica;

import io.keyward.kafka.KafkaAnswers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Asks the cluster what a consumer does not tell: which topics and partitions there are, where they end for readers of
/// committed records and for others, and how long tombstones stay.
final class ClusterWatch implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Admin admin;

    ClusterWatch(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putIfAbsent("default.api.timeout.ms", (int) LIMIT.toMillis());
        settings.putIfAbsent("request.timeout.ms", (int) LIMIT.toMillis());
        admin = Admin.create(settings);
    }

    /// The topics that exist, by name.
    ///
    /// @param needed what the user must be allowed to do with them
    Map<String, KnownTopic> topics(Collection<String> names, AclOperation needed) {
        Map<String, KnownTopic> found = new HashMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, answer) -> describe(answer, needed + " on the topic " + name)
                        .ifPresent(topic -> found.put(
                                name,
                                new KnownTopic(
                                        topic.topicId(), topic.partitions().size()))));
        return found;
    }

    private static Optional<TopicDescription> describe(KafkaFuture<TopicDescription> answer, String needed) {
        try {
            return Optional.of(get(answer, needed));
        } catch (UnknownTopicOrPartitionException missing) {
            return Optional.empty();
        }
    }

    /// Where reading ends for now: before the first open transaction.
    Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /// Where logs end, open transactions included.
    Map<TopicPartition, Long> written(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    Map<TopicPartition, Long> firsts(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        String topics = partitions.stream()
                .map(TopicPartition::topic)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return get(KafkaAnswers.offsets(admin, partitions, spec, isolation), "READ on the topics " + topics);
    }

    /// For how long the compacted ones of these topics keep tombstones: who was away for longer has missed some.
    Optional<Duration> tombstonesKept(Collection<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return admin.describeConfigs(resources).values().entrySet().stream()
                .map(answer -> get(
                        answer.getValue(),
                        "DESCRIBE_CONFIGS on the topic " + answer.getKey().name()))
                .filter(config ->
                        value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains("compact"))
                .map(config -> Duration.ofMillis(Long.parseLong(value(config, TopicConfig.DELETE_RETENTION_MS_CONFIG))))
                .min(Duration::compareTo);
    }

    private static String value(Config config, String name) {
        return config.get(name).value();
    }

    /// @param needed the permission that this takes
    /// @throws org.apache.kafka.common.KafkaException as the cluster answers
    private static <T> T get(KafkaFuture<T> answer, String needed) {
        try {
            return KafkaAnswers.get(answer);
        } catch (AuthorizationException denied) {
            throw new DeniedException(needed, denied);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
