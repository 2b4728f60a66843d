package io.keyward.bench;

import io.keyward.bench.measure.ClassPaths;
import io.keyward.bench.measure.Ground;
import io.keyward.bench.measure.Race;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Subject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One run of the benchmark: a broker, and everything that the plan asks for, one after the other.
final class Session implements AutoCloseable {
    private final Plan plan;
    private final PrintWriter progress;
    private final Path folder;
    private final Ground ground;
    private final ClassPaths classPaths;

    private Session(Plan plan, PrintWriter progress, Path folder, ClassPaths classPaths) {
        this.plan = plan;
        this.progress = progress;
        this.folder = folder;
        this.classPaths = classPaths;
        ground = Ground.start(folder.resolve("broker"), classPaths);
    }

    /// @param progress is told what is being measured
    static Session begin(Plan plan, ClassPaths classPaths, PrintWriter progress) {
        Path folder = classPaths.target().toAbsolutePath().resolve("bench/run");
        io.keyward.bench.measure.Folders.delete(folder);
        return new Session(plan, progress, folder, classPaths);
    }

    List<Result> measure(Set<Subject> subjects) {
        List<Result> results = new ArrayList<>();
        Race race = Race.prepare(ground, classPaths, folder.resolve("rates"), plan.shape());
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Subject subject : subjects) {
                Result result = race.run(subject, round);
                results.add(result);
                progress.println("%-20s %9.0f events/s  cpu %5.2f  broker %5.2f  alloc %6.0f  rss %5d  rec %.3f  %s"
                        .formatted(
                                subject.label(),
                                result.usage().eventsPerSecond(),
                                result.usage().cpuMicrosPerEvent(),
                                result.usage().brokerCpuMicrosPerEvent(),
                                result.usage().allocatedPerEvent(),
                                result.peakResidentBytes() >> 20,
                                result.recordsPerEvent(),
                                result.outcome()
                                        .map(o -> o.environments() + " " + o.decisions() + " " + o.warnings() + " "
                                                + o.suppressions())
                                        .orElse("")));
            }
        }
        return results;
    }

    @Override
    public void close() {
        ground.close();
    }
}
