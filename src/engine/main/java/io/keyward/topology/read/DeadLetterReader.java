package io.keyward.topology.read;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.json.AvroJson;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.TopicNames;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.wire.PayloadException;
import io.keyward.topology.DeadLetters;
import io.keyward.topology.OriginCoordinates;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads the parts of a dead-letter record that do not describe the refusal: its coordinates, and its value if it
/// can be decoded. Not thread-safe.
record DeadLetterReader(AvroDeserializer deserializer, TopicNames names) {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    /// How much of an undecodable value is included, in bytes. More would not be of use.
    private static final int MAX_BYTES = 1_024;

    /// The members of the output line (docs/contract.md, "Output lines").
    ///
    /// Throws the registry's exception if the registry does not answer; the value may still be decodable.
    ObjectNode read(ConsumerRecord<byte[], byte[]> received) {
        ObjectNode deadLetter = JsonNodeFactory.instance.objectNode();
        deadLetter.set(
                "place", coordinates(new OriginCoordinates(received.topic(), received.partition(), received.offset())));
        Optional.ofNullable(received.headers().lastHeader(DeadLetters.RESENT_FROM))
                .flatMap(header -> OriginCoordinates.parse(header.value()))
                .ifPresent(from -> deadLetter.set("resentFrom", coordinates(from)));
        deadLetter.put("receivedAt", Instant.ofEpochMilli(received.timestamp()).toString());
        value(received)
                .ifPresentOrElse(
                        value -> {
                            putText(deadLetter, "eventId", value.path("eventId"));
                            putText(deadLetter, "producer", value.path("source"));
                            deadLetter.set("value", value);
                        },
                        () -> putBytes(deadLetter, received.value()));
        DeadLetterHeaders.text(received.headers(), DeadLetters.TRUNCATED)
                .ifPresent(length -> deadLetter.put("truncatedFrom", length));
        return deadLetter;
    }

    private ObjectNode coordinates(OriginCoordinates coordinates) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", OutputReader.baseName(coordinates.topic(), names))
                .put("partition", coordinates.partition())
                .put("offset", coordinates.offset());
    }

    /// JSON null for a record without a value; empty if the value is neither Avro nor a JSON object.
    private Optional<JsonNode> value(ConsumerRecord<byte[], byte[]> received) {
        if (received.value() == null) {
            return Optional.of(JsonNodeFactory.instance.nullNode());
        }
        try {
            return Optional.of(
                    AvroJson.write(deserializer.deserialize(received.topic(), received.headers(), received.value())));
        } catch (PayloadException | IllegalArgumentException notPlainAvro) {
            return json(received.value());
        }
    }

    private static Optional<JsonNode> json(byte[] value) {
        try {
            return Optional.of(JSON.readTree(value)).filter(JsonNode::isObject);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static void putText(ObjectNode deadLetter, String name, JsonNode text) {
        if (text.isTextual() && !text.asText().isEmpty()) {
            deadLetter.set(name, text);
        }
    }

    private static void putBytes(ObjectNode deadLetter, byte[] value) {
        deadLetter.put("valueLength", value.length);
        deadLetter.put(
                "valueBase64",
                Base64.getEncoder().encodeToString(Arrays.copyOf(value, Math.min(value.length, MAX_BYTES))));
    }
}
