package io.keyward.bench.measure;

import io.keyward.bench.jvm.ClassPaths;
import io.keyward.bench.workload.SharedKey;
import io.keyward.client.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Rotates a key that many environments use, and waits for all decisions.
public final class FanOutTrial {
    /// The number of decisions that are measured together, after as many to warm up.
    private static final int DECISIONS = 100_000;

    /// Above this number the product decides in several steps and could publish a second event's changes with
    /// the first. It also does so with fewer environments if a step takes more than 0.1 s. The decisions are
    /// therefore counted, not calculated.
    private static final int AT_ONCE = 5_000;

    /// No subject pauses for this long while it has something to decide.
    private static final Duration SILENCE = Duration.ofMillis(1_500);

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int HEAP = 2_048;

    private final SubjectRunner runner;
    private final int environments;

    private FanOutTrial(SubjectRunner runner, int environments) {
        this.runner = runner;
        this.environments = environments;
    }

    /// Measures one variant of the product with a key that this many environments use.
    public static FanOutTime measure(
            BenchCluster cluster, ClassPaths classPaths, Path folder, SubjectVariant subjectVariant, int environments) {
        SubjectRunner runner =
                new SubjectRunner(cluster, new Launcher(classPaths, folder, HEAP), new TopicNames("fan-out."));
        runner.recreateInputs();
        return new FanOutTrial(runner, environments).run(subjectVariant);
    }

    private FanOutTime run(SubjectVariant subjectVariant) {
        SharedKey key = new SharedKey(environments, environments);
        int events = environments > AT_ONCE ? 1 : DECISIONS / environments;
        try (Publisher publisher = new Publisher(runner.cluster(), runner.names(), Duration.ofMillis(5));
                RunningSubject runningSubject =
                        runner.start(subjectVariant, runner.groupOf(subjectVariant, environments), Optional.empty());
                DecisionFollower follower =
                        DecisionFollower.start(runner.cluster(), runner.names().decisions(), _ -> {})) {
            Work work = new Work(subjectVariant, runningSubject, follower);
            key.setting().map(publisher::recordOf).forEach(publisher::send);
            publisher.flush();
            runningSubject.awaitAll(key.events());
            long _ = follower.awaitSilence(SILENCE, LIMIT);
            var _ = rotate(key, publisher, work, events); // warm-up
            FanOutTime fanOut = rotate(key, publisher, work, events);
            runningSubject.terminate();
            return fanOut;
        }
    }

    /// A running subject and a reader of its decisions.
    private record Work(SubjectVariant subjectVariant, RunningSubject runningSubject, DecisionFollower follower) {}

    /// Rotates the key `events` more times.
    private FanOutTime rotate(SharedKey key, Publisher publisher, Work work, int events) {
        long before = work.follower().seen();
        long begun = System.nanoTime();
        for (int i = 0; i < events; i++) {
            publisher.send(publisher.recordOf(key.rotation()));
        }
        publisher.flush();
        work.runningSubject().awaitAll(key.events());
        long end = work.follower().awaitSilence(SILENCE, LIMIT);
        long decided = work.follower().seen() - before;
        if (decided < environments) {
            throw new BenchException("%s has decided %,d environments after %,d rotations of a key that %,d use"
                    .formatted(work.subjectVariant().label(), decided, events, environments));
        }
        return new FanOutTime(work.subjectVariant(), environments, decided, (end - begun) / 1e9);
    }
}
