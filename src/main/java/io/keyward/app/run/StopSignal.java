package io.keyward.app.run;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The wish of the system or the user that the process ends (SIGTERM, Ctrl-C). From its installation until it is
/// closed the process stays alive to put things in order, within a bound.
public final class StopSignal implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private final CompletableFuture<Void> given = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("keyward-stop").unstarted(this::keepAlive);

    private volatile OptionalInt exitCode = OptionalInt.empty();

    private StopSignal() {}

    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /// Completes when the process shall end.
    public CompletableFuture<Void> given() {
        return given.copy();
    }

    /// Chooses the exit code with which a signal ends the process, instead of the one that tells of the signal.
    public void exitWith(int code) {
        exitCode = OptionalInt.of(code);
    }

    /// Says that everything is in order.
    @Override
    public void close() {
        closed.countDown();
        if (!given.isDone()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                given.complete(null);
            }
        }
    }

    private void keepAlive() {
        given.complete(null);
        try {
            boolean done = closed.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (!done) {
                LOG.error("Not everything could be stopped within {} s", LIMIT.toSeconds());
            }
            exitCode.ifPresent(Runtime.getRuntime()::halt);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
