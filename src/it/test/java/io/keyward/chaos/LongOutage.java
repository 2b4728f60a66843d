package io.keyward.chaos;

import io.keyward.chaos.cluster.Brokers;
import io.keyward.chaos.cluster.ChaosCluster;
import io.keyward.testing.process.Patience;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// An outage that many fleets meet at the same time.
///
/// @param length how long the brokers, or those who are cut off, are without each other
record LongOutage(Kind kind, Duration length) {
    /// What happens.
    enum Kind {
        /// The brokers do not answer, and go on later.
        FROZEN,
        /// The brokers are killed, and started again later.
        KILLED,
        /// Every second instance is cut off from the brokers.
        CUT
    }

    /// When it begins.
    enum Moment {
        /// While all is well: what is restored, is restored because of the outage.
        BEFORE_RESTORATION,
        /// While an instance restores its stores from nothing.
        IN_RESTORATION,
        /// As soon as such an instance has decided.
        AFTER_RESTORATION
    }

    /// What it meets.
    enum Traffic {
        /// Hundreds of inputs are being decided: mostly, records are being sent.
        BURST,
        /// Few inputs, of which each record is sent at once, and a commit each second: mostly, a commit comes next.
        STEADY;

        Map<String, String> settings() {
            return this == BURST
                    ? Map.of()
                    : Map.of("keyward.streams.commit.interval.ms", "1000", "keyward.streams.linger.ms", "0");
        }
    }

    /// What happens as soon as it has ended, if possible in the middle of a restoration.
    enum Rebalance {
        /// Only what the outage causes.
        NONE,
        /// Another instance comes.
        JOIN,
        /// An instance stops, and starts again.
        RESTART,
        /// The same with the other one, which is cut off if any is; its state is deleted.
        RESTART_FROM_NOTHING
    }

    private static final List<Integer> SECONDS = List.of(30, 70, 130, 200);

    /// Every kind with every length.
    static List<LongOutage> all() {
        return SECONDS.stream()
                .flatMap(seconds -> of(Duration.ofSeconds(seconds)))
                .toList();
    }

    static Stream<LongOutage> of(Duration length) {
        return Arrays.stream(Kind.values()).map(kind -> new LongOutage(kind, length));
    }

    /// Returns when it is over.
    void strike(ChaosCluster cluster) {
        Brokers brokers = cluster.brokers();
        switch (kind) {
            case FROZEN -> {
                Runnable thaw = brokers.freeze();
                last();
                thaw.run();
            }
            case KILLED -> {
                for (int id = 1; id <= brokers.count(); id++) {
                    brokers.kill(id);
                }
                last();
                for (int id = 1; id <= brokers.count(); id++) {
                    brokers.restart(id);
                }
            }
            case CUT -> {
                brokers.holdBack();
                last();
                brokers.letThrough();
            }
        }
    }

    private void last() {
        long end = System.nanoTime() + length.toNanos();
        Patience.until("the outage is over", length.multipliedBy(2), () -> System.nanoTime() > end);
    }

    @Override
    public String toString() {
        return "%s for %d s".formatted(kind.name().toLowerCase(Locale.ROOT), length.toSeconds());
    }
}
