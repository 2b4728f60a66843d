package io.keyward.avro.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.avro.GeneratedClasses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/// Converts plain JSON to records of generated classes. Invalid JSON is refused with the path of the error.
record PlainJsonReader(String rootRecord) {
    SpecificRecord object(JsonNode json, Schema schema, String path) {
        if (!json.isObject()) {
            throw unexpected(path, "an object with the fields of " + schema.getName(), json);
        }
        refuseUnknownFields(json, schema, path);
        var result = (SpecificRecord) GeneratedClasses.data().newRecord(null, schema);
        for (var field : schema.getFields()) {
            result.put(field.pos(), member(json.get(field.name()), field, pathOf(path, field.name())));
        }
        return result;
    }

    private Object member(JsonNode json, Schema.Field field, String path) {
        if (json != null) {
            return value(json, field.schema(), path);
        }
        if (!field.hasDefaultValue()) {
            throw refused(path, "is missing");
        }
        var data = GeneratedClasses.data();
        return data.deepCopy(field.schema(), data.getDefaultValue(field));
    }

    private Object value(JsonNode json, Schema schema, String path) {
        return switch (schema.getType()) {
            case UNION ->
                json.isNull() && schema.isNullable() ? null : value(json, Optionality.valueSchema(schema), path);
            case RECORD -> object(json, schema, path);
            case ARRAY -> array(json, schema.getElementType(), path);
            case ENUM -> symbol(json, schema, path);
            case STRING -> checked(json, json.isTextual(), "a string", path).textValue();
            case BOOLEAN ->
                checked(json, json.isBoolean(), "true or false", path).booleanValue();
            case INT ->
                checked(json, json.isIntegralNumber() && json.canConvertToInt(), "a whole number (32 bits)", path)
                        .intValue();
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? time(json, path)
                        : (Object) whole(json, path);
            default -> throw new IllegalArgumentException("No plain JSON for the Avro type " + schema);
        };
    }

    private List<Object> array(JsonNode json, Schema elementSchema, String path) {
        checked(json, json.isArray(), "an array", path);
        var elements = new ArrayList<>(json.size());
        for (var element : json) {
            elements.add(value(element, elementSchema, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    private Object symbol(JsonNode json, Schema schema, String path) {
        var known = json.isTextual() && schema.hasEnumSymbol(json.textValue());
        checked(json, known, "one of " + String.join(", ", schema.getEnumSymbols()), path);
        return GeneratedClasses.data().createEnum(json.textValue(), schema);
    }

    private long whole(JsonNode json, String path) {
        return checked(json, json.isIntegralNumber() && json.canConvertToLong(), "a whole number (64 bits)", path)
                .longValue();
    }

    private Instant time(JsonNode json, String path) {
        return PlainTime.read(json).orElseThrow(() -> unexpected(path, PlainTime.EXPECTED, json));
    }

    private void refuseUnknownFields(JsonNode json, Schema schema, String path) {
        var known = schema.getFields().stream().map(Schema.Field::name).toList();
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                var problem = "is not a field of " + schema.getName() + NearestName.hint(name, known);
                throw refused(pathOf(path, name), problem);
            }
        });
    }

    private JsonNode checked(JsonNode json, boolean asExpected, String expected, String path) {
        if (!asExpected) {
            throw unexpected(path, expected, json);
        }
        return json;
    }

    private JsonRefusedException unexpected(String path, String expected, JsonNode found) {
        return JsonRefusedException.unexpected(pathOf(rootRecord, path), expected, found);
    }

    private JsonRefusedException refused(String path, String problem) {
        return new JsonRefusedException(pathOf(rootRecord, path) + ": " + problem);
    }

    private static String pathOf(String parent, String name) {
        return parent.isEmpty() || name.isEmpty() ? parent + name : parent + "." + name;
    }
}
