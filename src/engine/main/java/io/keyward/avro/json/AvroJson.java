package io.keyward.avro.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.GeneratedClasses;
import java.time.Instant;
import java.util.Collection;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/// Converts Avro records to and from plain JSON: unions have no type names, times are ISO-8601, and defaults
/// are optional.
///
/// JSON that this class writes reads back as the same record. Types that Keyward does not use (bytes, maps,
/// unions of several types) cause an [IllegalArgumentException].
public final class AvroJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AvroJson() {}

    /// Reads a JSON object as a record of a generated class.
    ///
    /// Times are ISO-8601 with a zone (truncated to milliseconds) or epoch milliseconds. A field with a default
    /// may be omitted.
    ///
    /// @throws JsonRefusedException if a field is unknown, missing or of the wrong type; the message contains
    ///     its path
    public static <T extends SpecificRecord> T read(JsonNode json, Class<T> type) {
        var schema = GeneratedClasses.data().getSchema(type);
        return type.cast(new PlainJsonReader(schema.getName()).object(json, schema, ""));
    }

    /// Writes the record as a JSON object. Fields are in schema order, and times are in UTC. Null fields are
    /// omitted, and so are lists that equal the schema's default, the empty list: a list that is added to a
    /// schema does not change lines while it is empty.
    public static ObjectNode write(IndexedRecord value) {
        var object = JSON.objectNode();
        for (var field : value.getSchema().getFields()) {
            var member = value.get(field.pos());
            if (member != null && !(member instanceof Collection<?> && member.equals(field.defaultVal()))) {
                object.set(field.name(), node(member, Optionality.valueSchema(field.schema())));
            }
        }
        return object;
    }

    private static JsonNode node(Object value, Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> write((IndexedRecord) value);
            case ARRAY -> array((Collection<?>) value, schema.getElementType());
            case STRING, ENUM -> JSON.textNode(value.toString());
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case INT -> JSON.numberNode((Integer) value);
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? JSON.textNode(time(value).toString())
                        : JSON.numberNode((Long) value);
            default -> throw new IllegalArgumentException("No plain JSON for the Avro type " + schema);
        };
    }

    private static Instant time(Object value) {
        return value instanceof Instant instant ? instant : Instant.ofEpochMilli((Long) value);
    }

    private static ArrayNode array(Collection<?> values, Schema elementSchema) {
        var array = JSON.arrayNode(values.size());
        values.forEach(value -> array.add(node(value, elementSchema)));
        return array;
    }
}
