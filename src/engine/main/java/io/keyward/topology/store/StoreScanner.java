package io.keyward.topology.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Repeatedly passes all environments and tenants of an instance to its readers, on a thread of its own.
///
/// Readers see the stores themselves, row by row. So a restart, rebalance, promoted standby, aborted transaction
/// or deletion makes their results wrong only until the next pass, and events cost nothing. (Sums maintained in a
/// store would be newer, but would cost each event one more row in a store and in its changelog, and an error in
/// them would persist.)
public final class StoreScanner implements AutoCloseable {
    /// The time after which a partition is read again, if the rests allow it.
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private static final Duration BETWEEN_PASSES = Duration.ofSeconds(1);

    private final PeriodicTask task;

    private StoreScanner(ActiveStores stores, List<StoreReader> readers, Optional<Duration> maxStaleness) {
        StoreScan scan = new StoreScan(
                stores,
                readers,
                new StoreScan.Pace(shorter(PERIOD, maxStaleness), maxStaleness),
                InstantSource.system(),
                System::nanoTime,
                this::rest);
        task = new PeriodicTask("keyward-store-scan", shorter(BETWEEN_PASSES, maxStaleness), scan::run);
    }

    /// Starts to read `stores`, which may not be open yet.
    ///
    /// @param maxStaleness every reader sees a change within about twice this time; if empty, there is no limit
    public static StoreScanner start(ActiveStores stores, List<StoreReader> readers, Optional<Duration> maxStaleness) {
        StoreScanner scanner = new StoreScanner(stores, readers, maxStaleness);
        scanner.task.start();
        return scanner;
    }

    /// Stops reading the stores; waits a few seconds for a pass in progress.
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
