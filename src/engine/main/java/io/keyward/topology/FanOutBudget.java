package io.keyward.topology;

import io.keyward.kafka.Stopwatch;

/// The work that a fan-out may do before others are served. It allows at least one environment, so every fan-out
/// makes progress.
final class FanOutBudget {
    private final FanOutLimits bounds;
    private final Stopwatch elapsed = Stopwatch.start();
    private int reached;

    FanOutBudget(FanOutLimits bounds) {
        this.bounds = bounds;
    }

    void spendOne() {
        reached++;
    }

    boolean isSpent() {
        return reached >= bounds.maxEnvironments() || (reached > 0 && elapsed.hasReached(bounds.maxTime()));
    }

    /// How many more environments are allowed, without regard to time.
    int remaining() {
        return bounds.maxEnvironments() - reached;
    }

    int reached() {
        return reached;
    }
}
