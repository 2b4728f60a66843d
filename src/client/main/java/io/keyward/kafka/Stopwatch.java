package io.keyward.kafka;

import java.time.Duration;

/// The time since a moment, by a clock that does not jump. Immutable.
///
/// What must be tested with a clock of its own takes a `LongSupplier` of nanoseconds instead, and an
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

    /// What is left of that time; zero if it is over.
    public Duration left(Duration limit) {
        Duration left = limit.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
