package io.keyward.topology.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Shows all environments and tenants of an instance to its readers, over and over, on a thread of its own.
///
/// What readers know comes from the stores, row by row. So no restart, rebalance, promoted standby, aborted transaction
/// or deletion makes it wrong for longer than until the next pass, and no event pays for it. (Sums kept in a store
/// beside the rows would be newer, but cost each event one more row in a store and in its changelog; and an error in
/// them would stay.)
public final class StoreScanner implements AutoCloseable {
    /// How old the knowledge of a partition becomes before the next pass, where there is time for it.
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private static final Duration BETWEEN_PASSES = Duration.ofSeconds(1);

    private final PeriodicTask task;

    private StoreScanner(ActiveStores stores, List<StoreReader> readers, Optional<Duration> freshness) {
        StoreScan scan = new StoreScan(
                stores,
                readers,
                new StoreScan.Pace(shorter(PERIOD, freshness), freshness),
                InstantSource.system(),
                System::nanoTime,
                this::rest);
        task = new PeriodicTask("keyward-store-scan", shorter(BETWEEN_PASSES, freshness), scan::run);
    }

    /// Begins to read `stores`, which need not be there yet.
    ///
    /// @param freshness within about twice this time every reader sees a change; if empty, the pace alone decides
    public static StoreScanner start(ActiveStores stores, List<StoreReader> readers, Optional<Duration> freshness) {
        StoreScanner scanner = new StoreScanner(stores, readers, freshness);
        scanner.task.start();
        return scanner;
    }

    /// Stops; nothing reads the stores any more after that.
    @Override
    public void close() {
        task.close();
    }

    private boolean rest(Duration time) throws InterruptedException {
        return task.pause(time);
    }

    private static Duration shorter(Duration one, Optional<Duration> other) {
        return other.filter(duration -> duration.compareTo(one) < 0).orElse(one);
    }
}
