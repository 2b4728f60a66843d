package io.keyward.bench.subject;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka clients with the product's settings, so that all subjects use the same batching.
public final class Clients {
    private static final int BATCH_BYTES = 512 * 1024;
    private static final int BUFFER_BYTES = 128 * BATCH_BYTES;
    private static final int LINGER_MILLIS = 1_000;
    private static final int TRANSACTION_LIMIT_MILLIS = 10_000;

    /// The default of Kafka Streams for `max.poll.records`.
    private static final int POLL_RECORDS = 1_000;

    private Clients() {}

    static KafkaConsumer<byte[], byte[]> consumer(SubjectJob job) {
        Map<String, Object> settings = Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                job.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                job.group(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                POLL_RECORDS);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static KafkaProducer<byte[], byte[]> transactionalProducer(SubjectJob job) {
        Map<String, Object> settings = new HashMap<>(batching());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, job.bootstrapServers());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, job.group());
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_LIMIT_MILLIS);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// The producer settings for batching.
    public static Map<String, Object> batching() {
        return Map.of(
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                BUFFER_BYTES,
                ProducerConfig.LINGER_MS_CONFIG,
                LINGER_MILLIS);
    }
}
