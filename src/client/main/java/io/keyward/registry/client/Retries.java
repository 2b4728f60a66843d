package io.keyward.registry.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Repeats calls that the registry did not answer, within the bounds of a [RetryPolicy]. Stops at once when it
/// is closed or interrupted. A refusal is an answer. Thread-safe.
public final class Retries implements AutoCloseable {
    private final RetryPolicy policy;
    private final RegistryHealth health;
    private final InstantSource clock;
    private final Pause pause;
    private final DoubleSupplier random;
    private final CountDownLatch closed = new CountDownLatch(1);

    @FunctionalInterface
    interface Pause {
        /// Waits before the next attempt. Returns false if there must be no further attempt.
        boolean pause(Duration wait) throws InterruptedException;
    }

    public Retries(RetryPolicy policy, RegistryHealth health) {
        this.policy = policy;
        this.health = health;
        this.clock = InstantSource.system();
        this.pause = wait -> !closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        this.random = () -> ThreadLocalRandom.current().nextDouble();
    }

    /// @param random returns numbers from 0 (inclusive) to 1 (exclusive), for the jitter
    Retries(RetryPolicy policy, InstantSource clock, Pause pause, DoubleSupplier random) {
        this.policy = policy;
        this.health = new RegistryHealth();
        this.clock = clock;
        this.pause = pause;
        this.random = random;
    }

    /// Returns the first answer. Repeats the call as the policy says.
    ///
    /// @throws RegistryUnavailableException the failure of the last attempt, if no attempt got an answer
    public <T> T of(Supplier<T> call) {
        var deadline = clock.instant().plus(policy.deadline());
        for (int attempt = 0; ; attempt++) {
            try {
                T answer = call.get();
                health.answered();
                return answer;
            } catch (RegistryRefusalException refusal) {
                health.answered();
                throw refusal;
            } catch (RegistryUnavailableException failure) {
                if (isClosed()) {
                    throw failure;
                }
                health.failed(failure);
                Duration wait = policy.wait(attempt, random.getAsDouble());
                boolean late = clock.instant().plus(wait).isAfter(deadline);
                if (attempt >= policy.retries() || late || !waited(wait)) {
                    throw failure;
                }
            }
        }
    }

    private boolean waited(Duration wait) {
        try {
            return pause.pause(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Whether this is closed. A failure after closing says nothing about the registry, because closing may
    /// have caused it.
    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
