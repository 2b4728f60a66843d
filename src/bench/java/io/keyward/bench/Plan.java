package io.keyward.bench;

import io.keyward.bench.measure.SendRate;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.workload.WorkloadSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Defines which measurements a run makes.
///
/// @param workloadSize the workload of the rates
/// @param rounds the maximum number of rate measurements for each subject
/// @param more the measurements besides the rates
/// @param limit the time limit of the run: a trial does not start if its estimated end is later
record Plan(WorkloadSize workloadSize, int rounds, More more, Duration limit) {
    private static final Set<Subject> PRODUCT = Set.of(Subject.KEYWARD_MEMORY, Subject.KEYWARD_ROCKSDB);

    private static final int TRAINING = 100_000;

    /// The measurements besides the rates.
    ///
    /// @param restarted the kinds of the product that are stopped and killed after their first round
    /// @param failedOver the kinds of the product of which one of two instances is killed
    /// @param sendRate the send rate of the events whose latency is measured
    /// @param timed the subjects whose latency is measured
    /// @param load the send rate while one of two instances is killed
    /// @param fanOuts the numbers of environments that use the rotated key
    /// @param large a second workload with far more environments, for the product alone
    record More(
            Set<Subject> restarted,
            Set<Subject> failedOver,
            SendRate sendRate,
            Set<Subject> timed,
            SendRate load,
            List<Integer> fanOuts,
            Optional<WorkloadSize> large) {}

    /// Takes at most 40 minutes on two cores. The slowest subject therefore must process the workload in four
    /// minutes.
    static Plan full(long seed) {
        More more = new More(
                PRODUCT,
                PRODUCT,
                new SendRate(2_000, 45),
                Set.of(Subject.KEYWARD_MEMORY, Subject.KEYWARD_ROCKSDB, Subject.HAND_WRITTEN),
                new SendRate(1_000, 45),
                List.of(25, 5_000, 100_000),
                Optional.of(new WorkloadSize(seed, 4_000_000, 2_000_000)));
        return new Plan(WorkloadSize.ofEvents(seed, 800_000), 2, more, Duration.ofMinutes(38));
    }

    /// The workload that an archive is trained with, of another seed than what is measured.
    ///
    /// @param events empty for as many as a training needs
    static WorkloadSize training(long seed, Optional<Integer> events) {
        return WorkloadSize.ofEvents(~seed, events.orElse(TRAINING));
    }

    /// As little work as shows whether everything runs, and decides as the product does.
    static Plan check(long seed) {
        return new Plan(WorkloadSize.ofEvents(seed, 2_000), 1, full(seed).more(), Duration.ofMinutes(5));
    }

    /// This plan with another number of events and a proportional number of environments, without the large
    /// workload.
    Plan withEvents(int events) {
        WorkloadSize other = WorkloadSize.ofEvents(workloadSize.seed(), events);
        More less = new More(
                more.restarted(),
                more.failedOver(),
                more.sendRate(),
                more.timed(),
                more.load(),
                more.fanOuts(),
                Optional.empty());
        return new Plan(other, rounds, less, limit);
    }

    Plan withRounds(int other) {
        return new Plan(workloadSize, other, more, limit);
    }

    /// This plan with the rates, and with latency, fan-outs and restarts if wanted.
    Plan ratesOnly(boolean latency, boolean fanOut, boolean restart) {
        Set<Subject> restarted = restart ? more.restarted() : Set.of();
        Set<Subject> timed = latency ? more.timed() : Set.of();
        List<Integer> fanOuts = fanOut ? more.fanOuts() : List.of();
        return new Plan(
                workloadSize,
                rounds,
                new More(restarted, Set.of(), more.sendRate(), timed, more.load(), fanOuts, Optional.empty()),
                limit);
    }

    /// Whether restart, fan-out, growth and variants are measured for this subject.
    static boolean isProduct(Subject subject) {
        return PRODUCT.contains(subject);
    }
}
