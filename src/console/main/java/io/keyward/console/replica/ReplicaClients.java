package io.keyward.console.replica;

import io.keyward.kafka.KafkaAnswers;
import io.keyward.kafka.ReaderSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The two clients of a replica: a consumer of committed records, in no group, and one that asks the cluster what a
/// consumer does not tell: which topics and partitions there are, where they end for readers of committed records and
/// for others, and how long tombstones stay.
final class ReplicaClients implements AutoCloseable {
    private static final int LIMIT_MILLIS = 10_000;
    private static final int RECORDS_PER_BATCH = 2_000;

    /// Of one answer of a broker; Kafka's own 50 MiB is a third of the heap.
    private static final int FETCHED_BYTES = 8 << 20;

    /// How the broker names it in logs and quotas, unless the settings say otherwise.
    private static final String CLIENT_ID = "keyward-console";

    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;

    /// @throws org.apache.kafka.common.KafkaException if the settings do not do
    ReplicaClients(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
        Map<String, Object> asking = new HashMap<>(settings);
        asking.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        asking.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        admin = Admin.create(asking);
        consumer = consumer(settings);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
        Map<String, Object> settings = ReaderSettings.of(kafka, "read_committed", "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_BATCH);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_BYTES);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    /// The topics that exist, by name.
    ///
    /// @param needed what the user must be allowed to do with them
    Map<String, KnownTopic> topics(Collection<String> names, AclOperation needed) {
        Map<String, KnownTopic> found = new HashMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, answer) -> allowed(
                                needed + " on the topic " + name,
                                () -> KafkaAnswers.getUnless(UnknownTopicOrPartitionException.class, answer))
                        .ifPresent(topic -> found.put(
                                name,
                                new KnownTopic(
                                        topic.topicId(), topic.partitions().size()))));
        return found;
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

    private static <T> T get(KafkaFuture<T> answer, String needed) {
        return allowed(needed, () -> KafkaAnswers.get(answer));
    }

    /// @param needed the permission that the question takes
    /// @throws org.apache.kafka.common.KafkaException as the cluster answers
    private static <T> T allowed(String needed, Supplier<T> question) {
        try {
            return question.get();
        } catch (AuthorizationException denied) {
            throw new DeniedException(needed, denied);
        }
    }

    /// Ends what another thread waits for, with an exception of Kafka.
    void interrupt() {
        consumer.wakeup();
        closeAdmin();
    }

    private void closeAdmin() {
        admin.close(Duration.ofSeconds(1));
    }

    @Override
    public void close() {
        closeAdmin();
        consumer.close();
    }
}
