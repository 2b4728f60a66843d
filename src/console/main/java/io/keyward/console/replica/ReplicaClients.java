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

/// The two clients of a replica: a consumer of committed records, in no group, and one that asks the cluster what a
/// consumer does not tell: which topics and partitions there are, where they end for readers of committed records and
/// for others, and how long tombstones stay.
record ReplicaClients(ClusterAnswers cluster, Consumer<byte[], byte[]> consumer) implements AutoCloseable {
    private static final int RECORDS_PER_BATCH = 2_000;

    /// Of one answer of a broker; Kafka's own 50 MiB is a third of the heap.
    private static final int FETCHED_BYTES = 8 << 20;

    /// How the broker names it in logs and quotas, unless the settings say otherwise.
    private static final String CLIENT_ID = "keyward-console";

    /// @throws io.keyward.cluster.ClusterException if the settings do not do
    /// @throws org.apache.kafka.common.KafkaException if those of the consumer do not
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

    /// Those of these topics that exist, by name. The user must be allowed to read them.
    Map<String, KnownTopic> topics(Collection<String> names) {
        Map<String, KnownTopic> found = new HashMap<>();
        cluster.topics(names, AclOperation.READ)
                .forEach((name, topic) -> found.put(
                        name, new KnownTopic(topic.topicId(), topic.partitions().size())));
        return found;
    }

    /// For how long the compacted ones of these topics keep tombstones: who was away for longer has missed some.
    Optional<Duration> tombstonesKept(Collection<String> topics) {
        return cluster.settings(topics).values().stream()
                .filter(settings ->
                        settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).contains("compact"))
                .map(settings -> settings.get(TopicConfig.DELETE_RETENTION_MS_CONFIG))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .min(Duration::compareTo);
    }

    /// Ends what another thread waits for, with an exception.
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
