package io.keyward.vault.watch;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Notices when it is us whom vaults do not accept, and not one vault that does not accept us: several fail in that
/// way, and none accepts us in between.
final class IdentityCircuitBreaker {
    private static final int SEVERAL = 3;

    private final CircuitBreaker breaker;
    private final Set<String> failing = new HashSet<>();

    IdentityCircuitBreaker(WatchSettings.Breaks settings) {
        this.breaker = new CircuitBreaker(settings);
    }

    /// A vault has not accepted us.
    ///
    /// @param vaults how many there are
    /// @return whether this failure was the one that made it one attempt at a time
    boolean failedAt(String vaultUri, int vaults, Instant now) {
        failing.add(vaultUri);
        return failing.size() >= Math.min(SEVERAL, vaults) && breaker.failed(now, Optional.empty());
    }

    /// A vault has accepted us.
    ///
    /// @return whether it had been one attempt at a time
    boolean accepted() {
        failing.clear();
        return breaker.answered();
    }

    boolean isTripped() {
        return breaker.isTripped();
    }

    /// Until then no attempt is made.
    Instant until() {
        return breaker.until();
    }
}
