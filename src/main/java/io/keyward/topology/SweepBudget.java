package io.keyward.topology;

/// One go of a sweep: tells when others have to have their turn. It reaches one environment at least, or nothing would
/// ever be done.
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

    /// How many it may still reach, as far as their number goes.
    int remaining() {
        return maxEnvironments - reached;
    }

    int reached() {
        return reached;
    }
}
