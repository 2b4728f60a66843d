package io.keyward.registry.client;

import java.time.Duration;

/// How a call to the registry is repeated: at most `retries` times. The first wait is `firstWait`; each further
/// wait is twice as long, up to `longestWait`. Every wait is shortened by a random part. No attempt starts
/// later than `deadline` after the first attempt.
public record RetryPolicy(int retries, Duration firstWait, Duration longestWait, Duration deadline) {
    /// Keyward's own setting; Confluent has none of this name.
    public static final String DEADLINE = "retries.deadline.ms";

    /// Reads the policy from settings. The defaults suit a stream thread.
    public static RetryPolicy of(SettingNames names) {
        return new RetryPolicy(
                names.count("max.retries", 30),
                names.millis("retries.wait.ms", Duration.ofMillis(100)),
                names.millis("retries.max.wait.ms", Duration.ofSeconds(5)),
                names.millis(DEADLINE, Duration.ofMinutes(1)));
    }

    /// How long to wait after an attempt. Attempts count from 0.
    ///
    /// @param random from 0 (inclusive) to 1 (exclusive): shortens the wait by up to half, so that instances do
    ///     not retry at the same time
    Duration wait(int attempt, double random) {
        Duration wait = new DoublingWait(firstWait, longestWait).after(attempt);
        return wait.minusNanos((long) (wait.toNanos() * random / 2));
    }
}
