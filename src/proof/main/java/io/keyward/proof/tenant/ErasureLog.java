package io.keyward.proof.tenant;

import io.keyward.avro.ErasureCodec;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.cluster.CommittedLog;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.wire.PayloadException;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The records of the erasures of one tenant. For one thread.
public final class ErasureLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureLog.class);

    private final CommittedLog log;
    private final byte[] key;
    private final AvroDeserializer deserializer;
    private final List<Erasure> erasures = new ArrayList<>();

    /// Opens the topic at its beginning.
    ///
    /// @param kafka the settings of the client, without serialization
    /// @param topic the full name of the topic `erasures`
    /// @param partitions how many partitions it has
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public ErasureLog(
            Map<String, Object> kafka, String topic, int partitions, TenantId tenant, SchemaRegistry registry) {
        String hash = Erasure.sha256(tenant);
        key = hash.getBytes(StandardCharsets.UTF_8);
        deserializer = TopicSchemas.reader(registry, List.of(Topic.ERASURES));
        log = CommittedLog.open(
                kafka, List.of(new TopicPartition(topic, TenantPartitioner.partitionOf(hash, partitions))));
    }

    /// All erasures that are committed now, in the order in which they were done. Waits for open transactions.
    public List<Erasure> read() {
        log.readToEnd(this::take, _ -> {});
        return List.copyOf(erasures);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || !Arrays.equals(key, record.key())) {
            return;
        }
        try {
            erasures.add(ErasureCodec.read(deserializer.deserialize(record.topic(), record.headers(), record.value())));
        } catch (PayloadException | IllegalArgumentException foreign) {
            LOG.warn("Skipping {}: not an erasure record: {}", CommittedLog.coordinates(record), foreign.getMessage());
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
