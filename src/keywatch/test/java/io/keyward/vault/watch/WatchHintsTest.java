package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.CONTOSO;
import static io.keyward.vault.watch.Answers.KEY;
import static io.keyward.vault.watch.Answers.at;
import static io.keyward.vault.watch.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.vault.ProbeOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which keys a hint concerns, and what follows from it.
class WatchHintsTest {
    private static final KeyId OTHER = new KeyId(KEY.vaultUri(), "other");
    private static final KeyId ELSEWHERE = new KeyId("https://fabrikam.vault.azure.net", "cmk");

    private final DrivenWatch driven = new DrivenWatch(VirtualWeeksTest.DEFAULT);

    @Test
    void aHintOfAKeyMakesTheWatchProbeThatKeyOnly() {
        watching(Set.of(KEY, OTHER, ELSEWHERE));
        assertThat(hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"))).isEqualTo(HintResult.PROBED);
        driven.runUntil(driven.now);
        assertThat(driven.asked).containsExactly(KEY);
    }

    @Test
    void aHintOfAVaultConcernsAllOfItsKeys() {
        watching(Set.of(KEY, OTHER, ELSEWHERE));
        assertThat(hint(CONTOSO, KEY.vaultUri(), Optional.empty())).isEqualTo(HintResult.PROBED);
        driven.runUntil(driven.now.plusSeconds(5));
        assertThat(driven.asked).containsExactlyInAnyOrder(KEY, OTHER);
    }

    @Test
    void aHintOfATenantConcernsAllOfItsKeysWithinTwoMinutes() {
        watching(Set.of(KEY, OTHER, ELSEWHERE));
        assertThat(hintOfAll(new TenantId("fabrikam"))).isEqualTo(HintResult.UNWATCHED);
        assertThat(hintOfAll(CONTOSO)).isEqualTo(HintResult.PROBED);
        assertThat(driven.watch.scheduler().oldestUnansweredHint()).contains(driven.now);
        driven.runUntil(driven.now.plusSeconds(120));
        assertThat(driven.asked).contains(KEY, OTHER, ELSEWHERE);
        assertThat(driven.watch.scheduler().oldestUnansweredHint()).isEmpty();
    }

    private HintResult hintOfAll(TenantId tenant) {
        KeyHint hint = new KeyHint(tenant, driven.now, "ResourceWriteSuccess", Optional.empty(), Optional.empty());
        return driven.watch.hinted(hint, driven.now, driven.now);
    }

    @Test
    void aHintConcernsNoKeyThatOnlyAnotherTenantUses() {
        watching(Set.of(KEY));
        assertThat(hint(new TenantId("fabrikam"), KEY.vaultUri(), Optional.of("cmk")))
                .isEqualTo(HintResult.UNWATCHED);
        assertThat(hint(new TenantId("fabrikam"), KEY.vaultUri(), Optional.empty()))
                .isEqualTo(HintResult.UNWATCHED);
        driven.runUntil(driven.now);
        assertThat(driven.asked).isEmpty();
    }

    @Test
    void aHintOfAKeyThatIsNotWatchedYetCountsOnceItIs() {
        watching(Set.of(OTHER));
        assertThat(hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"))).isEqualTo(HintResult.UNWATCHED);
        driven.now = driven.now.plus(Duration.ofMinutes(9));
        driven.list(Set.of(OTHER, KEY));
        driven.runUntil(driven.now);
        assertThat(driven.asked).contains(KEY);
        driven.asked.clear();
        driven.list(Set.of(OTHER, KEY));
        driven.runUntil(driven.now);
        assertThat(driven.asked).as("only once").isEmpty();
    }

    @Test
    void aHintThatIsTooOldByThenDoesNot() {
        watching(Set.of(OTHER));
        hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"));
        driven.now = driven.now.plus(Duration.ofMinutes(11));
        driven.runUntil(driven.now);
        driven.asked.clear();
        driven.list(Set.of(OTHER, KEY));
        driven.runUntil(driven.now);
        assertThat(driven.asked).isEmpty();
    }

    @Test
    void ofTooManyUnwatchedHintsTheLastOnesCount() {
        watching(Set.of(OTHER));
        hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"));
        for (int i = 1; i < KeptHints.MOST; i++) {
            hint(CONTOSO, KEY.vaultUri(), Optional.of("k" + i));
            hint(CONTOSO, KEY.vaultUri(), Optional.of("k" + i));
        }
        driven.list(Set.of(OTHER, KEY));
        driven.runUntil(driven.now);
        assertThat(driven.asked).containsExactly(KEY);
        driven.asked.clear();
        hint(CONTOSO, KEY.vaultUri(), Optional.of("first"));
        hint(CONTOSO, KEY.vaultUri(), Optional.of("second"));
        driven.list(Set.of(OTHER, KEY, new KeyId(KEY.vaultUri(), "k1"), new KeyId(KEY.vaultUri(), "k2")));
        driven.runUntil(driven.now.plusSeconds(5));
        assertThat(driven.asked).extracting(KeyId::keyName).containsExactly("k2");
    }

    /// The clock of the brokers is ahead.
    @Test
    void aHintFromTheFutureCountsNow() {
        watching(Set.of(KEY));
        KeyHint hint = new KeyHint(CONTOSO, driven.now, "KeyUpdate", KEY.vaultUri(), Optional.of("cmk"));
        driven.watch.hinted(hint, driven.now.plus(Duration.ofHours(1)), driven.now);
        driven.runUntil(driven.now.plus(Duration.ofSeconds(20)));
        assertThat(driven.asked).containsExactly(KEY, KEY);
    }

    @Test
    void aRevocationIsPublishedAsSoonAsTwoProbesMoreConfirmTheHintedOne() {
        watching(Set.of(KEY));
        driven.answers = _ -> found(ProbeOutcome.DISABLED, "v1");
        Instant hinted = driven.now;
        hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"));
        driven.runUntil(hinted.plusSeconds(80));
        assertThat(driven.published).isEmpty();
        driven.runUntil(hinted.plusSeconds(100));
        assertThat(driven.published).singleElement().isInstanceOf(Event.KeyRevoked.class);
        assertThat(driven.published.getFirst().occurredAt()).isEqualTo(hinted);
    }

    @Test
    void noNumberOfHintsConfirmsARevocationSoonerOrLater() {
        watching(Set.of(KEY));
        driven.answers = _ -> found(ProbeOutcome.DISABLED, "v1");
        Instant hinted = driven.now;
        for (int second = 0; second < 80; second += 2) {
            hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"));
            driven.runUntil(hinted.plusSeconds(second));
        }
        assertThat(driven.published).isEmpty();
        driven.runUntil(hinted.plusSeconds(115));
        assertThat(driven.published).singleElement().isInstanceOf(Event.KeyRevoked.class);
    }

    @Test
    void hintsAloneRevokeNothing() {
        watching(Set.of(KEY));
        for (int second = 0; second < 600; second++) {
            hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"));
            driven.runUntil(driven.now.plusSeconds(1));
        }
        assertThat(driven.asked).hasSizeGreaterThan(30);
        assertThat(driven.published).isEmpty();
    }

    /// Watches keys that were found usable.
    private void watching(Set<KeyId> some) {
        driven.list(some);
        driven.runUntil(at(3));
        assertThat(driven.published).hasSameSizeAs(some).allMatch(Event.KeyRotated.class::isInstance);
        driven.published.clear();
        driven.asked.clear();
    }

    private HintResult hint(TenantId tenant, String vault, Optional<String> name) {
        return driven.watch.hinted(new KeyHint(tenant, driven.now, "KeyUpdate", vault, name), driven.now, driven.now);
    }
}
