package io.keyward.intake.audit;

import java.time.Duration;

/// How long to wait before the next attempt: 1 second, and twice as long after each further failure, up to
/// 30 seconds.
final class Backoff {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration GREATEST = Duration.ofSeconds(30);

    private Duration next = LEAST;

    Duration next() {
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(GREATEST) < 0 ? doubled : GREATEST;
        return wait;
    }

    /// Whether no attempt has failed since the last success.
    boolean isReset() {
        return next.equals(LEAST);
    }

    void reset() {
        next = LEAST;
    }
}
