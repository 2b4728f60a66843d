package io.keyward.ops.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request to an endpoint.
///
/// @param path as sent, without the query
/// @param variables the decoded values of the variables in the endpoint's path
/// @param query as sent, without the question mark; may be empty
/// @param headers by lower-case name; the values of a repeated header are joined with commas; never printed
/// @param body empty for `GET` and `HEAD`
/// @param caller who sent it
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record EndpointRequest(
        String method,
        String path,
        Map<String, String> variables,
        String query,
        Map<String, String> headers,
        byte[] body,
        Caller caller) {
    private static final String FORM = "application/x-www-form-urlencoded";

    public EndpointRequest {
        variables = Map.copyOf(variables);
        headers = Map.copyOf(headers);
    }

    /// A request of an unauthenticated client.
    public EndpointRequest(
            String method,
            String path,
            Map<String, String> variables,
            String query,
            Map<String, String> headers,
            byte[] body) {
        this(method, path, variables, query, headers, body, Caller.UNAUTHENTICATED);
    }

    /// The value of a variable in the endpoint's path.
    public String variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the path has no variable " + name));
    }

    /// The first value of a query parameter; empty if it is missing.
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(pairs(query).get(name));
    }

    /// The names of all query parameters, in order.
    public List<String> parameterNames() {
        return Arrays.stream(query.split("&", -1))
                .map(pair -> decoded(pair.split("=", 2)[0]))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /// The first value of each field of a form in the body; empty if the body is not a form.
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

    /// A copy with the values of the variables in the path.
    public EndpointRequest with(Map<String, String> variables) {
        return new EndpointRequest(method, path, variables, query, headers, body, caller);
    }

    EndpointRequest with(byte[] body) {
        return new EndpointRequest(method, path, variables, query, headers, body, caller);
    }

    /// A copy with another caller.
    public EndpointRequest with(Caller caller) {
        return new EndpointRequest(method, path, variables, query, headers, body, caller);
    }

    /// A copy with another query.
    public EndpointRequest withQuery(String query) {
        return new EndpointRequest(method, path, variables, query, headers, body, caller);
    }

    @Override
    public String toString() {
        return "Request[" + method + " " + path + "]";
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String name = decoded(parts[0]);
            try {
                pairs.putIfAbsent(name, parts.length == 2 ? decoded(parts[1]) : "");
            } catch (BadRequestException malformed) {
                throw new BadRequestException("The parameter '%s' is not UTF-8 in percent-encoding.".formatted(name));
            }
        }
        return pairs;
    }

    /// @throws BadRequestException if the text is not UTF-8 in percent-encoding
    private static String decoded(String text) {
        try {
            return percentDecoded(text);
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            throw new BadRequestException("The name of a parameter is not UTF-8 in percent-encoding.");
        }
    }

    /// Also decodes `+` as a space.
    ///
    /// @throws IllegalArgumentException if two hexadecimal digits do not follow a percent sign
    /// @throws CharacterCodingException if the bytes are not UTF-8
    static String percentDecoded(String text) throws CharacterCodingException {
        String octets = URLDecoder.decode(
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                StandardCharsets.ISO_8859_1);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
    }
}
