package io.keyward.vault.watch;

import io.keyward.config.WatchSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Backs off from an unresponsive vault. After some failures in a row it pauses. Each further failure doubles
/// the pause, up to a limit. Between pauses it allows one attempt at a time.
final class CircuitBreaker {
    private final WatchSettings.Breaks settings;
    private int failures;
    private Duration pause;
    private Instant until = Instant.MIN;

    CircuitBreaker(WatchSettings.Breaks settings) {
        this.settings = settings;
        this.pause = settings.pause();
    }

    /// Records an attempt without an answer.
    ///
    /// @param asked the pause that the vault requested
    /// @return whether this failure opened the breaker
    boolean failed(Instant now, Optional<Duration> asked) {
        failures++;
        asked.ifPresent(wait -> pauseUntil(now.plus(wait)));
        if (isTripped()) {
            pauseUntil(now.plus(pause));
            pause = Collections.min(List.of(pause.multipliedBy(2), settings.maxPause()));
        }
        return failures == settings.failures();
    }

    /// Records an attempt with an answer.
    ///
    /// @return whether this answer closed the breaker
    boolean answered() {
        boolean was = isTripped();
        failures = 0;
        pause = settings.pause();
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
