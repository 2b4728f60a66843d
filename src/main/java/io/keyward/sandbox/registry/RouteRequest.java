package io.keyward.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// A request to one of the API's paths: the path variables, the query and the body (a missing node if there is
/// none).
record RouteRequest(Map<String, String> path, Map<String, List<String>> query, JsonNode body) {
    String subject() {
        String subject = path.get("subject");
        if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
            throw RegistryRefusedException.invalidSubject(subject);
        }
        return subject;
    }

    int id() {
        try {
            return Integer.parseInt(path.get("id"));
        } catch (NumberFormatException noNumber) {
            throw new RegistryRefusedException(404, 404, "HTTP 404 Not Found");
        }
    }

    String version() {
        return path.get("version");
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    String text(String name) {
        return texts(name).stream().findFirst().orElse("");
    }

    List<String> texts(String name) {
        return query.getOrDefault(name, List.of());
    }

    /// The page of a list that `offset` and `limit` select. A negative limit means no limit.
    JsonNode page(JsonNode reply) {
        long limit = number("limit", -1);
        return !reply.isArray()
                ? reply
                : JsonNodeFactory.instance
                        .arrayNode()
                        .addAll(StreamSupport.stream(reply.spliterator(), false)
                                .skip(Math.max(0, number("offset", 0)))
                                .limit(limit < 0 ? Long.MAX_VALUE : limit)
                                .toList());
    }

    private long number(String name, long fallback) {
        try {
            return text(name).isEmpty() ? fallback : Long.parseLong(text(name));
        } catch (NumberFormatException noNumber) {
            throw new RegistryRefusedException(404, 404, "HTTP 404 Not Found");
        }
    }
}
