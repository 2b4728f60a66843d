package io.keyward.proof;

import io.keyward.avro.PublicationReader;
import io.keyward.domain.decision.Publication;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.StandingOutputs;
import io.keyward.topology.contract.TenantPartitioner;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicNames;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

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
        Instant since)
        implements StandingOutputs.Source {
    /// @throws io.keyward.registry.PayloadException if a record is not Avro in Confluent's wire format
    /// @throws IllegalArgumentException if a newer release wrote a record
    @Override
    public StandingOutputs ofPartition(int partition) {
        StandingRecords standing = new StandingRecords(erased());
        try (CommittedLog log = CommittedLog.open(kafka, partitionsFor(partition))) {
            AvroDeserializer deserializer = AvroDeserializer.specific(
                    registry, TopicSchemas.of(Topic.Direction.OUT), PublishedOutputs.class.getClassLoader());
            log.readToEnd(
                    output -> {
                        String key = text(output.key());
                        String tenant = key.substring(0, key.indexOf('/'));
                        if (TenantPartitioner.home(tenant, inputPartitions) == partition) {
                            standing.put(
                                    output.topic(),
                                    key,
                                    read(deserializer, output),
                                    output.timestamp() >= since.toEpochMilli());
                        }
                    },
                    _ -> {});
        }
        return standing.outputs();
    }

    /// The tenants that were ever erased, see [io.keyward.domain.decision.Erasure#sha256].
    private Set<String> erased() {
        Set<String> erased = new HashSet<>();
        List<TopicPartition> partitions = partitionsOf(Topic.ERASURES, _ -> true);
        if (!partitions.isEmpty()) {
            try (CommittedLog log = CommittedLog.open(kafka, partitions)) {
                log.readToEnd(erasure -> erased.add(text(erasure.key())), _ -> {});
            }
        }
        return erased;
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    private static Optional<Publication> read(AvroDeserializer values, ConsumerRecord<byte[], byte[]> output) {
        return Optional.ofNullable(output.value())
                .map(value -> PublicationReader.read(values.deserialize(output.topic(), output.headers(), value)));
    }

    /// Where the outputs of the tenants of that input partition are: outputs may have another count.
    private List<TopicPartition> partitionsFor(int partition) {
        return outputPartitions.keySet().stream()
                .filter(topic -> topic != Topic.ERASURES)
                .flatMap(topic ->
                        partitionsOf(
                                topic, number -> outputPartitions.get(topic) != inputPartitions || number == partition)
                                .stream())
                .toList();
    }

    private List<TopicPartition> partitionsOf(Topic topic, IntPredicate wanted) {
        return IntStream.range(0, outputPartitions.getOrDefault(topic, 0))
                .filter(wanted)
                .mapToObj(number -> new TopicPartition(names.name(topic), number))
                .toList();
    }
}
