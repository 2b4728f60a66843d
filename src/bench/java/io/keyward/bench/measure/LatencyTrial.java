package io.keyward.bench.measure;

import io.keyward.topology.contract.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Times the decisions of events that are sent at a fixed rate; the first third warms up and is not counted.
public final class LatencyTrial {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int HEAP = 2_048;
    private static final int DIGITS = 3;

    private final Stage stage;
    private final Pace pace;
    private final long seed;

    private LatencyTrial(Stage stage, Pace pace, long seed) {
        this.stage = stage;
        this.pace = pace;
        this.seed = seed;
    }

    /// Measures one subject, which decides from nothing.
    public static Latency measure(
            Ground ground, ClassPaths classPaths, Path folder, Entrant entrant, Pace pace, long seed) {
        Stage stage = new Stage(ground, new Launcher(classPaths, folder, HEAP), new TopicNames("latency."));
        stage.reopen();
        return new LatencyTrial(stage, pace, seed).run(entrant);
    }

    private Latency run(Entrant entrant) {
        Histogram micros = new Histogram(DIGITS);
        try (Contender contender = stage.enter(entrant, stage.groupOf(entrant, 1), Optional.empty());
                Publisher publisher = new Publisher(stage.ground(), stage.names(), Duration.ZERO)) {
            stage.awaitReady(entrant.subject(), contender);
            SteadyLoad load = new SteadyLoad(publisher, pace, seed);
            long counted = load.dueAt(pace.events() / 3);
            try (DecisionFollower follower = DecisionFollower.start(
                    stage.ground(), stage.names().decisions(), decision -> note(decision, counted, micros))) {
                load.sendUntil(pace.events());
                contender.awaitAll(pace.events());
                follower.awaitCommitted(LIMIT);
            }
            contender.terminate();
        }
        return new Latency(entrant, pace.rate(), micros);
    }

    private static void note(ConsumerRecord<byte[], byte[]> decision, long counted, Histogram micros) {
        long due = SteadyLoad.dueOf(decision);
        if (due >= counted) {
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
        }
    }
}
