package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.VaultSettings;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which denials are too many at once. Each vault has one key. Times are in minutes.
class HeldDenialsTest {
    private final HeldDenials held = new HeldDenials(VirtualWeeksTest.DEFAULT);

    @ParameterizedTest(name = "{0} vaults are watched, {1} answer, {2} of {3} tenants begin to deny: {4}")
    @CsvSource({
        "30, 25, 5, 3, true",
        "30, 25, 5, 2, false",
        "30, 25, 4, 4, false",
        "30, 26, 5, 3, false",
        "30, 30, 6, 6, true",
        "15, 15, 4, 4, false",
        "14, 6,  2, 2, true",
        "14, 7,  2, 2, false",
        "14, 14, 5, 2, true",
        "14, 6,  2, 1, false",
        "14, 1,  1, 1, false"
    })
    void manyAreHeld(int watched, int answering, int denying, int tenants, boolean expected) {
        watch(watched);
        IntStream.range(0, answering).forEach(i -> held.answered(key(i).vaultUri(), at(0)));
        IntStream.range(0, denying).forEach(i -> deny(i, i % tenants, 10));
        assertThat(held.holds(key(0), at(11))).isEqualTo(expected);
        assertThat(held.count()).isEqualTo(expected ? denying : 0);
    }

    @ParameterizedTest(name = "the last of five begins {0} minutes after the first: {1}")
    @CsvSource({"15, true", "15.1, false"})
    void theyBeginWithinFifteenMinutes(double later, boolean expected) {
        watch(20);
        IntStream.range(0, 5).forEach(i -> held.answered(key(i).vaultUri(), at(0)));
        IntStream.range(0, 4).forEach(i -> deny(i, i, 1 + i));
        deny(4, 4, 1 + later);
        assertThat(held.holds(key(0), at(20))).isEqualTo(expected);
    }

    @Test
    void answersOfMoreThanAnHourBeforeDoNotCount() {
        watch(30);
        IntStream.range(5, 30).forEach(i -> held.answered(key(i).vaultUri(), at(0)));
        IntStream.range(0, 5).forEach(i -> held.answered(key(i).vaultUri(), at(61)));
        IntStream.range(0, 5).forEach(i -> deny(i, i, 61));
        assertThat(held.count()).isEqualTo(5);
    }

    @Test
    void aDenialThatBeganLongAgoIsNoneOfThem() {
        watch(30);
        deny(9, 9, 1);
        IntStream.range(0, 5).forEach(i -> deny(i, i, 30));
        assertThat(held.holds(key(9), at(31))).isFalse();
        assertThat(held.count()).isEqualTo(5);
    }

    @Test
    void answersThatAreReadOutOfOrderAreComparedToo() {
        watch(30);
        IntStream.range(1, 5).forEach(i -> deny(i, i, 20));
        deny(0, 0, 10);
        assertThat(held.count()).isEqualTo(5);
    }

    @Test
    void aKeyIsReleasedByItselfAndTheOthersStay() {
        watch(30);
        IntStream.range(0, 5).forEach(i -> deny(i, i, 1));
        held.released(key(0));
        assertThat(held.holds(key(0), at(2))).isFalse();
        assertThat(held.holds(key(1), at(2))).isTrue();
        held.admitted(new KeyReference(key(1), Optional.empty()));
        assertThat(held.holds(key(1), at(2)))
                .as("an answer about the key ends no outage")
                .isTrue();
    }

    @Test
    void theTimeToHoldIsThatOfEachKeysFirstDenial() {
        Duration hold = VirtualWeeksTest.DEFAULT.value(VaultSettings.HOLD);
        assertThat(hold).isEqualTo(Duration.ofDays(7));
        watch(30);
        IntStream.range(0, 5).forEach(i -> deny(i, i, 1 + i));
        assertThat(held.holds(key(0), at(1).plus(hold).minusMillis(1))).isTrue();
        assertThat(held.holds(key(0), at(1).plus(hold))).isFalse();
        assertThat(held.holds(key(1), at(1).plus(hold))).isTrue();
        assertThat(held.count()).isEqualTo(4);
    }

    @Test
    void whatAnotherSourcePublishesIsHeldAgainWhenThatIsTakenBack() {
        watch(30);
        IntStream.range(0, 5).forEach(i -> deny(i, i, 1));
        held.published(key(0));
        assertThat(held.count()).isEqualTo(4);
        deny(0, 0, 1);
        assertThat(held.holds(key(0), at(600))).isTrue();
        assertThat(held.count()).isEqualTo(5);
    }

    /// A customer removed a grant and gave it back, during an outage.
    @Test
    void whatIsTakenBackDuringAnOutageJoinsThoseThatAreHeld() {
        watch(30);
        held.published(key(7));
        IntStream.range(0, 5).forEach(i -> deny(i, i, 20));
        deny(7, 7, 1);
        assertThat(held.holds(key(7), at(600))).isTrue();
    }

    /// A partition comes from another instance in the middle of an outage.
    @Test
    void aKeyWhoseWatchBeginsWithADenialJoinsThoseThatAreHeld() {
        watch(30);
        deny(9, 9, 0, true);
        IntStream.range(0, 5).forEach(i -> deny(i, i, 20));
        deny(7, 7, 600, true);
        deny(8, 8, 600, false);
        assertThat(held.holds(key(7), at(600))).isTrue();
        assertThat(held.holds(key(8), at(600))).as("it was answered before").isFalse();
        assertThat(held.holds(key(9), at(600))).as("nothing was held then").isFalse();
    }

    @Test
    void whatIsWatchedNoMoreIsForgotten() {
        watch(30);
        IntStream.range(0, 5).forEach(i -> deny(i, i, 1));
        watch(2);
        assertThat(held.count()).isEqualTo(2);
    }

    private void watch(int vaults) {
        held.watch(IntStream.range(0, vaults)
                .mapToObj(i -> new KeyReference(key(i), Optional.empty()))
                .collect(Collectors.toSet()));
    }

    private void deny(int vault, int tenant, double minute) {
        deny(vault, tenant, minute, false);
    }

    private void deny(int vault, int tenant, double minute, boolean first) {
        held.denied(
                new KeyReference(key(vault), Optional.empty()), at(minute), Set.of(new TenantId("t" + tenant)), first);
    }

    private static KeyId key(int vault) {
        return new KeyId("https://v" + vault + ".vault.azure.net", "k");
    }
}
