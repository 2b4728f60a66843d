package io.keyward.app.run;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The request of the system or the user to end the process (SIGTERM, Ctrl-C). From its installation until
/// this is closed, the process stays alive to shut down, within a time limit.
public final class StopSignal implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(500);
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

    /// Completes when the process must end.
    public CompletableFuture<Void> given() {
        return given.copy();
    }

    /// Waits for the signal at most this long.
    ///
    /// @return whether it has been given, or the thread is to end
    public boolean isGivenWithin(Duration limit) {
        try {
            given.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Waits for the signal as long as the check finds no failure, which it throws.
    public void awaitWhile(Runnable check) {
        while (!isGivenWithin(LOOK)) {
            check.run();
        }
    }

    /// Sets the exit code with which a signal ends the process, instead of the signal's own.
    public void exitWith(int code) {
        exitCode = OptionalInt.of(code);
    }

    /// Ends the wait: the shutdown is complete.
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
