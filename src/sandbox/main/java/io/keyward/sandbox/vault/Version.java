package io.keyward.sandbox.vault;

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

    /// Whether the version may wrap. It can always unwrap what it has wrapped.
    boolean isWithinItsDates(Instant now) {
        return notBefore.filter(now::isBefore).isEmpty()
                && expiresAt.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
