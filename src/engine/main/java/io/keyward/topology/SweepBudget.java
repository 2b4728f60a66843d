package io.keyward.topology;

/// How much of a sweep may be done before others are served. It allows at least one environment, so every
/// sweep makes progress.
final class SweepBudget {
    private final int maxEnvironments;
    private final long startNanos = System.nanoTime();
    private final long maxNanos;
    private int reached;

    SweepBudget(FanOut bounds) {
        maxEnvironments = bounds.maxEnvironments();
        maxNanos = bounds.maxTime().toNanos();
    }

    void spendOne() {
        reached++;
    }

    boolean isSpent() {
        return reached >= maxEnvironments || (reached > 0 && System.nanoTime() - startNanos >= maxNanos);
    }

    /// How many environments it may still reach, by number alone.
    int remaining() {
        return maxEnvironments - reached;
    }

    int reached() {
        return reached;
    }
}
