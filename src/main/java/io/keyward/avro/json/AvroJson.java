package io.keyward.avro.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.GeneratedClasses;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/// Converts Avro records to and from plain JSON: unions have no type names, times are ISO-8601, and defaults
/// are optional.
///
/// Written JSON reads back as the same record. Types that Keyward does not use (bytes, maps, unions of several
/// types) cause an [IllegalArgumentException].
public final class AvroJson {

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

    /// Writes the record as a JSON object. Fields are in schema order, times are in UTC, and null fields are
    /// omitted.
    public static ObjectNode write(IndexedRecord value) {
        return PlainJsonWriter.object(value);
    }
}
