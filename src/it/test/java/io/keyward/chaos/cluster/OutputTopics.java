package io.keyward.chaos.cluster;

import io.keyward.avro.EventCodec;
import io.keyward.avro.GeneratedClasses;
import io.keyward.avro.PublicationReader;
import io.keyward.client.Coordinates;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroDeserializer;
import io.keyward.testing.process.Patience;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The output topics as a read-committed consumer sees them. For one thread.
public final class OutputTopics {
    private final ExperimentTopics topics;
    private final AvroDeserializer deserializer;

    public OutputTopics(ExperimentTopics topics) {
        this.topics = topics;
        deserializer = TopicSchemas.reader(topics.registry(), Topic.withSchema(Topic.Direction.OUT));
    }

    /// A consumer at the beginning of every partition of the topic.
    public KafkaConsumer<String, byte[]> consumer(String topic) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", topics.addresses(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "fetch.max.wait.ms", "50"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(topics.partitionsOf(Set.of(topic)));
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    /// The publication in a record; empty for a tombstone.
    public Optional<Publication> publication(ConsumerRecord<String, byte[]> record) {
        return Optional.ofNullable(record.value())
                .map(value -> PublicationReader.read(deserializer.deserialize(record.topic(), value)));
    }

    /// All that is committed now.
    public Outputs read() {
        TopicNames names = topics.names();
        return new Outputs(
                outputs(names.decisions()),
                outputs(names.warnings()),
                outputs(names.suppressions()),
                records(names.deadLetters()).stream()
                        .map(OutputTopics::deadLetter)
                        .toList());
    }

    /// The latest moment that each tenant is known to have reached (R25).
    public Map<TenantId, Instant> timesReached() {
        AvroDeserializer times = AvroDeserializer.specific(
                topics.registry(),
                List.of(GeneratedClasses.schema(Topic.TIME_REACHED.valueSchema().orElseThrow())),
                OutputTopics.class.getClassLoader());
        String topic = topics.names().name(Topic.TIME_REACHED);
        Map<TenantId, Instant> reached = new HashMap<>();
        records(topic).forEach(record -> {
            Event event = EventCodec.read(times.deserialize(topic, record.value()));
            reached.merge(event.tenantId(), event.occurredAt(), (one, other) -> one.isAfter(other) ? one : other);
        });
        return reached;
    }

    private List<Outputs.Output> outputs(String topic) {
        return records(topic).stream()
                .map(record -> new Outputs.Output(record.partition(), record.key(), publication(record)))
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> records(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer(topic)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            Patience.until("all of " + topic + " is read", () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
            return records;
        }
    }

    private static Outputs.DeadLetter deadLetter(ConsumerRecord<String, byte[]> record) {
        Headers headers = record.headers();
        return new Outputs.DeadLetter(
                new Coordinates(
                        header(headers, DeadLetterHeaders.TOPIC),
                        Integer.parseInt(header(headers, DeadLetterHeaders.PARTITION)),
                        Long.parseLong(header(headers, DeadLetterHeaders.OFFSET))),
                header(headers, DeadLetterHeaders.REASON),
                Optional.ofNullable(record.value()).map(ByteBuffer::wrap));
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
