package io.keyward.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/// Parses posted and registered schemas together with the types that they refer to.
record SchemaReader(RegistryState state) {
    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    /// Parses the body of a request. With `normalize`, schemas that differ only in the order of properties
    /// become equal.
    Candidate candidate(JsonNode body, boolean normalize) {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryRefusedException.invalidSchema("this registry supports the type AVRO only, not " + type);
        }
        String text = body.path("schema").asText("");
        if (text.isBlank()) {
            throw RegistryRefusedException.invalidSchema("the request's field 'schema' is missing or empty");
        }
        List<Content.Reference> references = references(body.path("references"));
        List<Schema> referenced = referenced(references);
        Schema schema = parse(normalize ? sorted(text) : text, referenced, true);
        return new Candidate(
                schema,
                new Content(text(schema, referenced), references, contract(body)),
                number(body.path("id")),
                number(body.path("version")));
    }

    Schema schema(Content content) {
        return parse(content.schema(), referenced(content.references()), false);
    }

    private List<Schema> referenced(List<Content.Reference> references) {
        List<Schema> schemas = new ArrayList<>();
        references.forEach(reference -> collect(reference, schemas));
        return schemas;
    }

    /// Adds the referenced type after the types that it refers to itself, each once.
    private void collect(Content.Reference reference, List<Schema> schemas) {
        if (schemas.stream().anyMatch(known -> known.getFullName().equals(reference.name()))) {
            return;
        }
        Content content = state.versionsOf(reference.subject()).stream()
                .filter(version -> version.version() == reference.version())
                .findFirst()
                .orElseThrow(() -> RegistryRefusedException.invalidSchema("it refers to version " + reference.version()
                        + " of subject '" + reference.subject() + "', which does not exist"))
                .content();
        content.references().forEach(inner -> collect(inner, schemas));
        schemas.add(parse(content.schema(), schemas, false));
    }

    private static Schema parse(String text, List<Schema> referenced, boolean strict) {
        try {
            Schema.Parser parser = new Schema.Parser().setValidateDefaults(strict);
            return parser.addTypes(referenced).parse(text);
        } catch (AvroRuntimeException | StackOverflowError invalid) {
            throw RegistryRefusedException.invalidSchema(invalid.getMessage());
        }
    }

    /// Prints the schema without the referenced types. Avro deprecates this because the result cannot be parsed
    /// again on its own. Here the references supply the types.
    @SuppressWarnings("deprecation")
    private static String text(Schema schema, List<Schema> referenced) {
        return schema.toString(referenced, false);
    }

    private static String sorted(String text) {
        try {
            return SORTED.writeValueAsString(SORTED.treeToValue(SORTED.readTree(text), Object.class));
        } catch (JsonProcessingException invalid) {
            throw RegistryRefusedException.invalidSchema(invalid.getOriginalMessage());
        }
    }

    private static List<Content.Reference> references(JsonNode nodes) {
        List<Content.Reference> references = new ArrayList<>();
        nodes.forEach(node -> references.add(new Content.Reference(
                node.path("name").asText(),
                node.path("subject").asText(),
                node.path("version").asInt())));
        return references;
    }

    private static ObjectNode contract(JsonNode body) {
        ObjectNode contract = JsonNodeFactory.instance.objectNode();
        List.of("metadata", "ruleSet").forEach(name -> {
            if (body.path(name).isObject()) {
                contract.set(name, body.get(name));
            }
        });
        return contract;
    }

    private static Optional<Integer> number(JsonNode node) {
        return node.isInt() && node.asInt() > 0 ? Optional.of(node.asInt()) : Optional.empty();
    }

    /// A parsed schema from a client. Clients in import mode also give the id and the version.
    record Candidate(Schema schema, Content content, Optional<Integer> id, Optional<Integer> version) {}
}
