package io.keyward.bench;

import io.keyward.bench.jvm.ClassPaths;
import io.keyward.bench.measure.BenchCluster;
import io.keyward.bench.measure.FailoverTrial;
import io.keyward.bench.measure.FanOutTrial;
import io.keyward.bench.measure.LatencyTrial;
import io.keyward.bench.measure.RateTrial;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.SendRate;
import io.keyward.bench.measure.SubjectVariant;
import io.keyward.bench.measure.TrainedArchive;
import io.keyward.bench.measure.Usage;
import io.keyward.bench.workload.WorkloadSize;
import io.keyward.testing.process.Folders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One run of the benchmark: starts a broker and runs the trials of the plan one after the other, the most
/// important first. Skips trials that do not fit into the plan's time limit.
final class BenchRun implements AutoCloseable {
    /// Heap of a subject in MiB: enough for 200,000 environments as objects, and for 2 million.
    private static final int HEAP = 2_048;

    private static final int LARGE_HEAP = 8_192;

    /// The duration of a trial without the time to send its events.
    private static final Duration TRIAL_STARTS = Duration.ofSeconds(30);

    private static final Duration FAILOVER = Duration.ofSeconds(45);

    private static final Duration FAN_OUT = Duration.ofSeconds(60);

    private final Plan plan;
    private final List<SubjectVariant> subjectVariants;
    private final PrintWriter progress;
    private final ClassPaths classPaths;
    private final Path folder;
    private final TimeBudget time;
    private final BenchCluster cluster;
    private final Measurements measurements = Measurements.none();

    /// The duration of each trial with the first workload, cleanup included.
    private final Map<SubjectVariant, Duration> durations = new HashMap<>();

    private BenchRun(Plan plan, List<SubjectVariant> subjectVariants, ClassPaths classPaths, Workspace workspace) {
        this.plan = plan;
        this.subjectVariants = subjectVariants;
        this.classPaths = classPaths;
        progress = workspace.progress();
        folder = workspace.folder();
        time = new TimeBudget(plan.limit());
        cluster = BenchCluster.start(folder.resolve("broker"), classPaths);
    }

    /// The folder for the run's files, and the writer for its progress.
    record Workspace(Path folder, PrintWriter progress) {}

    /// @param subjectVariants the subjects and variants to measure, in this order
    static BenchRun begin(Plan plan, List<SubjectVariant> subjectVariants, ClassPaths classPaths, Workspace workspace) {
        Folders.delete(workspace.folder());
        return new BenchRun(plan, List.copyOf(subjectVariants), classPaths, workspace);
    }

    /// Writes the archive that later trials start with.
    void train(TrainedArchive archive, WorkloadSize training) {
        RateTrial trial = prepare("training", training, HEAP);
        archive.train(trial);
        trial.deleteTopics();
        progress("archive written");
    }

    Measurements measure() {
        Duration before = time.spent();
        RateTrial trial = prepare("rates", plan.workloadSize(), HEAP);
        Duration publishing = time.spent().minus(before);
        round(trial, 1);
        latencies();
        failovers();
        fanOuts();
        plan.more().large().ifPresent(large -> grow(large, publishing));
        furtherRounds(trial);
        trial.deleteTopics();
        measurements.leftOut().addAll(time.leftOut());
        return measurements;
    }

    private RateTrial prepare(String name, WorkloadSize workloadSize, int heap) {
        progress("publishing a backlog of %,d events on %,d environments"
                .formatted(workloadSize.events(), workloadSize.environments()));
        return RateTrial.prepare(cluster, classPaths, folder.resolve(name), workloadSize, heap);
    }

    /// Every second round goes backwards. The first subject finds a broker whose code is not compiled yet, and
    /// makes up to a tenth fewer events.
    private void round(RateTrial trial, int round) {
        for (SubjectVariant subjectVariant : round % 2 == 1 ? subjectVariants : subjectVariants.reversed()) {
            Duration before = time.spent();
            report(trial.run(subjectVariant, round), measurements.rates());
            durations.put(subjectVariant, time.spent().minus(before));
            if (round == 1 && plan.more().restarted().contains(subjectVariant.subject())) {
                progress("%s: restarting".formatted(subjectVariant.label()));
                measurements.restarts().add(trial.restart(subjectVariant, round));
            }
        }
    }

    /// Skips a round unless there is time for all of it.
    private void furtherRounds(RateTrial trial) {
        for (int round = 2; round <= plan.rounds(); round++) {
            Duration estimate = durations.values().stream().reduce(Duration.ZERO, Duration::plus);
            if (!time.suffices("round %d of %d".formatted(round, plan.rounds()), estimate)) {
                return;
            }
            round(trial, round);
        }
    }

    private void latencies() {
        SendRate sendRate = plan.more().sendRate();
        Duration estimate = TRIAL_STARTS.plusSeconds(sendRate.seconds());
        for (SubjectVariant subjectVariant : subjectVariants) {
            String what = "%s: latency at %,d events a second".formatted(subjectVariant.label(), sendRate.rate());
            if (plan.more().timed().contains(subjectVariant.subject()) && time.suffices(what, estimate)) {
                progress(what);
                measurements
                        .latencies()
                        .add(LatencyTrial.measure(
                                cluster,
                                classPaths,
                                folder.resolve("latency"),
                                subjectVariant,
                                sendRate,
                                plan.workloadSize().seed()));
            }
        }
    }

    private void failovers() {
        SendRate load = plan.more().load();
        for (SubjectVariant subjectVariant : failedOver()) {
            String what = "%s: one of two instances killed at %,d events a second"
                    .formatted(subjectVariant.label(), load.rate());
            if (time.suffices(what, FAILOVER.plusSeconds(load.seconds()))) {
                progress(what);
                measurements
                        .failovers()
                        .add(FailoverTrial.measure(
                                cluster,
                                classPaths,
                                folder.resolve("failover"),
                                subjectVariant.subject(),
                                load,
                                plan.workloadSize().seed()));
            }
        }
    }

    private void fanOuts() {
        for (SubjectVariant subjectVariant : subjectVariants) {
            for (int environments : plan.more().fanOuts()) {
                String what = "%s: a key of %,d environments".formatted(subjectVariant.label(), environments);
                if (Plan.isProduct(subjectVariant.subject()) && time.suffices(what, FAN_OUT)) {
                    progress(what);
                    measurements
                            .fanOuts()
                            .add(FanOutTrial.measure(
                                    cluster, classPaths, folder.resolve("fan-out"), subjectVariant, environments));
                }
            }
        }
    }

    private void grow(WorkloadSize large, Duration publishing) {
        String what = "%,d events on %,d environments".formatted(large.events(), large.environments());
        if (products().isEmpty() || !time.suffices(what, growing(large, publishing))) {
            return;
        }
        RateTrial trial = prepare("large", large, LARGE_HEAP);
        products().forEach(subjectVariant -> report(trial.run(subjectVariant, 1), measurements.large()));
        trial.deleteTopics();
    }

    /// Assumes that each event takes as long as in the first round.
    private Duration growing(WorkloadSize large, Duration publishing) {
        Duration all = products().stream().map(durations::get).reduce(publishing, Duration::plus);
        return all.multipliedBy(large.events()).dividedBy(plan.workloadSize().events());
    }

    private List<SubjectVariant> products() {
        return subjectVariants.stream().filter(BenchRun::isProduct).toList();
    }

    private List<SubjectVariant> failedOver() {
        return products().stream()
                .filter(subjectVariant -> plan.more().failedOver().contains(subjectVariant.subject()))
                .toList();
    }

    private static boolean isProduct(SubjectVariant subjectVariant) {
        return Plan.isProduct(subjectVariant.subject())
                && subjectVariant.variant().isStandard();
    }

    private void report(Result result, List<Result> results) {
        results.add(result);
        progress(result.subjectVariant().label() + ": " + describe(result.usage()));
    }

    private static String describe(Usage usage) {
        return usage.isMeasured()
                ? "%,.0f events/s, %.1f + %.1f µs CPU per event"
                        .formatted(usage.eventsPerSecond(), usage.cpuMicrosPerEvent(), usage.brokerCpuMicrosPerEvent())
                : "done before anything could be measured";
    }

    private void progress(String what) {
        Duration since = time.spent();
        progress.println("%2d:%02d  %s".formatted(since.toMinutes(), since.toSecondsPart(), what));
        progress.flush();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
