package io.keyward.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.keyward.registry.client.RegistryRefusalException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/// Parses the schema in the body of a request, and refuses what this registry does not keep.
final class PostedSchema {
    private static final List<String> NOT_KEPT = List.of("references", "metadata", "ruleSet");
    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private PostedSchema() {}

    /// @param normalize makes schemas equal that differ only in the order of properties
    static Schema parse(JsonNode body, boolean normalize) {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw invalid("this registry supports the type AVRO only, not " + type);
        }
        for (String field : NOT_KEPT) {
            if (!body.path(field).isEmpty()) {
                throw invalid("this registry does not support the request's field '" + field + "'");
            }
        }
        String text = body.path("schema").asText("");
        if (text.isBlank()) {
            throw invalid("the request's field 'schema' is missing or empty");
        }
        return parse(normalize ? sorted(text) : text);
    }

    private static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException | StackOverflowError invalid) {
            throw invalid(invalid.getMessage());
        }
    }

    private static String sorted(String text) {
        try {
            return SORTED.writeValueAsString(SORTED.treeToValue(SORTED.readTree(text), Object.class));
        } catch (JsonProcessingException invalid) {
            throw invalid(invalid.getOriginalMessage());
        }
    }

    private static RegistryRefusalException invalid(String why) {
        return new RegistryRefusalException(RegistryRefusalException.INVALID_SCHEMA, "Invalid schema: " + why);
    }
}
