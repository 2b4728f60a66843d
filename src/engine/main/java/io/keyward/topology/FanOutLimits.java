package io.keyward.topology;

import java.time.Duration;

/// How many environments one event, or one continuation of it, reaches before others are served; a punctuator
/// does the rest.
///
/// Both bounds matter: many cheap environments must not make a transaction large, and a few expensive ones
/// must not make it long. Between two commits each sweep of a stream thread gets one such budget, while other
/// records wait.
///
/// @param maxEnvironments how many environments it reaches at most
/// @param maxTime the time after which it stops before the next environment
public record FanOutLimits(int maxEnvironments, Duration maxTime) {
    /// A tenth of a second: a hundred sweeps at once then stay within a transaction of ten seconds. It usually ends a
    /// portion, not the number. After each portion, an idle stream thread waits for records before it goes on.
    public static final FanOutLimits DEFAULT = new FanOutLimits(20_000, Duration.ofMillis(100));

    /// Up to that many environments, without a limit of time.
    public static FanOutLimits upTo(int environments) {
        return new FanOutLimits(environments, Duration.ofDays(1));
    }

    /// All environments at once, for use without transactions.
    public static FanOutLimits unbounded() {
        return upTo(Integer.MAX_VALUE);
    }
}
