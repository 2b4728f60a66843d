package io.keyward.topology;

import java.time.Duration;

/// How far one event, or one continuation of it, gets in one go; the rest follows by the clock.
///
/// Both bounds matter: many cheap environments must not make a transaction large, and a few dear ones must not make it
/// long. All sweeps of a stream thread have one go each between two commits, and other records wait for them.
///
/// @param environments how many it reaches at most
/// @param time after which it stops at the next environment
public record FanOut(int maxEnvironments, Duration maxTime) {
    /// A tenth of a second, so that a hundred sweeps at once stay within a transaction of ten.
    public static final FanOut DEFAULT = new FanOut(5_000, Duration.ofMillis(100));

    /// So many environments, however long it takes.
    public static FanOut upTo(int environments) {
        return new FanOut(environments, Duration.ofDays(1));
    }

    /// Everything in one go, where there are no transactions.
    public static FanOut unbounded() {
        return upTo(Integer.MAX_VALUE);
    }
}
