package io.keyward.ops.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/// An HTTP response.
///
/// @param status the HTTP status code
/// @param contentType the media type with its parameters
/// @param headers additional headers; they override the headers of every response
@SuppressWarnings("ArrayRecordComponent") // sent once, never compared
public record EndpointResponse(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public EndpointResponse {
        headers = Map.copyOf(headers);
    }

    public EndpointResponse(int status, String contentType, String body) {
        this(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static EndpointResponse text(String body) {
        return new EndpointResponse(200, "text/plain; charset=utf-8", body);
    }

    public static EndpointResponse html(int status, String body) {
        return new EndpointResponse(status, "text/html; charset=utf-8", body);
    }

    /// Creates a response with a JSON document.
    ///
    /// @param value a tree, a record, or a map with a fixed order of its keys
    public static EndpointResponse json(int status, Object value) {
        return json(status, "application/json", value);
    }

    /// Creates an error response (RFC 9457).
    ///
    /// @param detail what went wrong and what to do, as a sentence for the client
    public static EndpointResponse problem(int status, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", HttpStatus.getMessage(status));
        problem.put("status", status);
        problem.put("detail", detail);
        return json(status, "application/problem+json", problem);
    }

    public EndpointResponse with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new EndpointResponse(status, contentType, body, all);
    }

    private static EndpointResponse json(int status, String contentType, Object value) {
        try {
            byte[] line = JSON.writeValueAsBytes(value);
            byte[] body = Arrays.copyOf(line, line.length + 1);
            body[line.length] = '\n';
            return new EndpointResponse(status, contentType, body, Map.of());
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }
}
