package io.keyward.sandbox.vault;

import static io.keyward.sandbox.http.RequestParts.JSON;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/// One version of a key.
public record Version(
        String id,
        boolean enabled,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        Instant created,
        Instant updated) {
    Version withEnabled(boolean now, Instant at) {
        return new Version(id, now, notBefore, expiresAt, created, at);
    }

    /// Its state and its dates, as Azure writes them.
    public ObjectNode attributes() {
        ObjectNode attributes = JSON.createObjectNode().put("enabled", enabled);
        notBefore.ifPresent(at -> attributes.put("nbf", at.getEpochSecond()));
        expiresAt.ifPresent(at -> attributes.put("exp", at.getEpochSecond()));
        return attributes;
    }

    /// Whether the version may wrap. It can always unwrap what it has wrapped.
    boolean isWithinItsDates(Instant now) {
        return notBefore.filter(now::isBefore).isEmpty()
                && expiresAt.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
