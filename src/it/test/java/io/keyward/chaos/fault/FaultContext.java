package io.keyward.chaos.fault;

import io.keyward.chaos.cluster.ChaosCluster;
import io.keyward.chaos.cluster.FencedProducers;
import io.keyward.chaos.load.ProgressEvents;
import io.keyward.chaos.load.ProgressFollower;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/// What a fault can act on while the load is sent.
///
/// @param group the processor's consumer group
/// @param fenced what has no tasks any more, of paused instances
/// @param random for random choices of a fault
public record FaultContext(
        ChaosCluster cluster,
        Fleet fleet,
        Traffic traffic,
        Progress progress,
        FencedProducers fenced,
        String group,
        Random random) {
    /// Up to where each partition is decided.
    public record Progress(ProgressEvents events, ProgressFollower follower, int partitions) {}

    /// Waits until every partition shows its first decision.
    public void awaitFirstDecisions() {
        awaitBeyond(IntStream.generate(() -> -1).limit(progress.partitions()).toArray(), "shows a decision");
    }

    /// Waits until every partition shows a decision on an input that is sent from now on.
    public void awaitProgress() {
        int[] marks = IntStream.range(0, progress.partitions())
                .map(progress.events()::lastOn)
                .toArray();
        awaitBeyond(marks, "shows a new decision");
    }

    /// Waits until the group has committed all that was sent.
    void awaitAllCommitted() {
        fleet.await(
                "all that was sent is committed",
                () -> cluster.view().hasCommittedAll(group, traffic.topics().inputs()));
    }

    /// Waits until every task has written, with or without inputs, from now on.
    void awaitWrites() {
        Map<TopicPartition, Long> before =
                cluster.view().committedEnds(traffic.topics().progress());
        fleet.await("every task writes", () -> {
            Map<TopicPartition, Long> now =
                    cluster.view().committedEnds(traffic.topics().progress());
            return now.entrySet().stream().allMatch(end -> end.getValue() > before.get(end.getKey()));
        });
    }

    private void awaitBeyond(int[] marks, String what) {
        fleet.await(
                "every partition " + what,
                () -> IntStream.range(0, progress.partitions())
                        .allMatch(partition -> progress.follower().lastOn(partition) > marks[partition]));
    }

    /// Kills the broker, waits for decisions without it, and starts it again.
    void killAndRestart(int broker) {
        cluster.brokers().kill(broker);
        try {
            awaitProgress();
        } finally {
            cluster.brokers().restart(broker);
        }
        cluster.view().awaitEveryReplica();
    }
}
