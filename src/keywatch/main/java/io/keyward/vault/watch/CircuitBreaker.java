package io.keyward.vault.watch;

import io.keyward.config.Configured;
import io.keyward.config.VaultSettings;
import io.keyward.domain.fact.Instants;
import io.keyward.registry.client.DoublingWait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Backs off from an unresponsive vault. After some failures in a row it pauses. Each further failure doubles
/// the pause, up to a limit. Between pauses it allows one attempt at a time.
final class CircuitBreaker {
    private final int mostFailures;
    private final DoublingWait pauses;
    private int failures;
    private Instant until = Instant.MIN;

    CircuitBreaker(Configured settings) {
        this.mostFailures = settings.value(VaultSettings.BREAK_FAILURES);
        this.pauses = new DoublingWait(
                settings.value(VaultSettings.BREAK_PAUSE), settings.value(VaultSettings.BREAK_MAX_PAUSE));
    }

    /// Records an attempt without an answer.
    ///
    /// @param requested the pause that the vault requested
    /// @return whether this failure opened the breaker
    boolean failed(Instant now, Optional<Duration> requested) {
        failures++;
        requested.ifPresent(wait -> until = Instants.max(until, now.plus(wait)));
        if (isTripped()) {
            until = Instants.max(until, now.plus(pauses.after(failures - mostFailures)));
        }
        return failures == mostFailures;
    }

    /// Records an attempt with an answer.
    ///
    /// @return whether this answer closed the breaker
    boolean answered() {
        boolean was = isTripped();
        failures = 0;
        return was;
    }

    boolean isTripped() {
        return failures >= mostFailures;
    }

    /// No attempt is made before this time.
    Instant until() {
        return until;
    }
}
