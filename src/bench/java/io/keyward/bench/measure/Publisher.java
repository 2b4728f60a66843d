package io.keyward.bench.measure;

import io.keyward.avro.EventWriter;
import io.keyward.bench.subject.ValueSerdes;
import io.keyward.bench.workload.Workload;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.event.Event;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes events to the input topics as an upstream service does: Avro in Confluent's wire format, the tenant as
/// key, lz4.
final class Publisher implements AutoCloseable {
    private static final int BATCH_BYTES = 128 * 1024;

    /// The input topics by the names of their Avro records.
    private static final Map<String, Topic> TOPICS = Topic.inputs().stream()
            .collect(Collectors.toMap(topic -> topic.valueSchema().orElseThrow(), topic -> topic));

    private final TopicNames names;
    private final SchemaRegistry registry;
    private final AvroSerializer serializer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /// @param linger the producer's `linger.ms`
    Publisher(BenchCluster cluster, TopicNames names, Duration linger) {
        this.names = names;
        registry = ValueSerdes.registry(cluster.registryUrl());
        serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, (int) linger.toMillis());
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Publishes all remaining events of the workload.
    ///
    /// @throws BenchException if the broker does not accept one of them
    void publish(Workload workload) {
        while (workload.hasNext()) {
            send(recordOf(workload.next()));
        }
        flush();
    }

    ProducerRecord<byte[], byte[]> recordOf(Event event) {
        SpecificRecord value = EventWriter.write(event, "");
        String topic = names.name(TOPICS.get(value.getSchema().getFullName()));
        return new ProducerRecord<>(
                topic, event.tenantId().value().getBytes(StandardCharsets.UTF_8), serializer.serialize(topic, value));
    }

    void send(ProducerRecord<byte[], byte[]> outgoing) {
        var _ = producer.send(outgoing, (_, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new BenchException("The broker did not take all events", failure.get());
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
        registry.close();
    }
}
