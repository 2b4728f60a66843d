package io.keyward.registry;

import java.time.Duration;

/// How often and how long a call to the registry is repeated: at most `retries` times, waiting `firstWait`, then
/// twice as long each time up to `longestWait`, and not beyond `deadline` after the first attempt.
public record RetryPolicy(int retries, Duration firstWait, Duration longestWait, Duration deadline) {
    Duration wait(int attempt) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(attempt, Short.SIZE));
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }
}
