package io.keyward.vault.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.Configured;
import io.keyward.config.VaultSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Configured BREAKS = VirtualWeeksTest.DEFAULT
            .with(VaultSettings.BREAK_FAILURES, 3)
            .with(VaultSettings.BREAK_PAUSE, Duration.ofSeconds(30))
            .with(VaultSettings.BREAK_MAX_PAUSE, Duration.ofSeconds(100));

    @Test
    void soManyFailuresInARowMakeAPauseAndEveryFurtherOneALongerOne() {
        CircuitBreaker breaker = new CircuitBreaker(BREAKS);
        assertThat(breaker.failed(NOW, Optional.empty())).isFalse();
        assertThat(breaker.failed(NOW, Optional.empty())).isFalse();
        assertThat(breaker.until()).isBeforeOrEqualTo(NOW);
        assertThat(breaker.failed(NOW, Optional.empty()))
                .as("the one that trips it")
                .isTrue();
        assertThat(breaker.isTripped()).isTrue();
        assertThat(breaker.until()).isEqualTo(NOW.plusSeconds(30));
        assertThat(breaker.failed(NOW.plusSeconds(30), Optional.empty())).isFalse();
        assertThat(breaker.until()).isEqualTo(NOW.plusSeconds(90));
        breaker.failed(NOW.plusSeconds(90), Optional.empty());
        assertThat(breaker.until()).as("up to a limit").isEqualTo(NOW.plusSeconds(190));
    }

    @Test
    void anAnswerEndsIt() {
        CircuitBreaker breaker = new CircuitBreaker(BREAKS);
        assertThat(breaker.answered()).isFalse();
        for (int i = 0; i < 5; i++) {
            breaker.failed(NOW, Optional.empty());
        }
        assertThat(breaker.answered()).isTrue();
        assertThat(breaker.isTripped()).isFalse();
        for (int i = 0; i < 3; i++) {
            breaker.failed(NOW.plusSeconds(1_000), Optional.empty());
        }
        assertThat(breaker.until()).as("the first pause again").isEqualTo(NOW.plusSeconds(1_030));
    }

    @Test
    void whoAsksUsToStayAwayIsLeftAloneAtOnce() {
        CircuitBreaker breaker = new CircuitBreaker(BREAKS);
        breaker.failed(NOW, Optional.of(Duration.ofSeconds(7)));
        assertThat(breaker.until()).isEqualTo(NOW.plusSeconds(7));
        assertThat(breaker.isTripped()).isFalse();
    }

    @Test
    void whoAsksForLongerThanThePauseIsLeftAloneForThatLong() {
        CircuitBreaker breaker = new CircuitBreaker(BREAKS);
        breaker.failed(NOW, Optional.of(Duration.ofSeconds(500)));
        breaker.failed(NOW, Optional.of(Duration.ofSeconds(7)));
        breaker.failed(NOW, Optional.empty());
        assertThat(breaker.isTripped()).isTrue();
        assertThat(breaker.until()).isEqualTo(NOW.plusSeconds(500));
    }

    @Test
    void oneVaultThatDoesNotAcceptUsIsNotWhoWeAre() {
        IdentityCircuitBreaker identity = new IdentityCircuitBreaker(BREAKS);
        for (int i = 0; i < 10; i++) {
            assertThat(identity.failedAt("https://a", 20, NOW)).isFalse();
        }
        assertThat(identity.isTripped()).isFalse();
    }

    @Test
    void severalVaultsThatDoNotAcceptUsAre() {
        IdentityCircuitBreaker identity = new IdentityCircuitBreaker(BREAKS);
        identity.failedAt("https://a", 20, NOW);
        identity.failedAt("https://b", 20, NOW);
        assertThat(identity.failedAt("https://c", 20, NOW)).isFalse();
        identity.failedAt("https://a", 20, NOW);
        assertThat(identity.failedAt("https://b", 20, NOW)).isTrue();
        assertThat(identity.isTripped()).isTrue();
        assertThat(identity.until()).isEqualTo(NOW.plusSeconds(30));
        assertThat(identity.accepted()).isTrue();
        assertThat(identity.isTripped()).isFalse();
    }

    @Test
    void onceOneHasAcceptedUsTheyAreCountedAnew() {
        IdentityCircuitBreaker identity = new IdentityCircuitBreaker(BREAKS);
        identity.failedAt("https://a", 20, NOW);
        identity.failedAt("https://b", 20, NOW);
        identity.failedAt("https://c", 20, NOW);
        assertThat(identity.accepted()).as("it had not come to that").isFalse();
        for (int i = 0; i < 10; i++) {
            assertThat(identity.failedAt("https://a", 20, NOW)).isFalse();
        }
        assertThat(identity.isTripped()).isFalse();
    }

    @Test
    void whereThereIsButOneVaultItMayAsWellBeUs() {
        IdentityCircuitBreaker identity = new IdentityCircuitBreaker(BREAKS);
        identity.failedAt("https://a", 1, NOW);
        identity.failedAt("https://a", 1, NOW);
        assertThat(identity.failedAt("https://a", 1, NOW)).isTrue();
    }
}
