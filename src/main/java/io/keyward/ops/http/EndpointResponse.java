package io.keyward.ops.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;

/// An HTTP response.
///
/// @param status the HTTP status code
/// @param contentType the media type with its parameters
/// @param header an additional header that the status requires
public record EndpointResponse(int status, String contentType, String body, Optional<Header> header) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public record Header(String name, String value) {}

    public EndpointResponse(int status, String contentType, String body) {
        this(status, contentType, body, Optional.empty());
    }

    static EndpointResponse text(String body) {
        return new EndpointResponse(200, "text/plain; charset=utf-8", body);
    }

    /// Creates a response with a JSON object.
    ///
    /// @param value a map with a fixed order of its keys
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
