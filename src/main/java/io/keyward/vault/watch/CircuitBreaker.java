package io.keyward.vault.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Leaves somebody alone who does not answer: after so many failures in a row for a pause, then after every further one
/// for twice as long, up to a limit. Between two pauses one attempt at a time is made.
final class CircuitBreaker {
    private final WatchSettings.Breaks settings;
    private int failures;
    private Duration pause;
    private Instant until = Instant.MIN;

    CircuitBreaker(WatchSettings.Breaks settings) {
        this.settings = settings;
        this.pause = settings.pause();
    }

    /// There was no answer.
    ///
    /// @param asked for how long we were asked to stay away
    /// @return whether this failure was the one that made it one attempt at a time
    boolean failed(Instant now, Optional<Duration> asked) {
        failures++;
        asked.ifPresent(wait -> pauseUntil(now.plus(wait)));
        if (isTripped()) {
            pauseUntil(now.plus(pause));
            pause = shorter(pause.multipliedBy(2), settings.maxPause());
        }
        return failures == settings.failures();
    }

    /// There was an answer.
    ///
    /// @return whether it had been one attempt at a time
    boolean answered() {
        boolean was = isTripped();
        failures = 0;
        pause = settings.pause();
        return was;
    }

    boolean isTripped() {
        return failures >= settings.failures();
    }

    /// Until then no attempt is made.
    Instant until() {
        return until;
    }

    private void pauseUntil(Instant moment) {
        until = moment.isAfter(until) ? moment : until;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
