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
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private final RegistryUnavailableException down = new RegistryUnavailableException("down");
    private final RegistryRefusalException no = new RegistryRefusalException(40403, "no");

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private static RetryPolicy policy(int retries, Duration deadline) {
        return new RetryPolicy(retries, Duration.ofMillis(100), Duration.ofMillis(300), deadline);
    }

    private Retries retries(RetryPolicy policy) {
        return retries(policy, () -> 0);
    }

    private Retries retries(RetryPolicy policy, DoubleSupplier random) {
        Retries.Pause pause = wait -> {
            pauses.add(wait);
            now = now.plus(wait);
            return true;
        };
        return new Retries(policy, () -> now, pause, random);
    }

    private static Supplier<Integer> idOf(SchemaRegistry registry) {
        return () -> registry.idOf("s", Ticks.SCHEMA);
    }

    @Test
    void noTwoInstancesRetryInStep() {
        for (int seed = 0; seed < 2; seed++) {
            Retries retries = retries(policy(9, Duration.ofMinutes(1)), new SplittableRandom(seed)::nextDouble);
            assertThat(retries.of(idOf(new ScriptedRegistry(down, down, down, 7))))
                    .isEqualTo(7);
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

        assertThat(retries(policy(9, Duration.ofMinutes(1))).of(idOf(registry))).isEqualTo(7);

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 300L, 300L);
    }

    @Test
    void aRefusalIsAnAnswer() {
        ScriptedRegistry registry = new ScriptedRegistry(no);

        assertThatThrownBy(() -> retries(policy(9, Duration.ofMinutes(1))).of(idOf(registry)))
                .isSameAs(no);

        assertThat(registry.calls()).isEqualTo(1);
    }

    @Test
    void whatFailsAfterTheEndIsNoFaultOfTheRegistry() {
        RegistryHealth health = new RegistryHealth();
        Retries retries = new Retries(policy(9, Duration.ofMinutes(1)), health);
        retries.close();

        assertThatThrownBy(() -> retries.of(idOf(new ScriptedRegistry(down)))).isSameAs(down);

        assertThat(health.problem()).isEmpty();
        assertThat(health.failures()).isZero();
    }

    @Test
    void givesUpAfterTheLastRetry() {
        ScriptedRegistry registry = new ScriptedRegistry(down, down, down);

        assertThatThrownBy(() -> retries(policy(2, Duration.ofMinutes(1))).of(idOf(registry)))
                .isSameAs(down);

        assertThat(registry.calls()).isEqualTo(3);
    }

    @Test
    void givesUpRatherThanWaitBeyondTheDeadline() {
        ScriptedRegistry registry = new ScriptedRegistry(down, down, down);

        assertThatThrownBy(() -> retries(policy(9, Duration.ofMillis(350))).of(idOf(registry)))
                .isSameAs(down);

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L);
    }

    @Test
    void tellsWhetherTheRegistryAnswers() {
        RegistryHealth health = new RegistryHealth();
        Supplier<Integer> call = idOf(new ScriptedRegistry(down, down, no));
        Retries retries = new Retries(policy(0, Duration.ofMinutes(1)), health);
        assertThat(health.problem()).isEmpty();

        assertThatThrownBy(() -> retries.of(call)).isSameAs(down);
        assertThatThrownBy(() -> retries.of(call)).isSameAs(down);
        assertThat(health.problem()).hasValue("down");
        assertThat(health.failures()).isEqualTo(2);

        assertThatThrownBy(() -> retries.of(call)).isSameAs(no);
        assertThat(health.problem()).isEmpty();
    }

    @Test
    void closingEndsTheWait() {
        RegistryHealth health = new RegistryHealth();
        RetryPolicy patient = new RetryPolicy(9, Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(1));
        Retries retries = new Retries(patient, health);
        Supplier<Integer> idOf =
                idOf(new ScriptedRegistry(Collections.nCopies(10, down).toArray()));
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> call = thread.submit(() -> retries.of(idOf));
            await().until(() -> health.problem().isPresent());

            retries.close();

            assertThatThrownBy(call::get).isInstanceOf(ExecutionException.class).hasCause(down);
        }
    }

    @Test
    void anInterruptEndsTheWait() {
        RetryPolicy patient = new RetryPolicy(9, Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(1));
        Retries retries = new Retries(patient, new RegistryHealth());
        Supplier<Integer> call = idOf(new ScriptedRegistry(down, down));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> retries.of(call)).isSameAs(down);
        assertThat(Thread.interrupted()).isTrue();
    }
}
