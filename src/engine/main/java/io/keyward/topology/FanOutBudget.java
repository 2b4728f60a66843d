package io.keyward.topology;

import io.keyward.kafka.Stopwatch;

/// How much of a sweep may be done before others are served. It allows at least one environment, so every
/// sweep makes progress.
final class FanOutBudget {
    private final FanOutLimits bounds;
    private final Stopwatch begun = Stopwatch.start();
    private int reached;

    FanOutBudget(FanOutLimits bounds) {
        this.bounds = bounds;
    }

    void spendOne() {
        reached++;
    }

    boolean isSpent() {
        return reached >= bounds.maxEnvironments() || (reached > 0 && begun.hasReached(bounds.maxTime()));
    }

    /// How many environments it may still reach, by number alone.
    int remaining() {
        return bounds.maxEnvironments() - reached;
    }

    int reached() {
        return reached;
    }
}
