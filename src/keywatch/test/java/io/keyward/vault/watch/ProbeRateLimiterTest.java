package io.keyward.vault.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeRateLimiterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @ParameterizedTest(name = "{0} of {1} {2}: {3}, in a Managed HSM {4}")
    @CsvSource({
        "READ,       RSA,     2048, 1,  1",
        "ROUND_TRIP, RSA,     2048, 3,  3",
        "READ,       RSA_HSM, 2048, 2,  1",
        "ROUND_TRIP, RSA_HSM, 2048, 6,  3",
        "READ,       RSA,     3072, 4,  1",
        "READ,       RSA_HSM, 3072, 8,  1",
        "ROUND_TRIP, RSA_HSM, 3072, 24, 5",
        "READ,       RSA,     4096, 8,  1",
        "READ,       RSA,     1024, 8,  1",
        "ROUND_TRIP, RSA_HSM, 4096, 48, 9",
        "ROUND_TRIP, OTHER,   256,  48, 9",
    })
    void aProbeCostsAsMuchMoreAsFewerAreServed(ProbeKind depth, KeyShape.Kind kind, int bits, int cost, int costInHsm) {
        Optional<KeyShape> shape = Optional.of(new KeyShape(kind, bits));
        assertThat(Quota.VAULT.cost(depth, shape)).isEqualTo(cost);
        assertThat(Quota.MANAGED_HSM.cost(depth, shape)).isEqualTo(costInHsm);
    }

    /// By the throughput that Microsoft documents for one partition, per second.
    @ParameterizedTest(name = "{0} bits: {1} wraps, {2} unwraps")
    @CsvSource({"2048, 2200, 1100", "3072, 1900, 360", "4096, 1900, 160"})
    void aRoundTripCostsWhatAManagedHsmDoesMeanwhile(int bits, double wraps, double unwraps) {
        int cost = Quota.MANAGED_HSM.cost(ProbeKind.ROUND_TRIP, Optional.of(new KeyShape(KeyShape.Kind.RSA_HSM, bits)));
        double reads = Quota.MANAGED_HSM.units() / 10.0;
        assertThat(cost).isEqualTo((int) Math.ceil(1 + reads / wraps + reads / unwraps));
    }

    @Test
    void aKeyThatIsNotKnownYetIsTakenForTheDearest() {
        assertThat(Quota.VAULT.cost(ProbeKind.ROUND_TRIP, Optional.empty())).isEqualTo(48);
        assertThat(Quota.MANAGED_HSM.cost(ProbeKind.ROUND_TRIP, Optional.empty()))
                .isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "https://kv.vault.azure.net,                  VAULT",
        "https://managedhsm.vault.azure.net,          VAULT",
        "https://hsm.managedhsm.azure.net,            MANAGED_HSM",
        "https://hsm.managedhsm.usgovcloudapi.net,    MANAGED_HSM"
    })
    void vaultsAndManagedHsmsAreCountedApart(String uri, Quota quota) {
        assertThat(Quota.of(uri)).isEqualTo(quota);
    }

    /// A probe's requests arrive at any time between its start and its end.
    @ParameterizedTest(name = "{0}: {1} percent in {2} parts, no probe dearer than {3}")
    @CsvSource({
        "VAULT, 2, 1, 48",
        "VAULT, 5, 1, 48",
        "VAULT, 50, 1, 48",
        "VAULT, 5, 4, 12",
        "VAULT, 5, 12, 4",
        "MANAGED_HSM, 2, 1, 9",
        "MANAGED_HSM, 5, 4, 9"
    })
    void whoeverAsksAsSoonAsTheyMayNeverSpendsMoreThanTheShareInAnyTenSeconds(
            Quota quota, int percent, int parts, int dearest) {
        long seed = 20_261_125;
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Spent> spent = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            ProbeRateLimiter budget = new ProbeRateLimiter(quota, percent, 1.0 / parts, NOW);
            Instant now = NOW;
            while (now.isBefore(NOW.plusSeconds(3_600))) {
                int cost = 1 + random.nextInt(dearest);
                now = later(now, budget.readyAt(cost));
                budget.started(cost, now);
                Instant end = now.plusMillis(random.nextInt(20) == 0 ? 12_000 : random.nextInt(200));
                spent.add(new Spent(random.nextBoolean() ? now : end, cost));
                now = end;
                budget.ended(cost, cost, now);
            }
        }
        int share = quota.units() * percent / 100;
        assertThat(worst(spent)).isLessThanOrEqualTo(share).isGreaterThan(share / 3);
    }

    @Test
    void whatIsRunningTakesUpItsPlaceUntilItsEnd() {
        ProbeRateLimiter budget = new ProbeRateLimiter(Quota.VAULT, 5, 1, NOW);
        Instant full = NOW.plusSeconds(10);
        budget.started(30, full);
        assertThat(budget.readyAt(20)).isEqualTo(full);
        assertThat(budget.readyAt(21)).isEqualTo(Instant.MAX);
        budget.ended(30, 30, full);
        assertThat(budget.readyAt(21)).isAfter(full).isBefore(full.plusSeconds(1));
    }

    @Test
    void whatAProbeDidNotCostIsGivenBack() {
        ProbeRateLimiter budget = new ProbeRateLimiter(Quota.VAULT, 5, 1, NOW);
        Instant full = NOW.plusSeconds(10);
        budget.started(48, full);
        assertThat(budget.readyAt(3)).isAfter(full);
        budget.ended(48, 3, full);
        assertThat(budget.readyAt(47)).isEqualTo(full);
    }

    @Test
    void whatWasSpentBeyondIsPaidForByWaiting() {
        ProbeRateLimiter budget = new ProbeRateLimiter(Quota.VAULT, 5, 1, NOW);
        Instant full = NOW.plusSeconds(10);
        budget.started(50, full);
        budget.ended(50, 100, full);
        assertThat(Duration.between(full, budget.readyAt(1))).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
    }

    /// The part is one twelfth of 200 requests in ten seconds. Then 48 requests are the part of about half a
    /// minute, and a quarter of the part is for bursts.
    @Test
    void aProbeThatIsDearerThanThePartOfAnInstanceIsMadeAndPaidForByWaiting() {
        ProbeRateLimiter budget = new ProbeRateLimiter(Quota.VAULT, 5, 1 / 12.0, NOW);
        Instant first = budget.readyAt(48);
        assertThat(first).isBefore(NOW.plusSeconds(4));
        budget.started(48, first);
        budget.ended(48, 48, first);
        assertThat(Duration.between(first, budget.readyAt(48)))
                .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(40));
    }

    @Test
    void anInstanceWhosePartBecomesSmallerHasLessAtOnce() {
        ProbeRateLimiter budget = new ProbeRateLimiter(Quota.VAULT, 5, 1, NOW);
        Instant full = NOW.plusSeconds(10);
        budget.divide(0.5, full);
        budget.started(25, full);
        budget.ended(25, 25, full);
        assertThat(Duration.between(full, budget.readyAt(15)))
                .isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_001));
    }

    /// The highest cost in any ten seconds.
    private static int worst(List<Spent> spent) {
        Deque<Spent> window = new ArrayDeque<>();
        int sum = 0;
        int worst = 0;
        for (Spent each : spent.stream().sorted(Comparator.comparing(Spent::at)).toList()) {
            window.addLast(each);
            sum += each.cost();
            while (!window.getFirst().at().isAfter(each.at().minus(ProbeRateLimiter.WINDOW))) {
                sum -= window.removeFirst().cost();
            }
            worst = Math.max(worst, sum);
        }
        return worst;
    }

    private record Spent(Instant at, int cost) {}

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
