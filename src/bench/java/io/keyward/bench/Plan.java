package io.keyward.bench;

import io.keyward.bench.workload.Shape;

/// How much a run measures.
///
/// @param shape the workload of the rates
/// @param rounds how often each subject's rate is measured
record Plan(Shape shape, int rounds) {
    private static final int EVENTS = 2_000_000;
    private static final int ENVIRONMENTS = 200_000;
    private static final int ROUNDS = 2;
    private static final int SHORT_EVENTS = 60_000;
    private static final int SHORT_ENVIRONMENTS = 6_000;

    /// At most 40 minutes on two cores.
    static Plan full(long seed) {
        return new Plan(new Shape(seed, EVENTS, ENVIRONMENTS), ROUNDS);
    }

    /// At most five minutes: shows that everything runs, and no more.
    static Plan brief(long seed) {
        return new Plan(new Shape(seed, SHORT_EVENTS, SHORT_ENVIRONMENTS), 1);
    }

    /// The same with another number of events, and of environments in proportion.
    Plan withEvents(int events) {
        return new Plan(new Shape(shape.seed(), events, Math.max(100, events / 10)), rounds);
    }
}
