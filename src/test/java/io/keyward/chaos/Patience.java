package io.keyward.chaos;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/// How the experiments wait: for a condition, as long as a loaded machine may take, and never for a time.
final class Patience {
    /// Nothing that works takes that long.
    static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Duration PERIOD = Duration.ofMillis(100);

    private Patience() {}

    /// Returns once the condition holds.
    ///
    /// @param what a sentence about what is waited for, for the message of the failure
    static void until(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .pollInSameThread()
                .dontCatchUncaughtExceptions()
                .atMost(LIMIT)
                .pollInterval(PERIOD)
                .until(condition::getAsBoolean);
    }

    static AssertionError interrupted(InterruptedException interruption) {
        Thread.currentThread().interrupt();
        return new AssertionError("The experiment was interrupted", interruption);
    }
}
