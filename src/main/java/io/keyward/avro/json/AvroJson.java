package io.keyward.avro.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.GeneratedClasses;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/// Avro records as the plain JSON that people write: no marks on unions, times in ISO-8601, defaults left out.
///
/// What is written reads back as the same record. Kinds of schema that Keyward does not use (bytes, maps, unions
/// of several types) are an [IllegalArgumentException].
public final class AvroJson {

    private AvroJson() {}

    /// The record of a generated class that the JSON object describes.
    ///
    /// Times may be ISO-8601 with a zone (what is finer than a millisecond is cut off) or epoch milliseconds;
    /// a field with a default may be left out.
    ///
    /// @throws JsonRefusedException for an unknown, missing or ill-typed field; the message names its path
    public static <T extends SpecificRecord> T read(JsonNode json, Class<T> type) {
        var schema = GeneratedClasses.data().getSchema(type);
        return type.cast(new PlainJsonReader(schema.getName()).object(json, schema, ""));
    }

    /// The record as a JSON object, fields in schema order, times in UTC, null fields left out.
    public static ObjectNode write(IndexedRecord value) {
        return PlainJsonWriter.object(value);
    }
}
