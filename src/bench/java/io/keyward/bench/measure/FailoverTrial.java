package io.keyward.bench.measure;

import io.keyward.bench.jvm.ClassPaths;
import io.keyward.client.TopicNames;
import io.keyward.testing.process.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Kills one of two instances of the product while events arrive at a fixed rate. Half of the events are sent
/// before the kill and half after. Each instance has standby replicas of the other's stores.
public final class FailoverTrial {
    private static final ProductVariant STANDBY =
            ProductVariant.of("standby", Map.of("keyward.streams.num.standby.replicas", "1"), List.of());
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int HEAP = 1_024;

    /// The runner of the instance to kill. The other field runs the other instance.
    private final SubjectRunner killed;

    private final SubjectRunner left;
    private final SubjectVariant subjectVariant;
    private final SendRate sendRate;
    private final long seed;

    private FailoverTrial(
            SubjectRunner killed, SubjectRunner left, SubjectVariant subjectVariant, SendRate sendRate, long seed) {
        this.killed = killed;
        this.left = left;
        this.subjectVariant = subjectVariant;
        this.sendRate = sendRate;
        this.seed = seed;
    }

    /// Measures the product with one kind of store.
    public static Failover measure(
            BenchCluster cluster, ClassPaths classPaths, Path folder, Subject subject, SendRate sendRate, long seed) {
        TopicNames names = new TopicNames("failover.");
        SubjectRunner killed =
                new SubjectRunner(cluster, new Launcher(classPaths, folder.resolve("killed"), HEAP), names);
        SubjectRunner left = new SubjectRunner(cluster, new Launcher(classPaths, folder.resolve("left"), HEAP), names);
        killed.recreateInputs();
        left.deleteState();
        return new FailoverTrial(killed, left, new SubjectVariant(subject, STANDBY), sendRate, seed).run();
    }

    private Failover run() {
        String group = killed.groupOf(subjectVariant, 1);
        try (RunningSubject doomed = killed.start(subjectVariant, group, Optional.empty());
                RunningSubject survivor = left.startAnother(subjectVariant, group);
                Publisher publisher = new Publisher(left.cluster(), left.names(), Duration.ZERO)) {
            killed.awaitReady(subjectVariant.subject(), doomed);
            left.awaitReady(subjectVariant.subject(), survivor);
            Patience.until(
                    "both instances have partitions",
                    LIMIT,
                    () -> left.cluster().membersAtWork(group) == 2);
            double longest = waitAfterKill(doomed, survivor, publisher);
            survivor.terminate();
            return new Failover(subjectVariant.subject(), sendRate.rate(), longest);
        }
    }

    /// The longest time in seconds that an event due after the kill waited for its decision.
    private double waitAfterKill(RunningSubject doomed, RunningSubject survivor, Publisher publisher) {
        AtomicLong longest = new AtomicLong();
        SteadyLoad load = new SteadyLoad(publisher, sendRate, seed);
        int half = sendRate.events() / 2;
        long killedAt = load.dueAt(half);
        try (DecisionFollower follower = DecisionFollower.start(
                left.cluster(), left.names().decisions(), decision -> note(decision, killedAt, longest))) {
            load.sendUntil(half);
            doomed.kill();
            load.sendUntil(sendRate.events());
            survivor.awaitAll(sendRate.events());
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
