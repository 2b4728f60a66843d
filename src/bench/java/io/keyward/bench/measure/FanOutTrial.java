package io.keyward.bench.measure;

import io.keyward.bench.workload.SharedKey;
import io.keyward.domain.Event;
import io.keyward.topology.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Rotates a key that many environments use, and waits for all decisions.
public final class FanOutTrial {
    /// How many decisions are measured together, where the environments of one event are few.
    private static final int DECISIONS = 100_000;

    private static final int MOST_EVENTS = 400;

    /// Beyond it, the product decides in several steps, and what a second event changes could be told with the first.
    private static final int AT_ONCE = 5_000;

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
        SharedKey key = new SharedKey(environments, environments);
        int events = environments > AT_ONCE ? 1 : Math.clamp(DECISIONS / environments, 1, MOST_EVENTS);
        try (Publisher publisher = new Publisher(stage.ground(), stage.names(), Duration.ofMillis(5));
                Contender contender = stage.enter(subject, stage.groupOf(subject, 1), Optional.empty());
                DecisionFollower follower =
                        DecisionFollower.start(stage.ground(), stage.names().decisions(), _ -> {})) {
            set(key, publisher, contender, follower);
            rotate(key, publisher, follower, events); // the first time warms up
            double seconds = rotate(key, publisher, follower, events);
            contender.terminate();
            return new FanOut(subject, environments, events, seconds);
        }
    }

    /// Who comes by a policy before its snapshot, or by one late, is decided more than once: waits until no more comes.
    private void set(SharedKey key, Publisher publisher, Contender contender, DecisionFollower follower) {
        key.setting().map(publisher::recordOf).forEach(publisher::send);
        publisher.flush();
        contender.awaitAll(1 + 2L * environments);
        follower.await(TopicReader.count(stage.ground(), stage.names().decisions()), LIMIT);
    }

    private double rotate(SharedKey key, Publisher publisher, DecisionFollower follower, int events) {
        long before = follower.seen();
        long begun = System.nanoTime();
        for (int i = 0; i < events; i++) {
            Event rotation = key.rotation();
            publisher.send(publisher.recordOf(rotation));
        }
        publisher.flush();
        follower.await(before + (long) environments * events, LIMIT);
        return (System.nanoTime() - begun) / 1e9;
    }
}
