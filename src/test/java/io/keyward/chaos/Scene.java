package io.keyward.chaos;

import java.util.Random;
import java.util.stream.IntStream;

/// What a fault can lay hands on, while the load flows.
///
/// @param group the processor's consumer group
/// @param random for what a fault leaves to chance
record Scene(Site site, Fleet fleet, Wire wire, Watch watch, String group, Random random) {
    /// How far the partitions are.
    record Watch(Pulses pulses, Follower follower, int partitions) {}

    /// Waits until every partition shows its first decision.
    void awaitFirstDecisions() {
        awaitBeyond(IntStream.generate(() -> -1).limit(watch.partitions()).toArray(), "is decided");
    }

    /// Waits until every partition shows a decision on an input that is sent from now on.
    void awaitProgress() {
        int[] marks = IntStream.range(0, watch.partitions())
                .map(watch.pulses()::lastOn)
                .toArray();
        awaitBeyond(marks, "is decided further");
    }

    private void awaitBeyond(int[] marks, String what) {
        fleet.await(
                "every partition " + what,
                () -> IntStream.range(0, watch.partitions())
                        .allMatch(partition -> watch.follower().lastOn(partition) > marks[partition]));
    }

    /// Kills the broker, sees that decisions go on without it, and brings it back.
    void without(int broker) {
        site.brokers().kill(broker);
        try {
            awaitProgress();
        } finally {
            site.brokers().restart(broker);
        }
        site.cluster().awaitEveryReplica();
    }
}
