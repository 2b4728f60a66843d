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
/// @param more what is measured beside the rates
/// @param limits how long it may take
record Plan(Shape shape, int rounds, More more, Limits limits) {
    private static final Set<Subject> PRODUCT = Set.of(Subject.KEYWARD_MEMORY, Subject.KEYWARD_ROCKSDB);

    /// What the brief plan shows to run with RocksDB already.
    private static final Set<Subject> SHOWN_OTHERWISE = Set.of(Subject.DSL_MEMORY, Subject.FLINK_HEAP);

    /// How long a peer works off the backlog at most: then four slow ones leave time for a second round.
    static final int PEER_SECONDS = 75;

    /// What is measured beside the rates.
    ///
    /// @param restarted which of the product is stopped and killed after its first round
    /// @param timed whose latency is measured
    /// @param fanOuts how many environments use the key that is rotated
    /// @param large a second workload, with far more environments, for the product alone
    record More(
            Set<Subject> restarted,
            LatencyTrial.Pace pace,
            Set<Subject> timed,
            List<Integer> fanOuts,
            Optional<Shape> large) {}

    /// How long it may take.
    ///
    /// @param run nothing is begun that would end later, by what is known of it
    /// @param peer how long a peer may work before it is stopped and rated by what it has done
    record Limits(Duration run, Duration peer) {}

    /// At most 40 minutes on two cores.
    static Plan full(long seed) {
        More more = new More(
                PRODUCT,
                new LatencyTrial.Pace(2_000, 45),
                Set.of(Subject.KEYWARD_MEMORY, Subject.KEYWARD_ROCKSDB, Subject.HAND_WRITTEN),
                List.of(25, 5_000, 100_000),
                Optional.of(new Shape(seed, 4_000_000, 2_000_000)));
        return new Plan(new Shape(seed, 2_000_000, 200_000), 3, more, limits(Duration.ofMinutes(38)));
    }

    /// At most five minutes: shows that everything runs, and no more.
    static Plan brief(long seed) {
        More more = new More(
                Set.of(Subject.KEYWARD_ROCKSDB),
                new LatencyTrial.Pace(500, 6),
                Set.of(Subject.KEYWARD_ROCKSDB),
                List.of(25),
                Optional.empty());
        return new Plan(new Shape(seed, 20_000, 2_000), 1, more, limits(Duration.ofMinutes(5)));
    }

    private static Limits limits(Duration run) {
        return new Limits(run, Duration.ofSeconds(PEER_SECONDS));
    }

    /// The same with another number of events, and of environments in proportion, and nothing large.
    Plan withEvents(int events) {
        Shape other = new Shape(shape.seed(), events, Math.max(100, events / 10));
        More less = new More(more.restarted(), more.pace(), more.timed(), more.fanOuts(), Optional.empty());
        return new Plan(other, rounds, less, limits);
    }

    Plan withRounds(int other) {
        return new Plan(shape, other, more, limits);
    }

    Plan withPeerLimit(Duration other) {
        return new Plan(shape, rounds, more, new Limits(limits.run(), other));
    }

    /// The rates and nothing else, or the latency as well.
    Plan ratesOnly(boolean latency) {
        Set<Subject> timed = latency ? more.timed() : Set.of();
        return new Plan(shape, rounds, new More(Set.of(), more.pace(), timed, List.of(), Optional.empty()), limits);
    }

    static boolean isInBrief(Subject subject) {
        return !SHOWN_OTHERWISE.contains(subject);
    }

    /// Whose restart, fan-out, growth and variants are measured.
    static boolean isProduct(Subject subject) {
        return PRODUCT.contains(subject);
    }
}
