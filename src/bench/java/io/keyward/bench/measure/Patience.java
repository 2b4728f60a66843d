package io.keyward.bench.measure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions, and for nothing else.
final class Patience {
    private static final long PAUSE = Duration.ofMillis(20).toNanos();

    private Patience() {}

    /// @throws BenchException if it does not become true within the limit
    static void until(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new BenchException("Waited " + limit.toSeconds() + " s in vain until " + what);
            }
            pause();
        }
    }

    static void pause() {
        LockSupport.parkNanos(PAUSE);
    }
}
