package io.keyward.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// A request to one of the API's paths: the path's variable parts, the query and the body (missing if there is none).
record Request(Map<String, String> path, Map<String, String> query, JsonNode body) {
    String subject() {
        String subject = path.get("subject");
        if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
            throw RefusedException.invalidSubject(subject);
        }
        return subject;
    }

    int id() {
        try {
            return Integer.parseInt(path.get("id"));
        } catch (NumberFormatException noNumber) {
            throw new RefusedException(404, 404, "HTTP 404 Not Found");
        }
    }

    String version() {
        return path.get("version");
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(query.get(name));
    }

    String text(String name) {
        return query.getOrDefault(name, "");
    }
}
