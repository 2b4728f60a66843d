package io.keyward.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;

/// What a page shows.
///
/// @param status of HTTP
/// @param contentType with its parameters
/// @param header one that the status asks for
public record Reply(int status, String contentType, String body, Optional<Header> header) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A header of HTTP.
    public record Header(String name, String value) {}

    public Reply(int status, String contentType, String body) {
        this(status, contentType, body, Optional.empty());
    }

    static Reply text(String body) {
        return new Reply(200, "text/plain; charset=utf-8", body);
    }

    /// @param value a map that keeps its order, so that people find what they look for
    static Reply json(int status, Map<String, ?> value) {
        try {
            return new Reply(status, "application/json", JSON.writeValueAsString(value) + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static Reply problem(int status, String sentence) {
        return json(status, Map.of("error", sentence));
    }

    Reply with(String name, String value) {
        return new Reply(status, contentType, body, Optional.of(new Header(name, value)));
    }
}
