package io.keyward.bench;

import io.keyward.bench.measure.SendRate;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.workload.WorkloadSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How much a run measures.
///
/// @param workloadSize the workload of the rates
/// @param rounds how often each subject's rate is measured at most
/// @param more what is measured beside the rates
/// @param limit nothing is begun that would end later, by what is known of it
record Plan(WorkloadSize workloadSize, int rounds, More more, Duration limit) {
    private static final Set<Subject> PRODUCT = Set.of(Subject.KEYWARD_MEMORY, Subject.KEYWARD_ROCKSDB);

    /// What is measured beside the rates.
    ///
    /// @param restarted which of the product is stopped and killed after its first round, and fails over later
    /// @param sendRate of the events whose latency is measured
    /// @param timed whose latency is measured
    /// @param load of the events while one of two instances is killed
    /// @param fanOuts how many environments use the key that is rotated
    /// @param large a second workload, with far more environments, for the product alone
    record More(
            Set<Subject> restarted,
            SendRate sendRate,
            Set<Subject> timed,
            SendRate load,
            List<Integer> fanOuts,
            Optional<WorkloadSize> large) {}

    /// At most 40 minutes on two cores, and so a workload that the slowest subject works off in four of them.
    static Plan full(long seed) {
        More more = new More(
                PRODUCT,
                new SendRate(2_000, 45),
                Set.of(Subject.KEYWARD_MEMORY, Subject.KEYWARD_ROCKSDB, Subject.HAND_WRITTEN),
                new SendRate(1_000, 45),
                List.of(25, 5_000, 100_000),
                Optional.of(new WorkloadSize(seed, 4_000_000, 2_000_000)));
        return new Plan(WorkloadSize.ofEvents(seed, 800_000), 2, more, Duration.ofMinutes(38));
    }

    /// Only enough to see what each subject decides.
    static Plan check(long seed) {
        return new Plan(WorkloadSize.ofEvents(seed, 2_000), 1, full(seed).more(), Duration.ofMinutes(5))
                .ratesOnly(false);
    }

    /// The same with another number of events, and of environments in proportion, and nothing large.
    Plan withEvents(int events) {
        WorkloadSize other = WorkloadSize.ofEvents(workloadSize.seed(), events);
        More less = new More(
                more.restarted(), more.sendRate(), more.timed(), more.load(), more.fanOuts(), Optional.empty());
        return new Plan(other, rounds, less, limit);
    }

    Plan withRounds(int other) {
        return new Plan(workloadSize, other, more, limit);
    }

    /// The rates and nothing else, or the latency as well.
    Plan ratesOnly(boolean latency) {
        Set<Subject> timed = latency ? more.timed() : Set.of();
        return new Plan(
                workloadSize,
                rounds,
                new More(Set.of(), more.sendRate(), timed, more.load(), List.of(), Optional.empty()),
                limit);
    }

    /// Whose restart, fan-out, growth and variants are measured.
    static boolean isProduct(Subject subject) {
        return PRODUCT.contains(subject);
    }
}
