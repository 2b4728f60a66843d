package io.keyward.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// `deploy/openapi.json`, for checks against it. Clients must ignore fields that they do not know, so the
/// description leaves objects open; here they are closed, so that a field that is not described is found.
final class Description {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of("deploy/openapi.json");
    private static final String META_SCHEMA = "/openapi/schema-2025-11-23.json";
    private static final String ID = "https://keyward.example/openapi.json";
    private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch", "head", "options");

    private final JsonNode document;
    private final SchemaRegistry registry;

    /// An answer to a request that the description knows.
    record Reply(String method, String path, int status) implements Comparable<Reply> {
        @Override
        public int compareTo(Reply other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return path + " " + method + " " + status;
        }
    }

    private Description(JsonNode document) {
        this.document = document;
        String closed = close(document.deepCopy()).toString();
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(id -> id.equals(ID) ? closed : null));
    }

    static Description read() throws IOException {
        return new Description(JSON.readTree(FILE.toFile()));
    }

    JsonNode document() {
        return document;
    }

    /// Violations of the OpenAPI 3.1 schema of the OpenAPI Initiative.
    List<String> faults() throws IOException {
        try (InputStream meta = Description.class.getResourceAsStream(META_SCHEMA)) {
            return texts(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(meta)
                    .validate(document));
        }
    }

    private static JsonNode close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && object.has("properties")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Description::close);
        return node;
    }

    /// Every reply that is described.
    SortedSet<Reply> replies() {
        SortedSet<Reply> replies = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operation
                                .getValue()
                                .path("responses")
                                .fieldNames()
                                .forEachRemaining(status -> replies.add(
                                        new Reply(operation.getKey(), path.getKey(), Integer.parseInt(status))))));
        return replies;
    }

    /// Differences between a response and its description.
    List<String> differences(Reply reply, HttpResponse<String> response) throws IOException {
        String at = "/paths/" + escaped(reply.path()) + "/" + reply.method() + "/responses/" + reply.status();
        JsonNode described = document.at(at);
        if (described.has("$ref")) {
            at = described.path("$ref").asText().substring(1);
            described = document.at(at);
        }
        String type = response.headers().firstValue("Content-Type").orElse("none");
        if (!described.path("content").has(type)) {
            return List.of("The media type " + type + " is not described at " + at + ".");
        }
        String schema = at + "/content/" + escaped(type) + "/schema";
        JsonNode body = type.endsWith("json") ? JSON.readTree(response.body()) : JSON.valueToTree(response.body());
        return texts(schema(schema).validate(body));
    }

    /// Differences between the examples and their schemas.
    List<String> wrongExamples() {
        List<String> wrong = new ArrayList<>();
        checkExamples(document, "", wrong);
        return wrong;
    }

    private void checkExamples(JsonNode node, String at, List<String> wrong) {
        if (node.has("example") && node.has("schema")) {
            texts(schema(at + "/schema").validate(node.get("example"))).forEach(text -> wrong.add(at + ": " + text));
        }
        node.properties()
                .forEach(member -> checkExamples(member.getValue(), at + "/" + escaped(member.getKey()), wrong));
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private Schema schema(String pointer) {
        String fragment = pointer.replace("{", "%7B").replace("}", "%7D").replace(" ", "%20");
        return registry.getSchema(SchemaLocation.of(ID + "#" + fragment));
    }

    private static List<String> texts(List<Error> errors) {
        return errors.stream().map(Error::toString).toList();
    }
}
