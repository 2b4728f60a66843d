package io.keyward.ops.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A request to an endpoint.
///
/// @param path as sent, without the query
/// @param variables the decoded values of the variables in the endpoint's path
/// @param query as sent, without the question mark; may be empty
/// @param headers by name in lower case; the values of a repeated header are joined with commas; never printed
/// @param body empty for `GET` and `HEAD`
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record EndpointRequest(
        String method,
        String path,
        Map<String, String> variables,
        String query,
        Map<String, String> headers,
        byte[] body) {
    private static final String FORM = "application/x-www-form-urlencoded";

    public EndpointRequest {
        variables = Map.copyOf(variables);
        headers = Map.copyOf(headers);
    }

    /// A variable of the endpoint's path.
    public String variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the path has no variable " + name));
    }

    /// The first value of a query parameter; empty if it is not given.
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(pairs(query).get(name));
    }

    /// The first value of each field of a form in the body; empty if the body is no form.
    public Map<String, String> form() {
        return isForm() ? pairs(new String(body, StandardCharsets.UTF_8)) : Map.of();
    }

    /// The value of a header.
    ///
    /// @param name in lower case
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// The bearer token in the `Authorization` header (RFC 6750).
    public Optional<String> bearerToken() {
        return header("authorization").flatMap(AccessToken::bearer);
    }

    boolean isForm() {
        return header("content-type").orElse("").split(";", 2)[0].strip().equalsIgnoreCase(FORM);
    }

    EndpointRequest with(Map<String, String> variables) {
        return new EndpointRequest(method, path, variables, query, headers, body);
    }

    EndpointRequest with(byte[] body) {
        return new EndpointRequest(method, path, variables, query, headers, body);
    }

    @Override
    public String toString() {
        return "Request[" + method + " " + path + "]";
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            pairs.putIfAbsent(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
        }
        return pairs;
    }

    /// Text with invalid percent-encoding is returned unchanged.
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
