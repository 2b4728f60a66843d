package io.keyward.sandbox.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The access tokens that were issued. Each is valid for one hour.
final class Tokens {
    static final Duration LIFE = Duration.ofHours(1);

    private final Map<String, Token> issued = new ConcurrentHashMap<>();
    private final Clock clock;

    Tokens(Clock clock) {
        this.clock = clock;
    }

    record Token(String tenantId, String resource, Grantee grantee, Instant expiresAt) {}

    String issue(String tenantId, String resource, Grantee grantee) {
        String token = UUID.randomUUID().toString();
        Instant now = clock.instant();
        issued.values().removeIf(old -> !now.isBefore(old.expiresAt()));
        issued.put(token, new Token(tenantId, resource, grantee, now.plus(LIFE)));
        return token;
    }

    /// The claims of a token. Empty if it was never issued or has expired.
    Optional<Token> read(String token) {
        return Optional.ofNullable(issued.get(token))
                .filter(known -> clock.instant().isBefore(known.expiresAt()));
    }
}
