package io.keyward.vault.watch;

import io.keyward.config.WatchSettings;
import io.keyward.registry.client.DoublingWait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Backs off from an unresponsive vault. After some failures in a row it pauses. Each further failure doubles
/// the pause, up to a limit. Between pauses it allows one attempt at a time.
final class CircuitBreaker {
    private final WatchSettings.Breaks settings;
    private final DoublingWait pauses;
    private int failures;
    private Instant until = Instant.MIN;

    CircuitBreaker(WatchSettings.Breaks settings) {
        this.settings = settings;
        this.pauses = new DoublingWait(settings.pause(), settings.maxPause());
    }

    /// Records an attempt without an answer.
    ///
    /// @param asked the pause that the vault requested
    /// @return whether this failure opened the breaker
    boolean failed(Instant now, Optional<Duration> asked) {
        failures++;
        asked.ifPresent(wait -> pauseUntil(now.plus(wait)));
        if (isTripped()) {
            pauseUntil(now.plus(pauses.after(failures - settings.failures())));
        }
        return failures == settings.failures();
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
        return failures >= settings.failures();
    }

    /// No attempt is made before this time.
    Instant until() {
        return until;
    }

    private void pauseUntil(Instant moment) {
        until = moment.isAfter(until) ? moment : until;
    }
}
