package io.keyward.avro.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/// Converts Avro values, generated or generic, to plain JSON.
final class PlainJsonWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PlainJsonWriter() {}

    static ObjectNode object(IndexedRecord value) {
        var object = JSON.objectNode();
        for (var field : value.getSchema().getFields()) {
            var member = value.get(field.pos());
            if (member != null) {
                object.set(field.name(), node(member, Optionality.valueSchema(field.schema())));
            }
        }
        return object;
    }

    private static JsonNode node(Object value, Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> object((IndexedRecord) value);
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
