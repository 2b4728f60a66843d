package io.keyward.topology.read;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.GeneratedClasses;
import io.keyward.avro.json.AvroJson;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.wire.PayloadException;
import io.keyward.registry.wire.WrongSchemaException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/// Reads the records of the output topics and of `key-watch`, from any release. Not thread-safe.
public final class OutputReader {
    private final AvroDeserializer deserializer;
    private final TopicNames names;
    private final DeadLetterReader deadLetters;
    private final Map<WrittenTo, Boolean> fits = new HashMap<>();

    public OutputReader(SchemaRegistry registry, TopicNames names) {
        this.deserializer = AvroDeserializer.generic(registry);
        this.names = names;
        this.deadLetters = new DeadLetterReader(deserializer, names);
    }

    /// Decodes an output record.
    ///
    /// @throws PayloadException if it is not Avro in Confluent's wire format, or not of the topic's schema
    /// @throws IllegalArgumentException if its topic is not an output topic
    public OutputRecord read(ConsumerRecord<byte[], byte[]> received) {
        Topic topic = names.topic(received.topic())
                .filter(named -> named.direction() == Topic.Direction.OUT || named == Topic.KEY_WATCH)
                .orElseThrow(() -> new IllegalArgumentException(received.topic() + " is not an output topic."));
        Instant timestamp = Instant.ofEpochMilli(received.timestamp());
        Optional<String> key = Optional.ofNullable(received.key()).map(OutputReader::text);
        if (topic == Topic.DEAD_LETTERS) {
            OutputRecord.Refused refused = refused(key, received.headers(), timestamp, names);
            return new OutputRecord.Refused(
                    key, refused.reason(), refused.detail(), refused.source(), timestamp, deadLetters.read(received));
        }
        if (received.value() == null) {
            return new OutputRecord.Retracted(topic, key.orElse(""), timestamp);
        }
        return new OutputRecord.Published(topic, key.orElse(""), json(topic, received), timestamp);
    }

    /// As [#read]; empty if the record cannot be read, because any producer may have written it.
    public Optional<OutputRecord> readable(ConsumerRecord<byte[], byte[]> received) {
        try {
            return Optional.of(read(received));
        } catch (PayloadException foreign) {
            return Optional.empty();
        }
    }

    private ObjectNode json(Topic topic, ConsumerRecord<byte[], byte[]> received) {
        IndexedRecord value = deserializer.deserialize(received.topic(), received.headers(), received.value());
        if (!fits.computeIfAbsent(new WrittenTo(topic, value.getSchema()), WrittenTo::fits)) {
            throw new WrongSchemaException(
                    value.getSchema().getFullName() + " cannot be read by consumers of this topic");
        }
        try {
            return AvroJson.write(value);
        } catch (IllegalArgumentException notOurs) {
            throw new WrongSchemaException(notOurs.getMessage(), notOurs);
        }
    }

    private record WrittenTo(Topic topic, Schema writer) {
        boolean fits() {
            return CompatibilityLevel.canRead(
                    GeneratedClasses.schema(topic.valueSchema().orElseThrow()), writer);
        }
    }

    /// The dead-letter record with these headers.
    static OutputRecord.Refused refused(Optional<String> key, Headers headers, Instant timestamp, TopicNames names) {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put(
                "topic",
                baseName(
                        DeadLetterHeaders.text(headers, DeadLetterHeaders.TOPIC).orElse(""), names));
        put(source, "partition", DeadLetterHeaders.text(headers, DeadLetterHeaders.PARTITION), Integer::valueOf);
        put(source, "offset", DeadLetterHeaders.text(headers, DeadLetterHeaders.OFFSET), Long::valueOf);
        return new OutputRecord.Refused(
                key,
                DeadLetterHeaders.text(headers, DeadLetterHeaders.REASON).orElse("UNKNOWN"),
                DeadLetterHeaders.text(headers, DeadLetterHeaders.DETAIL)
                        .orElse("The dead-letter record does not contain a detail."),
                source,
                timestamp);
    }

    private static void put(ObjectNode source, String name, Optional<String> digits, Function<String, Number> number) {
        try {
            digits.map(number).ifPresent(value -> source.put(name, value.longValue()));
        } catch (NumberFormatException foreign) {
            source.put(name, digits.orElseThrow());
        }
    }

    static String baseName(String topic, TopicNames names) {
        return names.topic(topic).map(Topic::baseName).orElse(topic);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
