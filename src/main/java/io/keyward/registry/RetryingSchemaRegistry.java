package io.keyward.registry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/// Repeats calls that the registry did not answer, within the bounds of a [RetryPolicy], and gives up at once when
/// closed or interrupted. A refusal is an answer.
public final class RetryingSchemaRegistry implements SchemaRegistry {
    private final SchemaRegistry registry;
    private final RetryPolicy policy;
    private final RegistryHealth health;
    private final InstantSource clock;
    private final Pause pause;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// Waits between attempts.
    @FunctionalInterface
    interface Pause {
        /// Returns false when there shall be no further attempt.
        boolean pause(Duration wait) throws InterruptedException;
    }

    public RetryingSchemaRegistry(SchemaRegistry registry, RetryPolicy policy, RegistryHealth health) {
        this.registry = registry;
        this.policy = policy;
        this.health = health;
        this.clock = InstantSource.system();
        this.pause = wait -> !closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    RetryingSchemaRegistry(SchemaRegistry registry, RetryPolicy policy, InstantSource clock, Pause pause) {
        this.registry = registry;
        this.policy = policy;
        this.health = new RegistryHealth();
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public int register(String subject, Schema schema) {
        return persistently(() -> registry.register(subject, schema));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return persistently(() -> registry.idOf(subject, schema));
    }

    @Override
    public Schema schemaOf(int id) {
        return persistently(() -> registry.schemaOf(id));
    }

    @Override
    public Schema schemaOf(UUID guid) {
        return persistently(() -> registry.schemaOf(guid));
    }

    @Override
    public SchemaVersion latestOf(String subject) {
        return persistently(() -> registry.latestOf(subject));
    }

    private <T> T persistently(Supplier<T> call) {
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
                health.failed(failure);
                Duration wait = policy.wait(attempt);
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

    @Override
    public void close() {
        closed.countDown();
        registry.close();
    }
}
