package io.keyward.topology.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.EventWriter;
import io.keyward.avro.GeneratedClasses;
import io.keyward.avro.json.AvroJson;
import io.keyward.avro.json.JsonLine;
import io.keyward.avro.json.JsonRefusedException;
import io.keyward.avro.json.PlainTime;
import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/// One line of an events file: a record for an input topic, in JSON.
///
/// @param topic an input topic
/// @param key the record key: the given one, else the value's tenantId; empty for a record without a key
/// @param value the generated record; empty for a null value
/// @param timestamp the record timestamp; empty if the line has none
public record EventLine(
        Topic topic, Optional<String> key, Optional<SpecificRecord> value, Optional<Instant> timestamp) {

    private static final JsonLine LINE =
            new JsonLine("event line", List.of("topic", "key", "value", "timestamp"), "{\"topic\": …, \"value\": …}");

    /// Parses one line. The topic may have a prefix that ends in a dot.
    ///
    /// @throws JsonRefusedException if the line is not an event line; the message says why
    public static EventLine parse(String line) {
        var json = LINE.parse(line);
        var topic = topic(LINE.required(json, "topic"));
        var value = value(LINE.required(json, "value"), topic);
        return new EventLine(topic, key(json, value), value, timestamp(json.path("timestamp")));
    }

    /// The line of an event.
    ///
    /// @param source the service that would send the event; may be empty
    public static EventLine of(Event event, String source) {
        return new EventLine(
                Topics.of(event),
                Optional.of(event.tenantId().value()),
                Optional.of(EventWriter.write(event, source)),
                Optional.empty());
    }

    /// Writes an event as a line.
    ///
    /// @param source the service that would send the event; may be empty
    public static ObjectNode write(Event event, String source) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", Topics.of(event).baseName())
                .set("value", AvroJson.write(EventWriter.write(event, source)));
    }

    /// The time of the event. `simulate` also uses it as the record timestamp.
    public Optional<Instant> occurredAt() {
        return value.map(event -> (Instant) member(event, "occurredAt"));
    }

    private static Topic topic(JsonNode json) {
        var written = json.asText();
        return Topic.ofBaseName(written.substring(written.lastIndexOf('.') + 1))
                .filter(Topics.events()::contains)
                .orElseThrow(() -> JsonRefusedException.unexpected(
                        "topic",
                        "one of "
                                + Topics.events().stream().map(Topic::baseName).collect(Collectors.joining(", ")),
                        json));
    }

    private static Optional<SpecificRecord> value(JsonNode json, Topic topic) {
        return json.isNull()
                ? Optional.empty()
                : topic.valueSchema().flatMap(GeneratedClasses::record).map(type -> AvroJson.read(json, type));
    }

    private static Optional<String> key(JsonNode line, Optional<SpecificRecord> value) {
        if (!line.has("key")) {
            return value.map(event -> (String) member(event, "tenantId"));
        }
        var key = line.get("key");
        if (!key.isTextual() && !key.isNull()) {
            throw JsonRefusedException.unexpected("key", "a string or null", key);
        }
        return Optional.ofNullable(key.textValue());
    }

    private static Optional<Instant> timestamp(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return Optional.empty();
        }
        var timestamp = PlainTime.read(json).filter(time -> !time.isBefore(Instant.EPOCH));
        return Optional.of(timestamp.orElseThrow(
                () -> JsonRefusedException.unexpected("timestamp", PlainTime.EXPECTED + ", not before 1970", json)));
    }

    private static Object member(SpecificRecord event, String field) {
        return event.get(event.getSchema().getField(field).pos());
    }
}
