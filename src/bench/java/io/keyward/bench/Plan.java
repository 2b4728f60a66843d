package io.keyward.bench;

import io.keyward.bench.measure.LatencyTrial;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.workload.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How much a run measures.
///
/// @param shape the workload of the rates
/// @param rounds how often each subject's rate is measured at most
/// @param large a second workload, with far more environments, for the product alone
/// @param timed whose latency is measured
/// @param fanOuts how many environments use the key that is rotated
/// @param limit no further round begins that would end later
record Plan(
        Shape shape,
        int rounds,
        Optional<Shape> large,
        LatencyTrial.Pace pace,
        Set<Subject> timed,
        List<Integer> fanOuts,
        Duration limit) {
    private static final Set<Subject> PRODUCT = Set.of(Subject.KEYWARD_MEMORY, Subject.KEYWARD_ROCKSDB);

    /// At most 40 minutes on two cores.
    static Plan full(long seed) {
        return new Plan(
                new Shape(seed, 2_000_000, 200_000),
                3,
                Optional.of(new Shape(seed, 4_000_000, 2_000_000)),
                new LatencyTrial.Pace(2_000, 45),
                Set.of(Subject.KEYWARD_MEMORY, Subject.KEYWARD_ROCKSDB, Subject.HAND_WRITTEN),
                List.of(25, 5_000, 100_000),
                Duration.ofMinutes(39));
    }

    /// At most five minutes: shows that everything runs, and no more.
    static Plan brief(long seed) {
        return new Plan(
                new Shape(seed, 20_000, 2_000),
                1,
                Optional.empty(),
                new LatencyTrial.Pace(500, 6),
                Set.of(Subject.KEYWARD_ROCKSDB),
                List.of(25),
                Duration.ofMinutes(5));
    }

    /// The same with another number of events, and of environments in proportion, and nothing large.
    Plan withEvents(int events) {
        Shape other = new Shape(shape.seed(), events, Math.max(100, events / 10));
        return new Plan(other, rounds, Optional.empty(), pace, timed, fanOuts, limit);
    }

    /// Whose restart, fan-out and growth are measured.
    static boolean isProduct(Subject subject) {
        return PRODUCT.contains(subject);
    }
}
