package io.keyward.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Schemas in the API's JSON form. Empty fields are omitted, and so is the type, which is always Avro.
final class Replies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Replies() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ObjectNode version(SubjectVersion version) {
        ObjectNode reply = object().put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id());
        reply.setAll(content(version.content()));
        if (version.deleted()) {
            reply.put("deleted", true);
        }
        return reply;
    }

    static ObjectNode content(Content content) {
        ObjectNode reply = object().put("guid", content.guid().toString());
        if (!content.references().isEmpty()) {
            reply.set("references", JSON.<JsonNode>valueToTree(content.references()));
        }
        reply.setAll(content.contract());
        return reply.put("schema", content.schema());
    }

    /// The schema alone, as JSON instead of a string.
    static JsonNode bare(Content content) {
        try {
            return JSON.readTree(content.schema());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Avro printed a schema that is not JSON", impossible);
        }
    }
}
