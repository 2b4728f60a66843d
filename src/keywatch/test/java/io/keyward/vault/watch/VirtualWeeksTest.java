package io.keyward.vault.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.KeywardConfig;
import io.keyward.config.VaultSettings;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.vault.KeyShape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Simulates weeks of vaults with random faults, with the product's default settings.
class VirtualWeeksTest {
    static final KeywardConfig DEFAULT = KeywardConfig.load(Optional.empty(), Map.of(), new Properties());

    /// Keyward asks as the platform does, so that what it is denied is denied to the platform. Nothing is held:
    /// [OutageWeeksTest] simulates denials at many vaults.
    static final KeywardConfig LIKE_THE_PLATFORM = DEFAULT.with(VaultSettings.IDENTITY, VaultSettings.Identity.POLICY)
            .with(VaultSettings.NETWORK, VaultSettings.Network.PLATFORM)
            .with(VaultSettings.HOLD, Duration.ZERO);

    @ParameterizedTest
    @ValueSource(longs = 2)
    void whatIsStatedIsTrueAndWhatIsTrueIsStated(long seed) {
        System.out.printf("seed %d%n", seed);
        SimulatedWorld world = world(seed);
        world.run(Duration.ofDays(14));
        world.settle();
        assertTold(world);
        assertThat(world.tally.undisturbed).allMatch(delay -> delay.compareTo(Duration.ofMinutes(6)) <= 0);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(longs = {11, 13})
    void itIsInOtherWeeksToo(long seed) {
        whatIsStatedIsTrueAndWhatIsTrueIsStated(seed);
    }

    /// Hints come late, not at all, wrongly and in bursts.
    @ParameterizedTest
    @ValueSource(longs = 3)
    void hintsMakeItSoonerButNeverFalse(long seed) {
        System.out.printf("seed %d%n", seed);
        SimulatedWorld world = world(seed);
        world.withHints();
        world.run(Duration.ofDays(14));
        world.settle();
        assertTold(world);
        assertThat(world.tally.hinted)
                .as("time from the hint")
                .hasSizeGreaterThan(4)
                .allMatch(delay -> delay.compareTo(Duration.ofMinutes(4)) <= 0);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(longs = {101, 108})
    void theyDoSoInOtherWeeksToo(long seed) {
        hintsMakeItSoonerButNeverFalse(seed);
    }

    private static SimulatedWorld world(long seed) {
        SimulatedWorld world = new SimulatedWorld(LIKE_THE_PLATFORM, new SplittableRandom(seed));
        world.vault("contoso", new KeyShape(KeyShape.Kind.RSA, 2048), 4, 0);
        world.vault("fabrikam", new KeyShape(KeyShape.Kind.RSA_HSM, 4096), 3, 0);
        world.vault("shared", new KeyShape(KeyShape.Kind.RSA, 3072), 2, 15);
        for (String tenant : List.of("contoso", "fabrikam")) {
            for (int i = 0; i < 3; i++) {
                world.use(tenant, new KeyReference(SimulatedWorld.key(tenant, "k" + i), Optional.empty()));
            }
        }
        world.use("contoso", new KeyReference(SimulatedWorld.key("contoso", "k3"), Optional.of(new KeyVersion("v1"))));
        for (String tenant : List.of("contoso", "fabrikam", "tailspin", "northwind")) {
            world.use(tenant, new KeyReference(SimulatedWorld.key("shared", "k0"), Optional.empty()));
            world.use(tenant, new KeyReference(SimulatedWorld.key("shared", "k1"), Optional.empty()));
        }
        return world;
    }

    private static void assertTold(SimulatedWorld world) {
        SimulatedWorld.Tally tally = world.tally;
        assertThat(tally.doubled).as("events that say nothing new").isEmpty();
        assertThat(List.of(tally.revoked, tally.denied, tally.restored, tally.rotated, tally.expiring, tally.repeated))
                .allSatisfy(count -> assertThat(count).isPositive());
        assertThat(tally.undisturbed).isNotEmpty();
        assertThat(tally.stalest)
                .as("the longest without a proof; outages last an hour")
                .isLessThan(Duration.ofMinutes(75));
        int share = Quota.VAULT.units() * DEFAULT.value(VaultSettings.QUOTA_PERCENT) / 100;
        assertThat(world.worstUseOfQuota("contoso")).isBetween(1, share);
        assertThat(world.worstUseOfQuota("fabrikam")).isBetween(1, share);
        assertThat(world.worstUseOfQuota("shared")).as("by two instances").isBetween(1, share);
    }
}
