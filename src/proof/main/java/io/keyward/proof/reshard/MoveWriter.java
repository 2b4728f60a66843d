package io.keyward.proof.reshard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes in transactions under a transactional id. So a second writer of the same id stops the first one, and what a
/// killed one had not committed is never read.
final class MoveWriter implements AutoCloseable {
    private static final int ROWS_PER_TRANSACTION = 50_000;
    private static final int TRANSACTION_LIMIT_MILLIS = 60_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Object> kafka;
    private int open;

    /// Ends what an earlier writer has left open.
    ///
    /// @param kafka the settings of the client, without serialization
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    MoveWriter(Map<String, Object> kafka, String transactionalId) {
        this.kafka = kafka;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_LIMIT_MILLIS);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException | Error failure) {
            producer.close(Duration.ZERO);
            throw failure;
        }
    }

    /// Adds a record to the open transaction, and commits that one when it is large.
    void write(ProducerRecord<byte[], byte[]> record) {
        if (open == 0) {
            producer.beginTransaction();
        }
        // A failed record makes the commit fail.
        var _ = producer.send(record);
        open++;
        if (open >= ROWS_PER_TRANSACTION) {
            commit();
        }
    }

    void commit() {
        if (open > 0) {
            producer.commitTransaction();
            open = 0;
        }
    }

    /// Commits offsets of a group without members together with a record.
    void commit(String group, Map<TopicPartition, OffsetAndMetadata> offsets, ProducerRecord<byte[], byte[]> record) {
        write(record);
        producer.sendOffsetsToTransaction(offsets, withoutMembers(group));
        commit();
    }

    /// What a consumer says that has not joined its group. It sends no request.
    private ConsumerGroupMetadata withoutMembers(String group) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    /// Leaves an open transaction to be aborted.
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
