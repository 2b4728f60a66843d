package io.keyward.registry.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/// A remote registry, its compatibility levels and its compatibility checks. A request goes to the first URL
/// that answers. Calls that get no answer are repeated.
public final class HttpSchemaRegistry implements SchemaRegistry {
    private final RegistryHttp http;
    private final Retries retries;
    private final String normalization;

    /// @param health receives each answer, and each attempt without one
    public HttpSchemaRegistry(RegistrySettings settings, RegistryHealth health) {
        http = new RegistryHttp(settings);
        retries = new Retries(settings.retry(), health);
        normalization = settings.serializer().normalize() ? "?normalize=true" : "";
    }

    @Override
    public int register(String subject, Schema schema) {
        return retries.of(() -> id(http.send("POST", subject(subject) + "/versions" + normalization, request(schema))));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return retries.of(() -> id(http.send("POST", subject(subject) + normalization, request(schema))));
    }

    @Override
    public Schema schemaOf(SchemaId id) {
        String path = id instanceof SchemaId.Numeric numeric
                ? "/schemas/ids/" + numeric.value()
                : "/schemas/guids/" + ((SchemaId.Guid) id).value();
        return retries.of(() -> schema(http.get(path), new ArrayList<>()));
    }

    @Override
    public SchemaVersion latestOf(String subject) {
        return retries.of(() -> {
            JsonNode reply = http.get(subject(subject) + "/versions/latest");
            return new SchemaVersion(
                    subject, reply.path("version").asInt(), id(reply), schema(reply, new ArrayList<>()));
        });
    }

    /// Why the schema cannot become a version of the subject, in the registry's words; empty if it can. Fails
    /// as the methods of [SchemaRegistry] do.
    public List<String> conflicts(String subject, Schema schema) {
        return retries.of(() -> conflictsNow(subject, schema));
    }

    /// Compares with the latest version only if the registry can compare with only one version.
    private List<String> conflictsNow(String subject, Schema schema) {
        String versions = "/compatibility" + subject(subject) + "/versions";
        try {
            return conflicts(http.send("POST", versions + "?verbose=true", request(schema)));
        } catch (RegistryRefusalException unknown) {
            return switch (unknown.code()) {
                case RegistryRefusalException.SUBJECT_NOT_FOUND, RegistryRefusalException.VERSION_NOT_FOUND ->
                    List.of();
                case 404, 405 -> conflicts(http.send("POST", versions + "/latest?verbose=true", request(schema)));
                default -> throw unknown;
            };
        }
    }

    private static List<String> conflicts(JsonNode reply) {
        if (!reply.path("is_compatible").isBoolean()) {
            throw new RegistryUnavailableException("the schema registry's answer has no field is_compatible");
        }
        List<String> messages = new ArrayList<>();
        reply.path("messages").forEach(message -> messages.add(message.asText()));
        return reply.path("is_compatible").asBoolean()
                ? List.of()
                : messages.isEmpty() ? List.of("the registry gives no reason") : messages;
    }

    /// The subject's compatibility level, or the registry's if the subject has none of its own.
    public CompatibilityLevel levelOf(String subject) {
        return retries.of(() -> levelNow(subject));
    }

    private CompatibilityLevel levelNow(String subject) {
        JsonNode reply;
        try {
            reply = http.get(config(subject) + "?defaultToGlobal=true");
        } catch (RegistryRefusalException notOfItsOwn) {
            reply = http.get("/config");
        }
        String level = reply.path("compatibilityLevel").asText();
        return Arrays.stream(CompatibilityLevel.values())
                .filter(known -> known.name().equals(level))
                .findFirst()
                .orElseThrow(() -> new RegistryUnavailableException(
                        "the schema registry's answer has no known compatibility level"));
    }

    public void setLevel(String subject, CompatibilityLevel level) {
        retries.of(() -> http.send("PUT", config(subject), request("compatibility", level.name())));
    }

    private static String config(String subject) {
        return "/config/" + encoded(subject);
    }

    private static String subject(String subject) {
        return "/subjects/" + encoded(subject);
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Optional<JsonNode> request(Schema schema) {
        return request("schema", schema.toString());
    }

    private static Optional<JsonNode> request(String field, String value) {
        return Optional.of(JsonNodeFactory.instance.objectNode().put(field, value));
    }

    private static int id(JsonNode reply) {
        if (!reply.path("id").isInt()) {
            throw new RegistryUnavailableException("the schema registry's answer has no schema id");
        }
        return reply.path("id").asInt();
    }

    /// Reads a schema. A schema may reference versions of other subjects; these are read first, each once.
    private Schema schema(JsonNode reply, List<Schema> known) {
        String type = reply.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryRefusalException(RegistryRefusalException.INVALID_SCHEMA, "its type is " + type);
        }
        if (!reply.path("schema").isTextual()) {
            throw new RegistryUnavailableException("the schema registry's answer has no schema");
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
        retries.close();
        http.close();
    }
}
