package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantQuotaTest {
    /// A clock that is about to overflow, as that of the system may be.
    private long now = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 600, 1_000_000})
    void theRequestsOfAMinuteCanComeAtOnce(int rate) {
        TenantQuota quota = quota(rate);
        for (int request = 0; request < rate; request++) {
            answer(quota);
        }
        assertThat(quota.begin()).isPresent();
    }

    @Test
    void afterThemOneMoreComesWheneverItsShareOfTheMinuteHasPassed() {
        TenantQuota quota = quota(60);
        for (int request = 0; request < 60; request++) {
            answer(quota);
        }
        for (int more = 0; more < 100; more++) {
            assertThat(quota.begin()).contains(Duration.ofSeconds(1));
            pass(Duration.ofMillis(400));
            assertThat(quota.begin()).contains(Duration.ofMillis(600));
            pass(Duration.ofMillis(600));
            answer(quota);
        }
    }

    @Test
    void noMoreThanAMinuteIsSaved() {
        TenantQuota quota = quota(2);
        pass(Duration.ofHours(5));
        answer(quota);
        answer(quota);
        assertThat(quota.begin()).contains(Duration.ofSeconds(30));
    }

    @Test
    void whatIsRefusedIsNotCounted() {
        TenantQuota quota = quota(2);
        answer(quota);
        answer(quota);
        for (int request = 0; request < 100; request++) {
            assertThat(quota.begin()).contains(Duration.ofSeconds(30));
        }
        pass(Duration.ofSeconds(30));
        answer(quota);
    }

    @Test
    void onlySoManyAreAtWorkAtTheSameTime() {
        TenantQuota quota = new TenantQuota(1_000, 2, () -> now);
        assertThat(quota.begin()).isEmpty();
        assertThat(quota.begin()).isEmpty();
        assertThat(quota.begin()).contains(Duration.ofSeconds(1));
        quota.end();
        assertThat(quota.begin()).isEmpty();
        assertThat(quota.begin()).isPresent();
    }

    private TenantQuota quota(int rate) {
        return new TenantQuota(rate, 1, () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static void answer(TenantQuota quota) {
        assertThat(quota.begin()).isEmpty();
        quota.end();
    }
}
