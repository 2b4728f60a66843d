package io.keyward.proof.tenant;

import io.keyward.avro.ErasureCodec;
import io.keyward.avro.GeneratedClasses;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.CommittedLog;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.contract.TenantPartitioner;
import io.keyward.topology.contract.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// The records of the erasures of one tenant. For one thread.
public final class ErasureLog implements AutoCloseable {
    private final CommittedLog log;
    private final String key;
    private final AvroDeserializer deserializer;
    private final List<Erasure> erasures = new ArrayList<>();

    private ErasureLog(CommittedLog log, String key, AvroDeserializer deserializer) {
        this.log = log;
        this.key = key;
        this.deserializer = deserializer;
    }

    /// Opens the topic at its beginning.
    ///
    /// @param kafka the settings of the client, without serialization
    /// @param topic the full name of the topic `erasures`
    /// @param partitions how many partitions it has
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public static ErasureLog open(
            Map<String, Object> kafka, String topic, int partitions, TenantId tenant, SchemaRegistry registry) {
        String key = Erasure.sha256(tenant);
        TopicPartition home = new TopicPartition(topic, TenantPartitioner.home(key, partitions));
        AvroDeserializer deserializer = AvroDeserializer.specific(
                registry,
                List.of(GeneratedClasses.schema(Topic.ERASURES.valueSchema().orElseThrow())),
                ErasureLog.class.getClassLoader());
        return new ErasureLog(CommittedLog.open(kafka, List.of(home)), key, deserializer);
    }

    /// All erasures that are committed now, in the order in which they were done. Waits for open transactions.
    public List<Erasure> read() {
        log.readToEnd(this::take, _ -> {});
        return List.copyOf(erasures);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() != null && key.equals(new String(record.key(), StandardCharsets.UTF_8))) {
            erasures.add(ErasureCodec.read(
                    deserializer.decode(record.value(), record.headers()).value()));
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
