package io.keyward.topology;

/// One go of a sweep: tells when others have to have their turn. It reaches one environment at least, or nothing would
/// ever be done.
final class SweepBudget {
    private final int most;
    private final long begin = System.nanoTime();
    private final long nanos;
    private int reached;

    SweepBudget(FanOut bounds) {
        most = bounds.environments();
        nanos = bounds.time().toNanos();
    }

    void oneMore() {
        reached++;
    }

    boolean isOver() {
        return reached >= most || (reached > 0 && System.nanoTime() - begin >= nanos);
    }

    /// How many it may still reach, as far as their number goes.
    int left() {
        return most - reached;
    }

    int reached() {
        return reached;
    }
}
