package io.keyward.bench.measure;

import io.keyward.bench.workload.SharedKey;
import io.keyward.topology.contract.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Rotates a key that many environments use, and waits for all decisions.
public final class FanOutTrial {
    /// How many decisions are measured together, where the environments of one event are few.
    private static final int DECISIONS = 100_000;

    private static final int MOST_EVENTS = 400;

    /// Beyond it, the product decides in several steps, and a second event's changes could be told with the first.
    /// So it does with fewer where a step takes more than 0.1 s: decisions are counted, not calculated.
    private static final int AT_ONCE = 5_000;

    /// No subject rests so long while it has something to decide.
    private static final Duration SILENCE = Duration.ofMillis(1_500);

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int HEAP = 2_048;

    private final Stage stage;
    private final int environments;

    private FanOutTrial(Stage stage, int environments) {
        this.stage = stage;
        this.environments = environments;
    }

    /// Measures one subject with a key of so many environments.
    public static FanOut measure(Ground ground, ClassPaths classPaths, Path folder, Subject subject, int environments) {
        Stage stage = new Stage(ground, new Launcher(classPaths, folder, HEAP), new TopicNames("fan-out."));
        stage.reopen();
        return new FanOutTrial(stage, environments).run(subject);
    }

    private FanOut run(Subject subject) {
        Entrant entrant = Entrant.standard(subject);
        SharedKey key = new SharedKey(environments, environments);
        int events = environments > AT_ONCE ? 1 : Math.clamp(DECISIONS / environments, 1, MOST_EVENTS);
        try (Publisher publisher = new Publisher(stage.ground(), stage.names(), Duration.ofMillis(5));
                Contender contender = stage.enter(entrant, stage.groupOf(entrant, environments), Optional.empty());
                DecisionFollower follower =
                        DecisionFollower.start(stage.ground(), stage.names().decisions(), _ -> {})) {
            Work work = new Work(subject, contender, follower);
            key.setting().map(publisher::recordOf).forEach(publisher::send);
            publisher.flush();
            contender.awaitAll(key.events());
            long _ = follower.awaitSilence(SILENCE, LIMIT);
            var _ = rotate(key, publisher, work, events); // the first time warms up
            FanOut fanOut = rotate(key, publisher, work, events);
            contender.terminate();
            return fanOut;
        }
    }

    /// A subject at work, and what it publishes.
    private record Work(Subject subject, Contender contender, DecisionFollower follower) {}

    /// Rotates the key some more times.
    private FanOut rotate(SharedKey key, Publisher publisher, Work work, int events) {
        long before = work.follower().seen();
        long begun = System.nanoTime();
        for (int i = 0; i < events; i++) {
            publisher.send(publisher.recordOf(key.rotation()));
        }
        publisher.flush();
        work.contender().awaitAll(key.events());
        long end = work.follower().awaitSilence(SILENCE, LIMIT);
        long decided = work.follower().seen() - before;
        if (decided < environments) {
            throw new BenchException("%s has decided %,d environments after %,d rotations of a key that %,d use"
                    .formatted(work.subject().label(), decided, events, environments));
        }
        return new FanOut(work.subject(), environments, decided, (end - begun) / 1e9);
    }
}
