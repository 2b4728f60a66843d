package io.keyward.topology;

import java.time.Duration;

/// The size of one batch of a fan-out, after which others are served; a punctuator decides the rest.
///
/// Both bounds matter: many cheap environments must not make a transaction large, and a few expensive ones
/// must not make it long. Between two commits each fan-out of a stream thread gets one batch, while other
/// records wait.
///
/// @param maxEnvironments the maximum number of environments
/// @param maxTime the time after which the batch ends before the next environment
public record FanOutLimits(int maxEnvironments, Duration maxTime) {
    /// A tenth of a second: a hundred concurrent fan-outs then fit into a transaction of ten seconds. Usually
    /// the time ends a batch, not the number. After each batch, an idle stream thread waits for records
    /// before it continues.
    public static final FanOutLimits DEFAULT = new FanOutLimits(20_000, Duration.ofMillis(100));

    /// Up to that many environments, without a time limit.
    public static FanOutLimits upTo(int environments) {
        return new FanOutLimits(environments, Duration.ofDays(1));
    }

    /// All environments at once, for use without transactions.
    public static FanOutLimits unbounded() {
        return upTo(Integer.MAX_VALUE);
    }
}
