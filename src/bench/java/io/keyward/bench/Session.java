package io.keyward.bench;

import io.keyward.bench.measure.ClassPaths;
import io.keyward.bench.measure.FanOutTrial;
import io.keyward.bench.measure.Folders;
import io.keyward.bench.measure.Ground;
import io.keyward.bench.measure.LatencyTrial;
import io.keyward.bench.measure.Race;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.measure.Usage;
import io.keyward.bench.workload.Shape;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// One run of the benchmark: a broker, and everything that the plan asks for, one after the other.
final class Session implements AutoCloseable {
    /// In MiB; enough for 200,000 environments as objects, and for 2 million.
    private static final int HEAP = 2_048;

    private static final int LARGE_HEAP = 8_192;

    private final Plan plan;
    private final Set<Subject> subjects;
    private final PrintWriter progress;
    private final ClassPaths classPaths;
    private final Path folder;
    private final Ground ground;
    private final Measurements measurements = Measurements.none();
    private final long begun = System.nanoTime();

    private Session(Plan plan, Set<Subject> subjects, ClassPaths classPaths, Workspace workspace) {
        this.plan = plan;
        this.subjects = subjects;
        this.classPaths = classPaths;
        progress = workspace.progress();
        folder = workspace.folder();
        ground = Ground.start(folder.resolve("broker"), classPaths);
    }

    /// Where files are kept for the time of the run, and who is told how it goes.
    record Workspace(Path folder, PrintWriter progress) {}

    static Session begin(Plan plan, Set<Subject> subjects, ClassPaths classPaths, Workspace workspace) {
        Folders.delete(workspace.folder());
        return new Session(plan, subjects, classPaths, workspace);
    }

    Measurements measure() {
        say("publishing the backlog of %,d events".formatted(plan.shape().events()));
        Race race = Race.prepare(ground, classPaths, folder.resolve("rates"), plan.shape(), HEAP);
        long first = round(race, 1);
        trials();
        for (int round = 2; round <= plan.rounds() && thereIsTimeFor(first); round++) {
            round(race, round);
        }
        race.end();
        plan.large().filter(_ -> thereIsTimeFor(first)).ifPresent(this::grow);
        return measurements;
    }

    private boolean thereIsTimeFor(long nanos) {
        return System.nanoTime() - begun + nanos < plan.limit().toNanos();
    }

    /// Tells how many nanoseconds it took.
    private long round(Race race, int round) {
        long from = System.nanoTime();
        for (Subject subject : subjects) {
            report(race.run(subject, round), measurements.rates());
            if (round == 1 && Plan.isProduct(subject)) {
                say("%s: restarting".formatted(subject.label()));
                measurements.restarts().add(race.restart(subject, round));
            }
        }
        return System.nanoTime() - from;
    }

    private void trials() {
        for (Subject subject : subjects) {
            if (plan.timed().contains(subject)) {
                say("%s: latency at %,d events a second"
                        .formatted(subject.label(), plan.pace().rate()));
                measurements
                        .latencies()
                        .add(LatencyTrial.measure(
                                ground,
                                classPaths,
                                folder.resolve("latency"),
                                subject,
                                plan.pace(),
                                plan.shape().seed()));
            }
            if (Plan.isProduct(subject)) {
                plan.fanOuts().forEach(environments -> fanOut(subject, environments));
            }
        }
    }

    private void fanOut(Subject subject, int environments) {
        say("%s: a key of %,d environments".formatted(subject.label(), environments));
        measurements
                .fanOuts()
                .add(FanOutTrial.measure(ground, classPaths, folder.resolve("fan-out"), subject, environments));
    }

    private void grow(Shape large) {
        List<Subject> growing = subjects.stream().filter(Plan::isProduct).toList();
        if (growing.isEmpty()) {
            return;
        }
        say("publishing a backlog of %,d events on %,d environments".formatted(large.events(), large.environments()));
        Race race = Race.prepare(ground, classPaths, folder.resolve("large"), large, LARGE_HEAP);
        growing.forEach(subject -> report(race.run(subject, 1), measurements.large()));
        race.end();
    }

    private void report(Result result, List<Result> results) {
        results.add(result);
        say(result.subject().label() + ": " + told(result.usage()));
    }

    private static String told(Usage usage) {
        return usage.isMeasured()
                ? "%,.0f events/s, %.1f + %.1f µs CPU per event"
                        .formatted(usage.eventsPerSecond(), usage.cpuMicrosPerEvent(), usage.brokerCpuMicrosPerEvent())
                : "done before anything could be measured";
    }

    private void say(String what) {
        Duration since = Duration.ofNanos(System.nanoTime() - begun);
        progress.println("%2d:%02d  %s".formatted(since.toMinutes(), since.toSecondsPart(), what));
        progress.flush();
    }

    @Override
    public void close() {
        ground.close();
    }
}
