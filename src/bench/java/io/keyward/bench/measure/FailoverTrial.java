package io.keyward.bench.measure;

import io.keyward.testing.process.Patience;
import io.keyward.topology.contract.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Kills one of two instances of the product while events come at a fixed rate, half of them before and half after.
/// Each instance keeps a standby of what the other one decides.
public final class FailoverTrial {
    private static final Variant STANDBY =
            new Variant("standby", Map.of("keyward.streams.num.standby.replicas", "1"), List.of());
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int HEAP = 1_024;

    /// Where the instance runs that is killed, and where the other one.
    private final Stage killed;

    private final Stage left;
    private final Entrant entrant;
    private final Pace pace;
    private final long seed;

    private FailoverTrial(Stage killed, Stage left, Entrant entrant, Pace pace, long seed) {
        this.killed = killed;
        this.left = left;
        this.entrant = entrant;
        this.pace = pace;
        this.seed = seed;
    }

    /// Measures the product with one kind of store.
    public static Failover measure(
            Ground ground, ClassPaths classPaths, Path folder, Subject subject, Pace pace, long seed) {
        TopicNames names = new TopicNames("failover.");
        Stage killed = new Stage(ground, new Launcher(classPaths, folder.resolve("killed"), HEAP), names);
        Stage left = new Stage(ground, new Launcher(classPaths, folder.resolve("left"), HEAP), names);
        killed.reopen();
        left.forgetState();
        return new FailoverTrial(killed, left, new Entrant(subject, STANDBY), pace, seed).run();
    }

    private Failover run() {
        String group = killed.groupOf(entrant, 1);
        try (Contender doomed = killed.enter(entrant, group, Optional.empty());
                Contender survivor = left.join(entrant, group);
                Publisher publisher = new Publisher(left.ground(), left.names(), Duration.ZERO)) {
            killed.awaitReady(entrant.subject(), doomed);
            left.awaitReady(entrant.subject(), survivor);
            Patience.until(
                    "both instances have partitions", LIMIT, () -> left.ground().membersAtWork(group) == 2);
            double longest = waitAfterKill(doomed, survivor, publisher);
            survivor.terminate();
            return new Failover(entrant.subject(), pace.rate(), longest);
        }
    }

    /// How many seconds the event waited for its decision that waited longest of those due after the kill.
    private double waitAfterKill(Contender doomed, Contender survivor, Publisher publisher) {
        AtomicLong longest = new AtomicLong();
        SteadyLoad load = new SteadyLoad(publisher, pace, seed);
        int half = pace.events() / 2;
        long killedAt = load.dueAt(half);
        try (DecisionFollower follower = DecisionFollower.start(
                left.ground(), left.names().decisions(), decision -> note(decision, killedAt, longest))) {
            load.sendUntil(half);
            doomed.kill();
            load.sendUntil(pace.events());
            survivor.awaitAll(pace.events());
            follower.awaitCommitted(LIMIT);
        }
        return longest.get() / 1e9;
    }

    private static void note(ConsumerRecord<byte[], byte[]> decision, long killedAt, AtomicLong longest) {
        long due = SteadyLoad.dueOf(decision);
        if (due >= killedAt) {
            longest.accumulateAndGet(System.nanoTime() - due, Math::max);
        }
    }
}
