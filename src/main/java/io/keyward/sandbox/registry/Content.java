package io.keyward.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// Everything that identifies a schema: its text as Avro prints it, its references, and the data contract
/// (`metadata` and `ruleSet`), which is stored but not interpreted.
record Content(String schema, List<Reference> references, ObjectNode contract) {
    Content {
        references = List.copyOf(references);
    }

    UUID guid() {
        String rest = references.isEmpty() && contract.isEmpty() ? "" : references.toString() + contract;
        return UUID.nameUUIDFromBytes((schema + rest).getBytes(StandardCharsets.UTF_8));
    }

    /// A property of the contract's metadata. Empty if there is no such property.
    String property(String name) {
        return contract.path("metadata").path("properties").path(name).asText("");
    }

    /// Whether this content matches the wanted one. A request without a contract matches any contract.
    boolean answers(Content wanted) {
        return schema.equals(wanted.schema)
                && references.equals(wanted.references)
                && (wanted.contract.isEmpty() || contract.equals((JsonNode) wanted.contract));
    }

    /// A type that a schema uses and that a version of another subject defines.
    record Reference(String name, String subject, int version) {}
}
