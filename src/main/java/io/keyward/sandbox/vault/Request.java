package io.keyward.sandbox.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request as it reached the emulator.
///
/// @param host whom it was meant for
/// @param token the bearer token that it carries
public record Request(
        String method, String host, String rawPath, String rawQuery, Optional<String> token, String body) {

    /// The parts of the path; an empty part stands where a version is left out.
    List<String> path() {
        return Arrays.stream(rawPath.substring(1).split("/", -1))
                .map(Request::decoded)
                .toList();
    }

    Map<String, String> query() {
        return pairs(rawQuery);
    }

    Map<String, String> form() {
        return pairs(body);
    }

    /// The body; missing if there is none.
    JsonNode json() {
        try {
            return body.isEmpty() ? MissingNode.getInstance() : Reply.JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw VaultRefusedException.badParameter("The body is not JSON.");
        }
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw VaultRefusedException.badParameter("The address is malformed.");
        }
    }
}
