package io.keyward.ops.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;

/// What a page shows.
///
/// @param status of HTTP
/// @param contentType with its parameters
/// @param header one that the status asks for
public record EndpointResponse(int status, String contentType, String body, Optional<Header> header) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A header of HTTP.
    public record Header(String name, String value) {}

    public EndpointResponse(int status, String contentType, String body) {
        this(status, contentType, body, Optional.empty());
    }

    static EndpointResponse text(String body) {
        return new EndpointResponse(200, "text/plain; charset=utf-8", body);
    }

    /// A JSON object.
    ///
    /// @param value a map that keeps its order, so that people find what they look for
    public static EndpointResponse json(int status, Map<String, ?> value) {
        try {
            return new EndpointResponse(status, "application/json", JSON.writeValueAsString(value) + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    public static EndpointResponse problem(int status, String sentence) {
        return json(status, Map.of("error", sentence));
    }

    EndpointResponse with(String name, String value) {
        return new EndpointResponse(status, contentType, body, Optional.of(new Header(name, value)));
    }
}
