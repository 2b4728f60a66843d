package io.keyward.ops.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A request for a page.
///
/// @param query as sent, without the question mark; may be empty
/// @param accept the `Accept` headers, joined; may be empty
/// @param authorization the `Authorization` header; never printed
public record EndpointRequest(String path, String query, String accept, Optional<String> authorization) {
    /// The value of a query parameter; empty if it is not given.
    Optional<String> parameter(String name) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decoded(pair[0]).equals(name))
                .map(pair -> pair.length == 2 ? decoded(pair[1]) : "")
                .findFirst();
    }

    @Override
    public String toString() {
        return "Request[" + path + "]";
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
