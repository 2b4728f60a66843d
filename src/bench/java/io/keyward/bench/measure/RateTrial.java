package io.keyward.bench.measure;

import io.keyward.bench.jvm.ClassPaths;
import io.keyward.bench.subject.WriteProfile;
import io.keyward.bench.workload.Workload;
import io.keyward.bench.workload.WorkloadSize;
import io.keyward.client.TopicNames;
import io.keyward.testing.process.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.IsolationLevel;

/// Measures how fast each subject processes the second half of the same backlog.
public final class RateTrial {
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);

    private final SubjectRunner runner;
    private final WorkloadSize workloadSize;
    private final WriteProfiler profiler;
    private int environments;
    private Optional<WriteProfile> profile = Optional.empty();

    private RateTrial(SubjectRunner runner, WorkloadSize workloadSize) {
        this.runner = runner;
        this.workloadSize = workloadSize;
        profiler = new WriteProfiler(runner.cluster());
    }

    /// Publishes the backlog.
    ///
    /// @param folder the folder for logs and for the state of the subjects; topics are named after it
    /// @param heap the maximum heap of a subject in MiB
    public static RateTrial prepare(
            BenchCluster cluster, ClassPaths classPaths, Path folder, WorkloadSize workloadSize, int heap) {
        TopicNames names = new TopicNames(folder.getFileName() + ".");
        RateTrial trial =
                new RateTrial(new SubjectRunner(cluster, new Launcher(classPaths, folder, heap), names), workloadSize);
        trial.publish();
        return trial;
    }

    private void publish() {
        runner.createInputs();
        Workload workload = new Workload(workloadSize);
        try (Publisher publisher = new Publisher(runner.cluster(), runner.names(), Duration.ofMillis(20))) {
            publisher.publish(workload);
        }
        environments = workload.environmentsToDecide();
    }

    /// Measures one subject.
    ///
    /// @throws BenchException if the subject fails or has not done all of its work
    public Result run(SubjectVariant subjectVariant, int round) {
        Subject subject = subjectVariant.subject();
        if (subject.repeatsTheProduct() && profile.isEmpty()) {
            run(SubjectVariant.standard(Subject.KEYWARD_MEMORY), 0); // to create the profile
        }
        try (RunningSubject runningSubject =
                runner.start(subjectVariant, runner.groupOf(subjectVariant, round), profile)) {
            Usage usage = runningSubject.follow((long) workloadSize.events() * subject.passes());
            settle();
            long resident = runningSubject.probe().peakResidentBytes();
            long live = runningSubject.probe().liveHeapBytes();
            runningSubject.terminate();
            MemoryAndDisk footprint = new MemoryAndDisk(resident, live, runner.stateSize());
            return checked(
                    new Result(subjectVariant, round, usage, recordsPerEvent(subject), footprint, outcome(subject)));
        }
    }

    /// Measures restarts of the product with the state of its last run.
    public Restart restart(SubjectVariant subjectVariant, int round) {
        return new RestartTrial(runner, subjectVariant, runner.groupOf(subjectVariant, round)).measure();
    }

    public void deleteTopics() {
        runner.deleteOutputs();
        runner.deleteInputs();
    }

    private void settle() {
        Set<String> outputs = Set.of(
                runner.names().decisions(),
                runner.names().warnings(),
                runner.names().suppressions());
        Patience.until(
                "no transaction is open",
                SETTLE_LIMIT,
                () -> runner.cluster()
                        .ends(outputs, IsolationLevel.READ_COMMITTED)
                        .equals(runner.cluster().ends(outputs, IsolationLevel.READ_UNCOMMITTED)));
    }

    private double recordsPerEvent(Subject subject) {
        Set<String> topics = runner.written();
        if (subject.isProduct() && profile.isEmpty()) {
            profile = Optional.of(profiler.profile(topics, workloadSize.events()));
        }
        return topics.stream().mapToLong(profiler::written).sum() / ((double) workloadSize.events() * subject.passes());
    }

    private Optional<FinalDecisions> outcome(Subject subject) {
        if (!subject.decides()) {
            return Optional.empty();
        }
        try (FinalDecisionsReader reader = new FinalDecisionsReader(runner.cluster(), runner.names())) {
            return Optional.of(reader.read());
        }
    }

    private Result checked(Result result) {
        List<String> faults = new Verification(environments, workloadSize.events(), profile).faults(result);
        if (!faults.isEmpty()) {
            throw new BenchException("%s has not done all of its work: %s"
                    .formatted(result.subject().label(), String.join("; ", faults)));
        }
        return result;
    }
}
