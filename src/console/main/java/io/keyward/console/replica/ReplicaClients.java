package io.keyward.console.replica;

import io.keyward.cluster.ClusterAnswers;
import io.keyward.config.ClientSettings;
import io.keyward.kafka.ReaderSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The two clients of a replica: a consumer of committed records, in no group, and an admin client for topics,
/// partitions, their last stable and log end offsets, and tombstone retention.
record ReplicaClients(ClusterAnswers cluster, Consumer<byte[], byte[]> consumer) implements AutoCloseable {
    private static final int RECORDS_PER_BATCH = 2_000;

    /// Per fetch response. Kafka's default of 50 MiB is a third of the heap.
    private static final int FETCHED_BYTES = 8 << 20;

    /// The client id in broker logs and quotas, unless the settings have one.
    private static final String CLIENT_ID = "keyward-console";

    /// @throws io.keyward.cluster.ClusterException if the settings of the admin client are invalid
    /// @throws org.apache.kafka.common.KafkaException if the settings of the consumer are invalid
    static ReplicaClients open(ClientSettings kafka) {
        ClientSettings named = kafka.has(CommonClientConfigs.CLIENT_ID_CONFIG)
                ? kafka
                : kafka.with(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
        return new ReplicaClients(ClusterAnswers.silently(named), consumer(named));
    }

    private static Consumer<byte[], byte[]> consumer(ClientSettings kafka) {
        Map<String, Object> settings = ReaderSettings.of(kafka.values(), "read_committed", "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_BATCH);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_BYTES);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Those of these topics that exist, by name. The principal must be allowed to read them.
    Map<String, KnownTopic> topics(Collection<String> names) {
        Map<String, KnownTopic> found = new HashMap<>();
        cluster.topics(names, AclOperation.READ)
                .forEach((name, topic) -> found.put(
                        name, new KnownTopic(topic.topicId(), topic.partitions().size())));
        return found;
    }

    /// The shortest time for which the compacted ones of these topics keep tombstones. A replica that was away
    /// for longer may have missed some.
    Optional<Duration> tombstonesKept(Collection<String> topics) {
        return cluster.settings(topics).values().stream()
                .filter(settings ->
                        settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).contains("compact"))
                .map(settings -> settings.get(TopicConfig.DELETE_RETENTION_MS_CONFIG))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .min(Duration::compareTo);
    }

    /// Makes blocking calls of another thread fail with an exception.
    void interrupt() {
        consumer.wakeup();
        cluster.close();
    }

    @Override
    public void close() {
        cluster.close();
        consumer.close();
    }
}
