package io.keyward.testing.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions.
public final class Patience {
    /// Ends only what hangs: it is more than anything takes that works, on a machine however busy.
    public static final Duration LIMIT = Duration.ofMinutes(10);

    private static final long PERIOD = Duration.ofMillis(20).toNanos();

    private Patience() {}

    /// Returns once the condition holds.
    ///
    /// @param what a sentence about the condition, for the message of the failure
    public static void until(String what, BooleanSupplier condition) {
        until(what, LIMIT, condition);
    }

    /// Returns once the condition holds.
    ///
    /// @throws AssertionError if it does not hold within the limit
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited %d s in vain until %s".formatted(limit.toSeconds(), what));
            }
            pause();
        }
    }

    /// Gives up the processor for a moment, between two looks at a condition.
    public static void pause() {
        LockSupport.parkNanos(PERIOD);
    }

    /// What to throw where a thread that waits was interrupted.
    public static AssertionError interrupted(InterruptedException interruption) {
        Thread.currentThread().interrupt();
        return new AssertionError("Interrupted", interruption);
    }
}
