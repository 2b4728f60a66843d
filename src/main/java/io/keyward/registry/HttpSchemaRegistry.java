package io.keyward.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;

/// A remote registry: every call is one exchange of HTTP with the first of its URLs that answers.
public final class HttpSchemaRegistry implements SchemaRegistry {
    private final RegistryHttp http;
    private final boolean normalize;

    public HttpSchemaRegistry(RegistrySettings settings) {
        http = new RegistryHttp(settings.connection());
        normalize = settings.serializer().normalize();
    }

    @Override
    public int register(String subject, Schema schema) {
        return id(http.send("POST", subject(subject) + "/versions" + normalization(), request(schema)));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return id(http.send("POST", subject(subject) + normalization(), request(schema)));
    }

    @Override
    public Schema schemaOf(int id) {
        return schema(http.get("/schemas/ids/" + id));
    }

    @Override
    public Schema schemaOf(UUID guid) {
        return schema(http.get("/schemas/guids/" + guid));
    }

    @Override
    public SchemaVersion latestOf(String subject) {
        JsonNode reply = http.get(subject(subject) + "/versions/latest");
        return new SchemaVersion(subject, reply.path("version").asInt(), id(reply), schema(reply));
    }

    private String normalization() {
        return normalize ? "?normalize=true" : "";
    }

    private static String subject(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ObjectNode request(Schema schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    }

    private static int id(JsonNode reply) {
        if (!reply.path("id").isInt()) {
            throw new RegistryUnavailableException("the schema registry's answer holds no schema id");
        }
        return reply.path("id").asInt();
    }

    private Schema schema(JsonNode reply) {
        return schema(reply, new ArrayList<>());
    }

    /// Schemas may name types of other subjects' versions, which come first, each once.
    private Schema schema(JsonNode reply, List<Schema> known) {
        String type = reply.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryRefusalException(RegistryRefusalException.INVALID_SCHEMA, "it is of type " + type);
        }
        if (!reply.path("schema").isTextual()) {
            throw new RegistryUnavailableException("the schema registry's answer holds no schema");
        }
        for (JsonNode reference : reply.path("references")) {
            String name = reference.path("name").asText();
            if (known.stream().noneMatch(schema -> schema.getFullName().equals(name))) {
                String path = subject(reference.path("subject").asText()) + "/versions/"
                        + reference.path("version").asInt();
                known.add(schema(http.get(path + "?deleted=true"), known));
            }
        }
        return SchemaText.parse(reply.path("schema").asText(), known);
    }

    @Override
    public void close() {
        http.close();
    }
}
