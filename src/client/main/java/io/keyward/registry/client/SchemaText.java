package io.keyward.registry.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/// Converts Avro schemas to and from a registry's text.
public final class SchemaText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JAVA_STRING = "avro.java.string";

    private SchemaText() {}

    /// Parses a schema that others registered. It accepts names that Java's Avro rejects, and invalid defaults.
    static Schema parse(String text, Collection<Schema> referenced) {
        try {
            Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
            parser.setValidateDefaults(false);
            return parser.addTypes(referenced).parse(text);
        } catch (AvroRuntimeException | StackOverflowError invalid) {
            throw new RegistryRefusalException(
                    RegistryRefusalException.INVALID_SCHEMA, "not an Avro schema: " + invalid.getMessage());
        }
    }

    /// Removes the properties that only Java's generated classes use, so that all languages register the same
    /// text.
    public static Schema withoutJavaProperties(Schema schema) {
        String text = schema.toString();
        if (!text.contains(JAVA_STRING)) {
            return schema;
        }
        try {
            JsonNode tree = JSON.readTree(text);
            strip(tree);
            return parse(JSON.writeValueAsString(tree), List.of());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Avro printed a schema that is not JSON", impossible);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JAVA_STRING);
            object.properties().stream()
                    .filter(property -> !property.getKey().equals("default"))
                    .forEach(property -> strip(property.getValue()));
        } else {
            node.forEach(SchemaText::strip);
        }
    }
}
