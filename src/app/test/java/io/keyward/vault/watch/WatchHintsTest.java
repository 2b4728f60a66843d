package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.CONTOSO;
import static io.keyward.vault.watch.Answers.KEY;
import static io.keyward.vault.watch.Answers.at;
import static io.keyward.vault.watch.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.KeyInUse;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// Which keys a hint concerns, and what follows from it.
class WatchHintsTest {
    private static final KeyId OTHER = new KeyId(KEY.vaultUri(), "other");
    private static final KeyId ELSEWHERE = new KeyId("https://fabrikam.vault.azure.net", "cmk");

    private final Keys keys = new Keys();
    private final Watch watch = new Watch(VirtualWeeksTest.DEFAULT, keys, new SplittableRandom(7));
    private final List<KeyId> asked = new ArrayList<>();
    private final List<Event.OfKey> published = new ArrayList<>();
    private Function<KeyId, ProbeResult> answers = _ -> found(ProbeOutcome.USABLE, "v1");
    private Instant now = at(0);

    @Test
    void aHintOfAKeyMakesTheWatchProbeThatKeyOnly() {
        watching(Set.of(KEY, OTHER, ELSEWHERE));
        assertThat(hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"))).isEqualTo(HintResult.PROBED);
        runUntil(now);
        assertThat(asked).containsExactly(KEY);
    }

    @Test
    void aHintOfAVaultConcernsAllOfItsKeys() {
        watching(Set.of(KEY, OTHER, ELSEWHERE));
        assertThat(hint(CONTOSO, KEY.vaultUri(), Optional.empty())).isEqualTo(HintResult.PROBED);
        runUntil(now.plusSeconds(5));
        assertThat(asked).containsExactlyInAnyOrder(KEY, OTHER);
    }

    @Test
    void aHintConcernsNoKeyThatOnlyAnotherTenantUses() {
        watching(Set.of(KEY));
        assertThat(hint(new TenantId("fabrikam"), KEY.vaultUri(), Optional.of("cmk")))
                .isEqualTo(HintResult.UNWATCHED);
        assertThat(hint(new TenantId("fabrikam"), KEY.vaultUri(), Optional.empty()))
                .isEqualTo(HintResult.UNWATCHED);
        runUntil(now);
        assertThat(asked).isEmpty();
    }

    @Test
    void aHintOfAKeyThatIsNotWatchedYetCountsOnceItIs() {
        watching(Set.of(OTHER));
        assertThat(hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"))).isEqualTo(HintResult.UNWATCHED);
        now = now.plus(Duration.ofMinutes(9));
        list(Set.of(OTHER, KEY));
        runUntil(now);
        assertThat(asked).contains(KEY);
        asked.clear();
        list(Set.of(OTHER, KEY));
        runUntil(now);
        assertThat(asked).as("only once").isEmpty();
    }

    @Test
    void aHintThatIsTooOldByThenDoesNot() {
        watching(Set.of(OTHER));
        hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"));
        now = now.plus(Duration.ofMinutes(11));
        runUntil(now);
        asked.clear();
        list(Set.of(OTHER, KEY));
        runUntil(now);
        assertThat(asked).isEmpty();
    }

    @Test
    void ofTooManyUnwatchedHintsTheLastOnesCount() {
        watching(Set.of(OTHER));
        hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"));
        for (int i = 1; i < KeptHints.MOST; i++) {
            hint(CONTOSO, KEY.vaultUri(), Optional.of("k" + i));
            hint(CONTOSO, KEY.vaultUri(), Optional.of("k" + i));
        }
        list(Set.of(OTHER, KEY));
        runUntil(now);
        assertThat(asked).containsExactly(KEY);
        asked.clear();
        hint(CONTOSO, KEY.vaultUri(), Optional.of("first"));
        hint(CONTOSO, KEY.vaultUri(), Optional.of("second"));
        list(Set.of(OTHER, KEY, new KeyId(KEY.vaultUri(), "k1"), new KeyId(KEY.vaultUri(), "k2")));
        runUntil(now.plusSeconds(5));
        assertThat(asked).extracting(KeyId::keyName).containsExactly("k2");
    }

    /// The clock of the brokers is ahead.
    @Test
    void aHintFromTheFutureCountsNow() {
        watching(Set.of(KEY));
        KeyHint hint = new KeyHint(CONTOSO, now, "KeyUpdate", KEY.vaultUri(), Optional.of("cmk"));
        watch.hinted(hint, now.plus(Duration.ofHours(1)), now);
        runUntil(now.plus(Duration.ofSeconds(20)));
        assertThat(asked).containsExactly(KEY, KEY);
    }

    @Test
    void aRevocationIsPublishedAsSoonAsTwoProbesMoreConfirmTheHintedOne() {
        watching(Set.of(KEY));
        answers = _ -> found(ProbeOutcome.DISABLED, "v1");
        Instant hinted = now;
        hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"));
        runUntil(hinted.plusSeconds(80));
        assertThat(published).isEmpty();
        runUntil(hinted.plusSeconds(100));
        assertThat(published).singleElement().isInstanceOf(Event.KeyRevoked.class);
        assertThat(published.getFirst().occurredAt()).isEqualTo(hinted);
    }

    @Test
    void noNumberOfHintsConfirmsARevocationSoonerOrLater() {
        watching(Set.of(KEY));
        answers = _ -> found(ProbeOutcome.DISABLED, "v1");
        Instant hinted = now;
        for (int second = 0; second < 80; second += 2) {
            hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"));
            runUntil(hinted.plusSeconds(second));
        }
        assertThat(published).isEmpty();
        runUntil(hinted.plusSeconds(115));
        assertThat(published).singleElement().isInstanceOf(Event.KeyRevoked.class);
    }

    @Test
    void hintsAloneRevokeNothing() {
        watching(Set.of(KEY));
        for (int second = 0; second < 600; second++) {
            hint(CONTOSO, KEY.vaultUri(), Optional.of("cmk"));
            runUntil(now.plusSeconds(1));
        }
        assertThat(asked).hasSizeGreaterThan(30);
        assertThat(published).isEmpty();
    }

    /// Watches keys that were found usable.
    private void watching(Set<KeyId> some) {
        list(some);
        runUntil(at(3));
        assertThat(published).hasSameSizeAs(some).allMatch(Event.KeyRotated.class::isInstance);
        published.clear();
        asked.clear();
    }

    private void list(Set<KeyId> some) {
        keys.inUse.clear();
        some.forEach(key -> keys.inUse.add(new KeyInUse(CONTOSO, new KeyReference(key, Optional.empty()))));
        watch.listed(keys.inUse(now), now);
    }

    private HintResult hint(TenantId tenant, String vault, Optional<String> name) {
        return watch.hinted(new KeyHint(tenant, now, "KeyUpdate", vault, name), now, now);
    }

    private void runUntil(Instant end) {
        while (true) {
            Optional<ProbeRequest> next = watch.scheduler().next(now);
            if (next.isPresent()) {
                answer(next.get());
            } else if (watch.scheduler().wakeAt().isAfter(end)) {
                now = end;
                return;
            } else {
                now = watch.scheduler().wakeAt().isAfter(now)
                        ? watch.scheduler().wakeAt()
                        : now;
            }
        }
    }

    private void answer(ProbeRequest request) {
        if (request.kind() == ProbeKind.ROUND_TRIP) {
            asked.add(request.key().key());
        }
        for (Event.OfKey event :
                watch.answered(request, now, answers.apply(request.key().key()), now)) {
            published.add(event);
            keys.facts.merge(event.key(), KeyFacts.NONE.with(event), (held, _) -> held.with(event));
        }
    }

    private static final class Keys implements WatchedKeys {
        private final Set<KeyInUse> inUse = new HashSet<>();
        private final Map<KeyId, KeyFacts> facts = new HashMap<>();

        @Override
        public Map<Integer, Optional<Set<KeyInUse>>> inUse(Instant moment) {
            return Map.of(0, Optional.of(Set.copyOf(inUse)));
        }

        @Override
        public int partitionsInAll() {
            return 1;
        }

        @Override
        public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
            return Optional.of(facts.getOrDefault(key, KeyFacts.NONE));
        }

        @Override
        public Map<TopicPartition, Long> processed() {
            return Map.of();
        }
    }
}
