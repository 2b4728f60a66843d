package io.keyward.kafka;

import java.time.Duration;

/// Measures the time since its start on a monotonic clock. Immutable.
///
/// Code that has to be tested with its own clock takes a `LongSupplier` of nanoseconds instead, and an
/// [java.time.InstantSource] for the time of day.
public final class Stopwatch {
    private final long started = System.nanoTime();

    private Stopwatch() {}

    public static Stopwatch start() {
        return new Stopwatch();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    public boolean hasReached(Duration limit) {
        return System.nanoTime() - started >= limit.toNanos();
    }

    /// What is left of the limit; zero if it has passed.
    public Duration left(Duration limit) {
        Duration left = limit.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
