package io.keyward.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.sandbox.http.Api;
import io.keyward.sandbox.http.Request;
import io.keyward.sandbox.http.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Confluent's REST API of the registry, without HTTP. It handles one request at a time and writes each change
/// to the journal before it takes effect.
public final class RegistryApi implements Api, AutoCloseable {
    private final RegistryState state = new RegistryState();
    private final Optional<Journal> journal;
    private final List<Route> routes = new ArrayList<>();

    /// Replays the changes in the folder's journal. No other registry can use the folder. Without a folder, the
    /// schemas are lost on close.
    public RegistryApi(Optional<Path> folder) {
        journal = folder.map(path -> Journal.in(path, state::apply));
        Catalogue catalogue = new Catalogue(state);
        SchemaReader reader = new SchemaReader(state);
        Registration registration = new Registration(state, reader);
        routes.addAll(new SubjectRoutes(catalogue, reader, registration, new Deletion(state, catalogue)).routes());
        routes.addAll(new SchemaRoutes(state, catalogue).routes());
        routes.addAll(new CompatibilityRoutes(state, catalogue, reader, registration).routes());
        routes.addAll(new PolicyRoutes(state).routes());
        routes.addAll(serverRoutes());
    }

    /// Requests about the server itself.
    private static List<Route> serverRoutes() {
        return List.of(
                Route.of("GET", "/", request -> Outcome.reply(Map.of())),
                Route.of("POST", "/", request -> Outcome.reply(Map.of())),
                Route.of("GET", "/contexts", request -> Outcome.reply(List.of("."))),
                Route.of("GET", "/v1/metadata/id", request -> Outcome.reply(metadata())),
                Route.of("GET", "/v1/metadata/version", request -> Outcome.reply(Map.of("version", "8.0.0"))));
    }

    private static Map<String, Object> metadata() {
        return Map.of(
                "scope",
                Map.of(
                        "path",
                        List.of(),
                        "clusters",
                        Map.of("kafka-cluster", "keyward-sandbox", "schema-registry-cluster", "schema-registry")));
    }

    @Override
    public synchronized Response answer(Request request) {
        try {
            Outcome outcome = route(request, request.json());
            for (Change change : outcome.changes()) {
                journal.ifPresent(open -> open.append(change));
                state.apply(change);
            }
            return response(200, outcome.reply());
        } catch (RegistryRefusedException refused) {
            return refusal(refused.status(), refused.code(), refused.getMessage());
        }
    }

    @Override
    public Response error(int status, String message) {
        return refusal(status, status == 500 ? 50001 : status, message);
    }

    private static Response refusal(int status, int code, String message) {
        return response(status, Replies.object().put("error_code", code).put("message", message));
    }

    private static Response response(int status, JsonNode body) {
        return Response.of(status, "application/vnd.schemaregistry.v1+json", Map.of(), body.toString());
    }

    /// `HEAD` is handled like `GET`.
    private Outcome route(Request request, JsonNode body) {
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        List<String> path = path(request);
        boolean known = false;
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent() && route.method().equals(method)) {
                RouteRequest routed = new RouteRequest(variables.get(), request.query(), body);
                Outcome outcome = route.action().apply(routed);
                return method.equals("GET") ? Outcome.reply(routed.page(outcome.reply())) : outcome;
            }
            known |= variables.isPresent();
        }
        throw known
                ? new RegistryRefusedException(405, 405, "HTTP 405 Method Not Allowed")
                : new RegistryRefusedException(404, 404, "HTTP 404 Not Found");
    }

    /// The segments of the path, without an empty last one.
    private static List<String> path(Request request) {
        List<String> path = request.path();
        return path.size() > 1 && path.getLast().isEmpty() ? path.subList(0, path.size() - 1) : path;
    }

    @Override
    public synchronized void close() {
        journal.ifPresent(Journal::close);
    }
}
