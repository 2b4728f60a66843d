package io.keyward.bench.measure;

import io.keyward.avro.GeneratedClasses;
import io.keyward.bench.subject.ValueSerdes;
import io.keyward.client.TopicNames;
import io.keyward.decision.EncryptionDecision;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads and counts everything that a subject has published.
final class FinalDecisionsReader implements AutoCloseable {
    private final BenchCluster cluster;
    private final TopicNames names;
    private final SchemaRegistry registry;
    private final AvroDeserializer deserializer;

    FinalDecisionsReader(BenchCluster cluster, TopicNames names) {
        this.cluster = cluster;
        this.names = names;
        registry = ValueSerdes.registry(cluster.registryUrl());
        deserializer = AvroDeserializer.specific(
                registry,
                List.of(GeneratedClasses.data().getSchema(EncryptionDecision.class)),
                FinalDecisionsReader.class.getClassLoader());
    }

    /// Reads all outputs. Only decisions are decoded.
    FinalDecisions read() {
        Map<String, Integer> last = new HashMap<>();
        AtomicLong decisions = new AtomicLong();
        TopicReader.readAll(cluster, names.decisions(), record -> {
            decisions.incrementAndGet();
            note(record, last);
        });
        return new FinalDecisions(
                decisions.get(),
                TopicReader.count(cluster, names.warnings()),
                TopicReader.count(cluster, names.suppressions()),
                last);
    }

    private void note(ConsumerRecord<byte[], byte[]> record, Map<String, Integer> last) {
        String environment = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            last.remove(environment);
        } else {
            last.put(environment, FinalDecisions.digest((EncryptionDecision)
                    deserializer.deserialize(record.topic(), record.value())));
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
