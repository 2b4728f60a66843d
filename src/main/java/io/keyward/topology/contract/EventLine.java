package io.keyward.topology.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.avro.GeneratedClasses;
import io.keyward.avro.json.AvroJson;
import io.keyward.avro.json.JsonRefusedException;
import io.keyward.avro.json.NearestName;
import io.keyward.avro.json.PlainTime;
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

    private static final List<String> MEMBERS = List.of("topic", "key", "value", "timestamp");
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    /// Parses one line. The topic may have a prefix that ends in a dot.
    ///
    /// @throws JsonRefusedException if the line is not an event line; the message says why
    public static EventLine parse(String line) {
        var json = parseObject(line);
        json.fieldNames().forEachRemaining(EventLine::requireKnownMember);
        var topic = topic(required(json, "topic"));
        var value = value(required(json, "value"), topic);
        return new EventLine(topic, key(json, value), value, timestamp(json.path("timestamp")));
    }

    /// The time of the event. `simulate` also uses it as the record timestamp.
    public Optional<Instant> occurredAt() {
        return value.map(event -> (Instant) member(event, "occurredAt"));
    }

    private static JsonNode parseObject(String line) {
        try {
            var json = JSON.readTree(line);
            if (!json.isObject()) {
                throw JsonRefusedException.unexpected("event line", "{\"topic\": …, \"value\": …}", json);
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new JsonRefusedException("event line: not valid JSON" + column(e) + ": " + e.getOriginalMessage(), e);
        }
    }

    private static String column(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
    }

    private static void requireKnownMember(String name) {
        if (!MEMBERS.contains(name)) {
            throw new JsonRefusedException(name + ": is no part of an event line" + NearestName.hint(name, MEMBERS));
        }
    }

    private static JsonNode required(JsonNode line, String name) {
        if (!line.has(name)) {
            throw new JsonRefusedException(name + ": is missing; expected {\"topic\": …, \"value\": …}");
        }
        return line.get(name);
    }

    private static Topic topic(JsonNode json) {
        var written = json.asText();
        return Topic.ofBaseName(written.substring(written.lastIndexOf('.') + 1))
                .filter(Topic.events()::contains)
                .orElseThrow(() -> JsonRefusedException.unexpected(
                        "topic",
                        "one of " + Topic.events().stream().map(Topic::baseName).collect(Collectors.joining(", ")),
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
