package io.keyward.console.replica;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The two clients of a replica.
///
/// @param consumer of committed records, in no group
record ReplicaClients(ClusterWatch cluster, Consumer<byte[], byte[]> consumer) implements AutoCloseable {
    private static final int RECORDS_PER_BATCH = 2_000;

    /// Of one answer of a broker; Kafka's own 50 MiB is a third of the heap.
    private static final int FETCHED_BYTES = 8 << 20;

    /// How the broker names it in logs and quotas, unless the settings say otherwise.
    private static final String CLIENT_ID = "keyward-console";

    /// @throws org.apache.kafka.common.KafkaException if the settings do not do
    static ReplicaClients open(Map<String, Object> kafka) {
        Map<String, Object> named = new HashMap<>(kafka);
        named.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
        return new ReplicaClients(new ClusterWatch(named), consumer(named));
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_BATCH);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_BYTES);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Ends what another thread waits for, with an exception of Kafka.
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
