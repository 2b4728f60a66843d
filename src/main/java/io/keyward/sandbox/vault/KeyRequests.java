package io.keyward.sandbox.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Reads the bodies of requests that create or change a key.
final class KeyRequests {
    private KeyRequests() {}

    static NewKey create(JsonNode body) {
        KeyKind kind =
                KeyKind.of(body.path("kty").asText("RSA"), body.path("key_size").asInt(2048));
        JsonNode attributes = body.path("attributes");
        return new NewKey(
                kind,
                body.path("key_ops").isArray() ? texts(body.path("key_ops")) : NewKey.ALL_OPERATIONS,
                attributes.path("enabled").asBoolean(true),
                time(attributes, "nbf"),
                time(attributes, "exp"),
                Optional.empty());
    }

    /// The change that the body asks for. Attributes that are not in the body stay unchanged.
    static UnaryOperator<Version> change(JsonNode body, Instant now) {
        JsonNode attributes = body.path("attributes");
        return version -> version.withEnabled(attributes.path("enabled").asBoolean(version.enabled()), now)
                .withDates(
                        attributes.has("nbf") ? time(attributes, "nbf") : version.notBefore(),
                        attributes.has("exp") ? time(attributes, "exp") : version.expiresAt(),
                        now);
    }

    private static Optional<Instant> time(JsonNode attributes, String name) {
        JsonNode seconds = attributes.path(name);
        return seconds.isNumber() ? Optional.of(Instant.ofEpochSecond(seconds.longValue())) : Optional.empty();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
