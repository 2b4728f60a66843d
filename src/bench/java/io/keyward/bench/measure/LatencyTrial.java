package io.keyward.bench.measure;

import io.keyward.bench.jvm.ClassPaths;
import io.keyward.client.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Measures the latency of decisions for events that are sent at a fixed rate. The first third is a warm-up and
/// is not counted.
public final class LatencyTrial {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int HEAP = 2_048;
    private static final int DIGITS = 3;

    private final SubjectRunner runner;
    private final SendRate sendRate;
    private final long seed;

    private LatencyTrial(SubjectRunner runner, SendRate sendRate, long seed) {
        this.runner = runner;
        this.sendRate = sendRate;
        this.seed = seed;
    }

    /// Measures one subject, which starts without state.
    public static Latency measure(
            BenchCluster cluster,
            ClassPaths classPaths,
            Path folder,
            SubjectVariant subjectVariant,
            SendRate sendRate,
            long seed) {
        SubjectRunner runner =
                new SubjectRunner(cluster, new Launcher(classPaths, folder, HEAP), new TopicNames("latency."));
        runner.recreateInputs();
        return new LatencyTrial(runner, sendRate, seed).run(subjectVariant);
    }

    private Latency run(SubjectVariant subjectVariant) {
        Histogram micros = new Histogram(DIGITS);
        try (RunningSubject runningSubject =
                        runner.start(subjectVariant, runner.groupOf(subjectVariant, 1), Optional.empty());
                Publisher publisher = new Publisher(runner.cluster(), runner.names(), Duration.ZERO)) {
            runner.awaitReady(subjectVariant.subject(), runningSubject);
            SteadyLoad load = new SteadyLoad(publisher, sendRate, seed);
            long counted = load.dueAt(sendRate.events() / 3);
            try (DecisionFollower follower = DecisionFollower.start(
                    runner.cluster(), runner.names().decisions(), decision -> note(decision, counted, micros))) {
                load.sendUntil(sendRate.events());
                runningSubject.awaitAll(sendRate.events());
                follower.awaitCommitted(LIMIT);
            }
            runningSubject.terminate();
        }
        return new Latency(subjectVariant, sendRate.rate(), micros);
    }

    private static void note(ConsumerRecord<byte[], byte[]> decision, long counted, Histogram micros) {
        long due = SteadyLoad.dueOf(decision);
        if (due >= counted) {
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
        }
    }
}
