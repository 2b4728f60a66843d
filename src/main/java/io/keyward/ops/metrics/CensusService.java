package io.keyward.ops.metrics;

import io.keyward.domain.RuleProfile;
import io.keyward.topology.store.ActiveStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;

/// Keeps the gauges of what there is true: counts the environments and tenants that an instance serves, over and over,
/// on a thread of its own.
///
/// Each count is taken from the stores, row by row. So no restart, rebalance, promoted standby, aborted transaction or
/// deletion makes it wrong for longer than until the next one, and no event pays for it. (Sums kept in a store beside
/// the rows would be newer, but cost each event a row more in a store and in its changelog; and a mistake in them would
/// stay.)
public final class CensusService implements AutoCloseable {
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final CensusSnapshot board;
    private final CensusRound round;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("keyward-census").unstarted(this::goOn);

    private CensusService(ActiveStores stores, RuleProfile profile) {
        board = new CensusSnapshot(stores::partitions, profile.sinks(), System::nanoTime);
        round = new CensusRound(stores, board, InstantSource.system(), System::nanoTime, this::rest);
    }

    /// Begins to count what `streams` holds, which need not have been started yet.
    ///
    /// @param profile its sinks are shown even when no environment is suppressed
    public static CensusService start(KafkaStreams streams, RuleProfile profile) {
        CensusService taker = new CensusService(ActiveStores.of(streams), profile);
        taker.thread.start();
        return taker;
    }

    CensusSnapshot board() {
        return board;
    }

    /// Stops; nothing reads the stores any more after that.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void goOn() {
        try {
            while (rest(BETWEEN_ROUNDS)) {
                round.take();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean rest(Duration time) throws InterruptedException {
        return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
