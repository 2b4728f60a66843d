package io.keyward.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What emulators read from a request.
public final class RequestParts {
    public static final ObjectMapper JSON = new ObjectMapper();

    private RequestParts() {}

    /// The host that the request is for.
    public static String host(EndpointRequest request) {
        return request.header("x-forwarded-host")
                .or(() -> request.header("host"))
                .orElse("");
    }

    /// The segments of the path. An omitted segment is an empty string.
    ///
    /// @throws BadRequestException if one of them cannot be decoded
    public static List<String> path(EndpointRequest request) {
        return Arrays.stream(request.path().substring(1).split("/", -1))
                .map(RequestParts::decoded)
                .toList();
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new BadRequestException("HTTP 400 Bad Request: " + malformed.getMessage());
        }
    }

    /// The body; a missing node if there is none.
    ///
    /// @throws BadRequestException if it is not JSON
    public static JsonNode json(EndpointRequest request) {
        try {
            String body = new String(request.body(), StandardCharsets.UTF_8);
            return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw new BadRequestException("the request's body is not JSON: " + malformed.getOriginalMessage());
        }
    }
}
