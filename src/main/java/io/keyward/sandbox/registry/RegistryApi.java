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

/// Confluent's REST API over the registry's state, apart from HTTP itself: one request at a time, each change kept in
/// the journal before it takes effect.
public final class RegistryApi implements Api, AutoCloseable {
    private final RegistryState state = new RegistryState();
    private final Journal journal;
    private final List<Route> routes = new ArrayList<>();

    private RegistryApi(Optional<Path> folder) {
        journal = folder.map(path -> Journal.in(path, state::apply)).orElseGet(Journal::none);
        SchemaReader reader = new SchemaReader(state);
        Registration registration = new Registration(state, reader);
        routes.addAll(new SubjectRoutes(state, reader, registration).routes());
        routes.addAll(new SchemaRoutes(state).routes());
        routes.addAll(new CompatibilityRoutes(state, reader, registration).routes());
        routes.addAll(new PolicyRoutes(state).routes());
        routes.addAll(ServerRoutes.routes());
    }

    /// A registry that forgets everything when closed.
    public static RegistryApi inMemory() {
        return new RegistryApi(Optional.empty());
    }

    /// A registry that goes on from what the folder holds, and is the only one to use it.
    public static RegistryApi in(Path folder) {
        return new RegistryApi(Optional.of(folder));
    }

    @Override
    public synchronized Response answer(Request request) {
        try {
            Outcome outcome = route(request, request.json());
            for (Change change : outcome.changes()) {
                journal.append(change);
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

    /// `HEAD` is answered as `GET` is.
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

    /// The parts of the path, less an empty one at its end.
    private static List<String> path(Request request) {
        List<String> path = request.path();
        return path.size() > 1 && path.getLast().isEmpty() ? path.subList(0, path.size() - 1) : path;
    }

    @Override
    public synchronized void close() {
        journal.close();
    }
}
