package io.keyward.proof;

import io.keyward.avro.PublicationReader;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.CommittedLog;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.wire.PayloadException;
import io.keyward.topology.StandingOutputs;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What stands published on a cluster, read from the output topics. For many threads.
///
/// @param kafka the settings of the client
/// @param outputPartitions how many partitions each output topic has
/// @param inputPartitions the count that all inputs share
/// @param since decisions on records of that time or later are new
public record PublishedOutputs(
        Map<String, Object> kafka,
        SchemaRegistry registry,
        TopicNames names,
        Map<Topic, Integer> outputPartitions,
        int inputPartitions,
        Instant since) {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedOutputs.class);

    /// Skips what is not an output: anyone may have written it.
    ///
    /// @throws IllegalArgumentException if a newer release wrote a record
    public StandingOutputs ofPartition(int partition) {
        StandingRecords standing = new StandingRecords(erased());
        AvroDeserializer deserializer = TopicSchemas.reader(registry, Topic.withSchema(Topic.Direction.OUT));
        CommittedLog.readAll(kafka, partitionsFor(partition), output -> {
            try {
                put(standing, output, read(deserializer, output), partition);
            } catch (PayloadException | RefusedException foreign) {
                LOG.warn("Skipping {}: not an output: {}", CommittedLog.coordinates(output), foreign.getMessage());
            }
        });
        return standing.outputs();
    }

    private void put(
            StandingRecords standing,
            ConsumerRecord<byte[], byte[]> output,
            Optional<Publication.Stated> publication,
            int partition) {
        String key = text(output.key());
        TenantId tenant = new TenantId(key.split("/", 2)[0]);
        if (key.contains("/") && TenantPartitioner.partitionOf(tenant.value(), inputPartitions) == partition) {
            standing.put(output.topic(), key, publication, output.timestamp() >= since.toEpochMilli());
        }
    }

    /// The tenants that were ever erased, see [io.keyward.domain.decision.Erasure#sha256].
    private Set<String> erased() {
        Set<String> erased = new HashSet<>();
        CommittedLog.readAll(
                kafka,
                KafkaAnswers.partitions(names.name(Topic.ERASURES), outputPartitions.getOrDefault(Topic.ERASURES, 0))
                        .toList(),
                erasure -> Optional.ofNullable(erasure.key()).ifPresent(key -> erased.add(text(key))));
        return erased;
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /// What an output says; empty for a tombstone.
    ///
    /// @throws PayloadException if it is not Avro in Confluent's wire format
    /// @throws IllegalArgumentException if it is not a publication, or one of a newer release
    public static Optional<Publication.Stated> read(AvroDeserializer values, ConsumerRecord<byte[], byte[]> output) {
        return Optional.ofNullable(output.value())
                .map(value -> PublicationReader.read(values.deserialize(output.topic(), output.headers(), value)));
    }

    /// Where the outputs of the tenants of that input partition are: outputs may have another count.
    private List<TopicPartition> partitionsFor(int partition) {
        return outputPartitions.entrySet().stream()
                .filter(output -> output.getKey() != Topic.ERASURES)
                .flatMap(output -> KafkaAnswers.partitions(names.name(output.getKey()), output.getValue())
                        .filter(place -> output.getValue() != inputPartitions || place.partition() == partition))
                .toList();
    }
}
