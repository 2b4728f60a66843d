package io.keyward.sandbox.vault;

import java.time.Instant;
import java.util.Optional;

/// One version of a key. `pair` is the number of its key pair.
public record Version(
        String id,
        int pair,
        boolean enabled,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        Instant created,
        Instant updated) {
    Version withEnabled(boolean now, Instant at) {
        return new Version(id, pair, now, notBefore, expiresAt, created, at);
    }

    Version withDates(Optional<Instant> from, Optional<Instant> to, Instant at) {
        return new Version(id, pair, enabled, from, to, created, at);
    }

    /// Whether the version may wrap. It can always unwrap what it has wrapped.
    boolean isWithinItsDates(Instant now) {
        return notBefore.filter(now::isBefore).isEmpty()
                && expiresAt.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
