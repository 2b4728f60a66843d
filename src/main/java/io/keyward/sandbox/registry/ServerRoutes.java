package io.keyward.sandbox.registry;

import java.util.List;
import java.util.Map;

/// Requests about the server itself.
final class ServerRoutes {
    private ServerRoutes() {}

    static List<Route> routes() {
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
}
