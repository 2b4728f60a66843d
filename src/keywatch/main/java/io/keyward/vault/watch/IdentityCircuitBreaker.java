package io.keyward.vault.watch;

import io.keyward.config.Configured;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Detects that all vaults, and not just one, reject Keyward's identity: several vaults reject it, and none
/// accepts it in between.
final class IdentityCircuitBreaker {
    private static final int SEVERAL = 3;

    private final CircuitBreaker circuitBreaker;
    private final Set<String> failing = new HashSet<>();

    IdentityCircuitBreaker(Configured settings) {
        this.circuitBreaker = new CircuitBreaker(settings);
    }

    /// Records that a vault rejected our identity.
    ///
    /// @param vaults the number of vaults
    /// @return whether this failure opened the breaker
    boolean failedAt(String vaultUri, int vaults, Instant now) {
        failing.add(vaultUri);
        return failing.size() >= Math.min(SEVERAL, vaults) && circuitBreaker.failed(now, Optional.empty());
    }

    /// Records that a vault accepted our identity.
    ///
    /// @return whether this closed the breaker
    boolean accepted() {
        failing.clear();
        return circuitBreaker.answered();
    }

    boolean isTripped() {
        return circuitBreaker.isTripped();
    }

    Instant until() {
        return circuitBreaker.until();
    }
}
