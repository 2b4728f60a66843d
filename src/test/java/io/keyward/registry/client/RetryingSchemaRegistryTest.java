package io.keyward.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keyward.registry.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class RetryingSchemaRegistryTest {
    private final RegistryUnavailableException down = new RegistryUnavailableException("down");
    private final RegistryRefusalException no = new RegistryRefusalException(40403, "no");

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private static RetryPolicy policy(int retries, Duration deadline) {
        return new RetryPolicy(retries, Duration.ofMillis(100), Duration.ofMillis(300), deadline);
    }

    private SchemaRegistry retrying(SchemaRegistry registry, RetryPolicy policy) {
        return retrying(registry, policy, () -> 0);
    }

    private SchemaRegistry retrying(SchemaRegistry registry, RetryPolicy policy, DoubleSupplier random) {
        Retries.Pause pause = wait -> {
            pauses.add(wait);
            now = now.plus(wait);
            return true;
        };
        return new RetryingSchemaRegistry(registry, new Retries(policy, () -> now, pause, random));
    }

    @Test
    void noTwoInstancesRetryInStep() {
        for (int seed = 0; seed < 2; seed++) {
            SchemaRegistry registry = retrying(
                    new ScriptedRegistry(down, down, down, 7),
                    policy(9, Duration.ofMinutes(1)),
                    new SplittableRandom(seed)::nextDouble);
            assertThat(registry.idOf("s", Ticks.SCHEMA)).isEqualTo(7);
        }
        assertThat(pauses).hasSize(6).doesNotHaveDuplicates();
        for (int i = 0; i < pauses.size(); i++) {
            Duration longest = Duration.ofMillis(100).multipliedBy(i % 3 + 1);
            assertThat(pauses.get(i)).isBetween(longest.dividedBy(2), longest);
        }
    }

    @Test
    void repeatsUntilTheRegistryAnswersWaitingLongerEachTime() {
        SchemaRegistry registry = new ScriptedRegistry(down, down, down, down, 7);

        assertThat(retrying(registry, policy(9, Duration.ofMinutes(1))).register("s", Ticks.SCHEMA))
                .isEqualTo(7);

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 300L, 300L);
    }

    @Test
    void aRefusalIsAnAnswer() {
        ScriptedRegistry registry = new ScriptedRegistry(no);

        assertThatThrownBy(() ->
                        retrying(registry, policy(9, Duration.ofMinutes(1))).schemaOf(1))
                .isSameAs(no);

        assertThat(registry.calls()).isEqualTo(1);
    }

    @Test
    void whatFailsAfterTheEndIsNoFaultOfTheRegistry() {
        RegistryHealth health = new RegistryHealth();
        SchemaRegistry registry = new RetryingSchemaRegistry(
                new ScriptedRegistry(down), new Retries(policy(9, Duration.ofMinutes(1)), health));
        registry.close();

        assertThatThrownBy(() -> registry.schemaOf(1)).isSameAs(down);

        assertThat(health.problem()).isEmpty();
        assertThat(health.failures()).isZero();
    }

    @Test
    void givesUpAfterTheLastRetry() {
        ScriptedRegistry registry = new ScriptedRegistry(down, down, down);

        assertThatThrownBy(() ->
                        retrying(registry, policy(2, Duration.ofMinutes(1))).schemaOf(1))
                .isSameAs(down);

        assertThat(registry.calls()).isEqualTo(3);
    }

    @Test
    void givesUpRatherThanWaitBeyondTheDeadline() {
        ScriptedRegistry registry = new ScriptedRegistry(down, down, down);

        assertThatThrownBy(() ->
                        retrying(registry, policy(9, Duration.ofMillis(350))).schemaOf(1))
                .isSameAs(down);

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L);
    }

    @Test
    void tellsWhetherTheRegistryAnswers() {
        RegistryHealth health = new RegistryHealth();
        SchemaRegistry registry = new RetryingSchemaRegistry(
                new ScriptedRegistry(down, down, no), new Retries(policy(0, Duration.ofMinutes(1)), health));
        assertThat(health.problem()).isEmpty();

        assertThatThrownBy(() -> registry.schemaOf(1)).isSameAs(down);
        assertThatThrownBy(() -> registry.schemaOf(1)).isSameAs(down);
        assertThat(health.problem()).hasValue("down");
        assertThat(health.failures()).isEqualTo(2);

        assertThatThrownBy(() -> registry.schemaOf(1)).isSameAs(no);
        assertThat(health.problem()).isEmpty();
    }

    @Test
    void closingEndsTheWait() {
        RegistryHealth health = new RegistryHealth();
        RetryPolicy patient = new RetryPolicy(9, Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(1));
        SchemaRegistry registry = new RetryingSchemaRegistry(
                new ScriptedRegistry(Collections.nCopies(10, down).toArray()), new Retries(patient, health));
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> call = thread.submit(() -> registry.schemaOf(1));
            await().until(() -> health.problem().isPresent());

            registry.close();

            assertThatThrownBy(call::get).isInstanceOf(ExecutionException.class).hasCause(down);
        }
    }

    @Test
    void anInterruptEndsTheWait() {
        RetryPolicy patient = new RetryPolicy(9, Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(1));
        SchemaRegistry registry = new RetryingSchemaRegistry(
                new ScriptedRegistry(down, down), new Retries(patient, new RegistryHealth()));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> registry.schemaOf(1)).isSameAs(down);
        assertThat(Thread.interrupted()).isTrue();
    }
}
