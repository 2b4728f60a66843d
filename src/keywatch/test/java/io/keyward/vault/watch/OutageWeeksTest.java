package io.keyward.vault.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.KeywardConfig;
import io.keyward.config.VaultSettings;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Simulates two weeks of four instances and forty customers, with the default settings: customers remove one grant of
/// two, or both, or block a network; an outage like that of October 2024 makes vaults deny cross-tenant callers
/// for five days; instances restart, and partitions move.
class OutageWeeksTest {
    @ParameterizedTest(name = "identity {0}, network {1}, seed {2}")
    @CsvSource({"OWN, OWN, 1", "OWN, PLATFORM, 2", "POLICY, OWN, 3", "POLICY, PLATFORM, 4"})
    void noTrueLockIsLiftedAndFewFalseOnesAreStated(
            VaultSettings.Identity identity, VaultSettings.Network network, long seed) {
        KeywardConfig settings =
                VirtualWeeksTest.DEFAULT.with(VaultSettings.IDENTITY, identity).with(VaultSettings.NETWORK, network);
        CustomersWorld world = new CustomersWorld(settings, new SplittableRandom(seed));
        world.run(Duration.ofDays(14));
        CustomersWorld.Counts counts = world.counts();
        System.out.printf("identity %s, network %s, seed %d: %s%n", identity, network, seed, counts);
        assertThat(counts.liftedWhileTrue()).as("true locks lifted").isZero();
        assertThat(counts.outlasted()).as("false locks longer than their cause").isZero();
        assertThat(counts.falseLocks())
                .as("false locks, of %d that the outage alone would have made", counts.denied())
                .isLessThanOrEqualTo(counts.denied() / 10);
        assertThat(counts.trueLocks()).as("locks of the platform").isPositive();
        assertThat(counts.removals()).as("grants removed").isPositive();
        if (identity == VaultSettings.Identity.POLICY) {
            assertThat(counts.statedByTheWatch()).isPositive();
            assertThat(counts.denied()).isPositive();
        } else {
            assertThat(counts.falseLocks()).isZero();
        }
    }

    @Tag("full")
    @ParameterizedTest(name = "identity {0}, network {1}, seed {2}")
    @CsvSource({
        "OWN, OWN, 11", "OWN, PLATFORM, 12", "POLICY, OWN, 13", "POLICY, PLATFORM, 14",
        "OWN, OWN, 21", "OWN, PLATFORM, 22", "POLICY, OWN, 23", "POLICY, PLATFORM, 24",
    })
    void itIsSoInOtherWeeksToo(VaultSettings.Identity identity, VaultSettings.Network network, long seed) {
        noTrueLockIsLiftedAndFewFalseOnesAreStated(identity, network, seed);
    }
}
