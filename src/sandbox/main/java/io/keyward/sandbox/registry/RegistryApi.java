package io.keyward.sandbox.registry;

import static io.keyward.sandbox.http.RequestParts.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.RegistryRefusalException;
import io.keyward.registry.client.SchemaId;
import io.keyward.registry.client.SchemaVersion;
import io.keyward.sandbox.http.Api;
import io.keyward.sandbox.http.RequestParts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;

/// The part of Confluent's REST API that serializers, deserializers and Keyward's own client use, without HTTP. It
/// handles one request at a time and writes each change to the journal before it takes effect.
public final class RegistryApi implements Api {
    private static final int INVALID_VERSION = 42202;
    private static final int INVALID_LEVEL = 42203;
    private static final int INTERNAL_ERROR = 50001;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final Optional<Journal> journal;
    private final List<RegistryRoute> routes = List.of(
            RegistryRoute.of("GET", "/subjects", _ -> json(registry.subjects())),
            RegistryRoute.of("POST", "/subjects/{subject}", this::lookUp),
            RegistryRoute.of("GET", "/subjects/{subject}/versions", this::versions),
            RegistryRoute.of("POST", "/subjects/{subject}/versions", this::register),
            RegistryRoute.of("GET", "/subjects/{subject}/versions/{version}", request -> reply(version(request))),
            RegistryRoute.of("GET", "/subjects/{subject}/versions/{version}/schema", request -> bare(version(request))),
            RegistryRoute.of("GET", "/schemas/ids/{id}", this::byId),
            RegistryRoute.of("GET", "/schemas/guids/{guid}", this::byGuid),
            RegistryRoute.of("POST", "/compatibility/subjects/{subject}/versions", this::compatibility),
            RegistryRoute.of("GET", "/config/{subject}", this::level),
            RegistryRoute.of("PUT", "/config/{subject}", this::setLevel));

    /// Replays the changes in the folder's journal. No other registry can use the folder. Without a folder, the
    /// schemas are lost on close.
    public RegistryApi(Optional<Path> folder) {
        journal = folder.map(path -> Journal.in(path, this::apply));
    }

    private void apply(Change change) {
        switch (change) {
            case Change.Registered registered ->
                registry.register(
                        registered.subject(),
                        new Schema.Parser().parse(registered.content().schema()));
            case Change.LevelSet set -> registry.setLevel(set.subject(), set.level());
        }
    }

    private void make(Change change) {
        journal.ifPresent(open -> open.append(change));
        apply(change);
    }

    @Override
    public synchronized Optional<EndpointResponse> answer(EndpointRequest request) {
        try {
            return Optional.of(response(200, reply(request)));
        } catch (RegistryRefusalException refused) {
            int code = refused.code();
            return Optional.of(refusal(code < 1_000 ? code : code / 100, code, refused.getMessage()));
        }
    }

    private JsonNode reply(EndpointRequest request) {
        return routes.stream()
                .flatMap(route -> route.reply(request).stream())
                .findFirst()
                .orElseThrow(RegistryApi::notFound);
    }

    private static RegistryRefusalException notFound() {
        return new RegistryRefusalException(404, "HTTP 404 Not Found");
    }

    @Override
    public EndpointResponse error(int status, String message) {
        return refusal(status, status == 500 ? INTERNAL_ERROR : status, message);
    }

    private static EndpointResponse refusal(int status, int code, String message) {
        return response(status, JSON.createObjectNode().put("error_code", code).put("message", message));
    }

    private static EndpointResponse response(int status, JsonNode body) {
        return new EndpointResponse(status, "application/vnd.schemaregistry.v1+json", body.toString());
    }

    private JsonNode lookUp(EndpointRequest request) {
        return reply(registry.versionOf(subject(request), posted(request)));
    }

    private JsonNode register(EndpointRequest request) {
        Schema schema = posted(request);
        if (registry.find(subject(request), schema).isEmpty()) {
            List<String> conflicts = registry.conflicts(subject(request), schema);
            if (!conflicts.isEmpty()) {
                throw new RegistryRefusalException(
                        RegistryRefusalException.INCOMPATIBLE_SCHEMA,
                        "Schema being registered is incompatible with an earlier schema for subject \""
                                + subject(request) + "\", details: " + conflicts);
            }
            make(new Change.Registered(subject(request), new Change.Content(schema.toString())));
        }
        return reply(registry.versionOf(subject(request), schema));
    }

    private static String subject(EndpointRequest request) {
        return request.variable("subject");
    }

    private static boolean flag(EndpointRequest request, String name) {
        return Boolean.parseBoolean(request.parameter(name).orElse(""));
    }

    private static Schema posted(EndpointRequest request) {
        return PostedSchema.parse(RequestParts.json(request), flag(request, "normalize"));
    }

    private JsonNode versions(EndpointRequest request) {
        return json(registry.versionsOf(subject(request)).stream()
                .map(SchemaVersion::version)
                .toList());
    }

    private SchemaVersion version(EndpointRequest request) {
        String wanted = request.variable("version");
        if (wanted.equals("latest")) {
            return registry.latestOf(subject(request));
        }
        if (!wanted.matches("[1-9]\\d{0,8}")) {
            throw new RegistryRefusalException(
                    INVALID_VERSION,
                    "The specified version '" + wanted + "' is not a valid version id. Allowed values are between"
                            + " [1, 2^31-1] and the string \"latest\"");
        }
        return registry.versionsOf(subject(request)).stream()
                .filter(version -> wanted.equals(Integer.toString(version.version())))
                .findFirst()
                .orElseThrow(() -> new RegistryRefusalException(
                        RegistryRefusalException.VERSION_NOT_FOUND, "Version " + wanted + " not found."));
    }

    private JsonNode byId(EndpointRequest request) {
        try {
            return content(registry.schemaOf(Integer.parseInt(request.variable("id"))));
        } catch (NumberFormatException noNumber) {
            throw notFound();
        }
    }

    private JsonNode byGuid(EndpointRequest request) {
        String guid = request.variable("guid");
        try {
            return content(registry.schemaOf(new SchemaId.Guid(UUID.fromString(guid))));
        } catch (IllegalArgumentException noGuid) {
            throw new RegistryRefusalException(
                    RegistryRefusalException.SCHEMA_NOT_FOUND, "Schema " + guid + " not found");
        }
    }

    private JsonNode compatibility(EndpointRequest request) {
        List<String> conflicts = registry.conflicts(subject(request), posted(request));
        ObjectNode reply = JSON.createObjectNode().put("is_compatible", conflicts.isEmpty());
        if (flag(request, "verbose")) {
            reply.set("messages", json(conflicts));
        }
        return reply;
    }

    private JsonNode level(EndpointRequest request) {
        return json(Map.of("compatibilityLevel", registry.levelOf(subject(request))));
    }

    private JsonNode setLevel(EndpointRequest request) {
        String name = RequestParts.json(request).path("compatibility").asText().toUpperCase(Locale.ROOT);
        CompatibilityLevel level = Arrays.stream(CompatibilityLevel.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RegistryRefusalException(
                        INVALID_LEVEL,
                        "Invalid compatibility level. Valid values are "
                                + Arrays.toString(CompatibilityLevel.values()).toLowerCase(Locale.ROOT)));
        make(new Change.LevelSet(subject(request), level));
        return json(Map.of("compatibility", level));
    }

    private static ObjectNode reply(SchemaVersion version) {
        return JSON.createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .setAll(content(version.schema()));
    }

    private static ObjectNode content(Schema schema) {
        String text = schema.toString();
        return JSON.createObjectNode()
                .put("guid", InMemorySchemaRegistry.guidOf(text).toString())
                .put("schema", text);
    }

    /// The schema alone, as JSON instead of a string.
    private static JsonNode bare(SchemaVersion version) {
        try {
            return JSON.readTree(version.schema().toString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Avro printed a schema that is not JSON", impossible);
        }
    }

    private static JsonNode json(Object value) {
        return JSON.valueToTree(value);
    }

    @Override
    public synchronized void close() {
        journal.ifPresent(Journal::close);
    }
}
