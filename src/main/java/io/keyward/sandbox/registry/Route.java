package io.keyward.sandbox.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One method on one path of the API. Path segments in braces are variables.
record Route(String method, List<String> path, Function<RouteRequest, Outcome> action) {
    static Route of(String method, String path, Function<RouteRequest, Outcome> action) {
        return new Route(method, List.of(path.substring(1).split("/", -1)), action);
    }

    /// The path variables if the path matches this route.
    Optional<Map<String, String>> match(List<String> parts) {
        if (parts.size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String expected = path.get(i);
            if (expected.startsWith("{")) {
                variables.put(expected.substring(1, expected.length() - 1), parts.get(i));
            } else if (!expected.equals(parts.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
