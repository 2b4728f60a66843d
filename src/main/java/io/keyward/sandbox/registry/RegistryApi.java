package io.keyward.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Confluent's REST API over the registry's state, apart from HTTP itself: one request at a time, each change kept in
/// the journal before it takes effect.
public final class RegistryApi implements AutoCloseable {
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

    /// A reply: an HTTP status and JSON.
    public record Reply(int status, JsonNode body) {}

    /// Answers a request; `body` is missing if there is none.
    public synchronized Reply answer(String method, String rawPath, String rawQuery, JsonNode body) {
        try {
            Outcome outcome = route(method, rawPath, rawQuery, body);
            for (Change change : outcome.changes()) {
                journal.append(change);
                state.apply(change);
            }
            return new Reply(200, outcome.reply());
        } catch (RegistryRefusedException refused) {
            return refusal(refused.status(), refused.code(), refused.getMessage());
        }
    }

    /// A reply that says why there is no other.
    public static Reply refusal(int status, int code, String message) {
        return new Reply(status, Replies.object().put("error_code", code).put("message", message));
    }

    private Outcome route(String method, String rawPath, String rawQuery, JsonNode body) {
        List<String> path = parts(rawPath);
        boolean known = false;
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent() && route.method().equals(method)) {
                Request request = new Request(variables.get(), query(rawQuery), body);
                Outcome outcome = route.action().apply(request);
                return method.equals("GET") ? Outcome.reply(request.page(outcome.reply())) : outcome;
            }
            known |= variables.isPresent();
        }
        throw known
                ? new RegistryRefusedException(405, 405, "HTTP 405 Method Not Allowed")
                : new RegistryRefusedException(404, 404, "HTTP 404 Not Found");
    }

    private static List<String> parts(String rawPath) {
        String path =
                rawPath.length() > 1 && rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
        return Arrays.stream(path.substring(1).split("/", -1))
                .map(RegistryApi::decoded)
                .toList();
    }

    private static Map<String, List<String>> query(String rawQuery) {
        Map<String, List<String>> query = new HashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.computeIfAbsent(decoded(equals < 0 ? pair : pair.substring(0, equals)), name -> new ArrayList<>())
                    .add(decoded(equals < 0 ? "true" : pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new RegistryRefusedException(400, 400, "HTTP 400 Bad Request: " + malformed.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        journal.close();
    }
}
