package io.keyward.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request to an emulator. Accessors throw a [BadRequestException] if the request is malformed.
///
/// @param host the host that the request is for
/// @param token the bearer token of the request
public record Request(
        String method, String host, String rawPath, String rawQuery, Optional<String> token, String body) {
    /// The segments of the path. An omitted segment is an empty string.
    public List<String> path() {
        return Arrays.stream(rawPath.substring(1).split("/", -1))
                .map(Request::decoded)
                .toList();
    }

    /// The parameters of the query. A parameter without a value has the value "true".
    public Map<String, List<String>> query() {
        return parameters(rawQuery);
    }

    /// The first value of a query parameter, or the fallback if it is missing.
    public String query(String name, String fallback) {
        return query().getOrDefault(name, List.of(fallback)).getFirst();
    }

    /// The first value of each parameter of a form in the body.
    public Map<String, String> form() {
        Map<String, String> form = new HashMap<>();
        parameters(body).forEach((name, values) -> form.put(name, values.getFirst()));
        return form;
    }

    /// The body; a missing node if there is none.
    public JsonNode json() {
        try {
            return body.isEmpty() ? MissingNode.getInstance() : Response.JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw new BadRequestException(
                    "the request's body is not JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static Map<String, List<String>> parameters(String text) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters
                    .computeIfAbsent(decoded(equals < 0 ? pair : pair.substring(0, equals)), name -> new ArrayList<>())
                    .add(decoded(equals < 0 ? "true" : pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new BadRequestException("HTTP 400 Bad Request: " + malformed.getMessage(), malformed);
        }
    }

    /// A malformed request. The message says why.
    public static final class BadRequestException extends RuntimeException {
        BadRequestException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
