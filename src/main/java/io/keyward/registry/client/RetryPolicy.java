package io.keyward.registry.client;

import java.time.Duration;

/// How often and how long a call to the registry is repeated: at most `retries` times, waiting `firstWait`, then
/// twice as long each time up to `longestWait`, less a random part of it, and not beyond `deadline` after the first
/// attempt.
public record RetryPolicy(int retries, Duration firstWait, Duration longestWait, Duration deadline) {
    /// The product's own setting among Confluent's names.
    public static final String DEADLINE = "retries.deadline.ms";

    /// Reads it from settings, with defaults that suit a stream thread.
    public static RetryPolicy of(SettingNames names) {
        return new RetryPolicy(
                names.count("max.retries", 30),
                names.millis("retries.wait.ms", Duration.ofMillis(100)),
                names.millis("retries.max.wait.ms", Duration.ofSeconds(5)),
                names.millis(DEADLINE, Duration.ofMinutes(1)));
    }

    /// How long to wait after an attempt, the first of which is number 0.
    ///
    /// @param random from 0 to below 1: takes off up to half of the wait, so that instances do not retry in step
    Duration wait(int attempt, double random) {
        Duration doubled = firstWait.multipliedBy(1L << Math.min(attempt, Short.SIZE));
        Duration wait = doubled.compareTo(longestWait) < 0 ? doubled : longestWait;
        return wait.minusNanos((long) (wait.toNanos() * random / 2));
    }
}
