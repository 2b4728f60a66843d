package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.KEY;
import static io.keyward.vault.watch.Answers.at;
import static io.keyward.vault.watch.Answers.denied;
import static io.keyward.vault.watch.Answers.found;
import static io.keyward.vault.watch.Answers.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.Configured;
import io.keyward.config.VaultSettings;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.vault.DenialReason;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import io.keyward.vault.RecoveryLevel;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What hints change in the order and the time of probes, and that they make nothing a proof sooner.
class HintedProbesTest {
    private static final KeyReference CURRENT = new KeyReference(KEY, Optional.empty());
    private static final ProbeResult USABLE = found(ProbeOutcome.USABLE, "v1");
    private static final ProbeResult DISABLED = found(ProbeOutcome.DISABLED, "v1");

    /// Regular probes only read the key.
    private static final Configured LIGHT = every(Duration.ofMinutes(2), 1_000);

    private static final ProbeResult COSTLY = found(ProbeOutcome.USABLE)
            .about(new KeyDescription(
                    version("v1"),
                    new KeyShape(KeyShape.Kind.RSA_HSM, 4096),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    RecoveryLevel.PURGE_PROTECTED));

    /// The deep probes.
    private final List<Asked> asked = new ArrayList<>();

    private final List<Instant> hints = new ArrayList<>();
    private ProbeScheduler rounds = new ProbeScheduler(LIGHT, new SplittableRandom(7));
    private Instant now = at(0);

    private record Asked(Instant at, KeyReference key) {}

    @Test
    void aHintIsFollowedByADeepProbeAtOnce() {
        known(CURRENT);
        hint(at(10));
        runUntil(at(10), _ -> USABLE);
        assertThat(asked).containsExactly(new Asked(at(10), CURRENT));
    }

    @Test
    void hintsThatArriveTogetherAreFollowedByOneProbe() {
        known(CURRENT);
        IntStream.range(0, 100).forEach(_ -> hint(at(10)));
        runUntil(at(10.2), _ -> USABLE);
        assertThat(asked).containsExactly(new Asked(at(10), CURRENT));
    }

    @Test
    void aVaultMayApplyAChangeLateSoTheKeyIsProbedAFewTimesMore() {
        known(CURRENT);
        hint(at(10));
        runUntil(at(60), _ -> USABLE);
        assertThat(deep()).containsExactly(at(10), at(10.25), at(11), at(15), at(20));
    }

    @Test
    void whatIsLeftOfThoseIsMadeForAHintThatArrivesLate() {
        known(CURRENT);
        rounds.hinted(KEY, at(2), at(10));
        runUntil(at(60), _ -> USABLE);
        assertThat(deep()).containsExactly(at(10), at(12));
    }

    @Test
    void aKeyThatIsHintedAllTheTimeIsProbedEveryFifteenSeconds() {
        known(CURRENT);
        for (int second = 0; second < 600; second++) {
            hint(at(10).plusSeconds(second));
        }
        runUntil(at(20), _ -> USABLE);
        assertThat(deep()).hasSize(41);
        assertThat(rounds.evidence(KEY).current()).hasSize(3);
    }

    /// A burst would wait for the quota of the vault, and let others wait.
    @Test
    void aHintOfAllKeysCausesOneProbeOfEachSpreadOverTwoMinutes() {
        Set<KeyReference> keys = keys(40);
        rounds.watch(keys, now);
        probeUntil(at(10), _ -> USABLE);
        asked.clear();
        IntStream.range(0, 100).forEach(_ -> hintOfAll(keys));
        probeUntil(at(60), _ -> USABLE);
        assertThat(asked).extracting(Asked::key).containsExactlyInAnyOrderElementsOf(keys);
        for (int quarter = 0; quarter < 4; quarter++) {
            Instant begin = at(10).plusSeconds(30L * quarter);
            assertThat(deep())
                    .filteredOn(at -> !at.isBefore(begin) && at.isBefore(begin.plusSeconds(30)))
                    .as("after %s", begin)
                    .hasSizeBetween(4, 20);
        }
    }

    @Test
    void hintsOfAllKeysAllTheTimeCauseAProbeEveryTwoMinutes() {
        known(CURRENT);
        for (int second = 0; second < 1_200; second++) {
            probeUntil(at(10).plusSeconds(second), _ -> USABLE);
            hintOfAll(Set.of(CURRENT));
        }
        assertThat(asked).hasSizeBetween(9, 10);
    }

    /// What has changed after the probe is not missed.
    @Test
    void aHintOfAllKeysAfterTheProbeIsFollowedByAnotherOne() {
        known(CURRENT);
        probeUntil(at(10), _ -> USABLE);
        hintOfAll(Set.of(CURRENT));
        probeUntil(at(12), _ -> USABLE);
        assertThat(asked).hasSize(1);
        hintOfAll(Set.of(CURRENT));
        probeUntil(at(16), _ -> USABLE);
        assertThat(asked).hasSize(2);
        assertThat(rounds.oldestUnansweredHint()).isEmpty();
    }

    @Test
    void aHintOfTheKeyDoesNotWaitForOneOfAllKeys() {
        known(CURRENT);
        probeUntil(at(10), _ -> USABLE);
        hintOfAll(Set.of(CURRENT));
        hint(at(10));
        runUntil(at(60), _ -> USABLE);
        assertThat(deep()).containsExactly(at(10), at(10.25), at(11), at(15), at(20));
    }

    private void hintOfAll(Set<KeyReference> keys) {
        keys.forEach(key -> rounds.hintedWithOthers(key.key(), now));
    }

    @Test
    void aHintDuringAProbeIsFollowedByAnotherOne() {
        known(CURRENT);
        runUntil(at(10), _ -> USABLE);
        rounds.hinted(KEY, at(10), at(10));
        ProbeRequest running = rounds.next(now).orElseThrow();
        rounds.hinted(KEY, at(10.01), at(10.01));
        rounds.answered(running, at(10), USABLE, at(10.02));
        assertThat(rounds.oldestUnansweredHint()).contains(at(10.01));
        runUntil(at(10.25), _ -> USABLE);
        assertThat(asked).containsExactly(new Asked(at(10.25), CURRENT));
        assertThat(rounds.oldestUnansweredHint()).isEmpty();
    }

    @Test
    void aHintIsUnansweredUntilADeepProbeTellsSomething() {
        known(CURRENT);
        hint(at(10));
        runUntil(at(10.5), _ -> found(ProbeOutcome.UNAVAILABLE));
        assertThat(rounds.oldestUnansweredHint()).contains(at(10));
        runUntil(at(10.9), _ -> USABLE);
        assertThat(rounds.oldestUnansweredHint()).isEmpty();
        assertThat(deep()).hasSize(2);
    }

    @Test
    void theLastProbeOfAHintIsMadeAgainIfItTellsNothing() {
        known(CURRENT);
        rounds.hinted(KEY, at(0), at(10));
        runUntil(at(10), _ -> found(ProbeOutcome.THROTTLED));
        assertThat(rounds.oldestUnansweredHint()).contains(at(10));
        runUntil(at(11), _ -> USABLE);
        assertThat(deep()).hasSize(2);
        assertThat(rounds.oldestUnansweredHint()).isEmpty();
    }

    @Test
    void everyWatchedVersionIsProbedButTheCurrentOneOnce() {
        KeyReference current = new KeyReference(KEY, Optional.of(version("v2")));
        KeyReference former = new KeyReference(KEY, Optional.of(version("v1")));
        Function<KeyReference, ProbeResult> answers =
                key -> found(ProbeOutcome.USABLE, key.version().isPresent() ? "v1" : "v2");
        rounds.watch(Set.of(CURRENT, current, former), now);
        hint(at(10));
        runUntil(at(9.99), answers);
        asked.clear();
        runUntil(at(10.1), answers);
        assertThat(asked).extracting(Asked::key).containsExactlyInAnyOrder(CURRENT, former);
        assertThat(rounds.oldestUnansweredHint()).isEmpty();
    }

    @Test
    void aVersionOfAKeyOfWhichNothingIsKnownWaitsForTheKey() {
        KeyReference pinned = new KeyReference(KEY, Optional.of(version("v1")));
        rounds.watch(Set.of(CURRENT, pinned), now);
        hint(at(0));
        runUntil(at(1), _ -> found(ProbeOutcome.USABLE, "v1"));
        assertThat(asked).extracting(Asked::key).containsOnly(CURRENT);
        assertThat(asked.getFirst().at()).isBefore(at(0.1));
        assertThat(rounds.oldestUnansweredHint()).isEmpty();
    }

    @Test
    void anAnswerThatComesTooSoonIsNoFurtherEvidenceAndPutsNothingOff() {
        known(CURRENT);
        hint(at(10));
        runUntil(at(10), _ -> DISABLED);
        rounds.suspect(KEY, at(10));
        asked.clear();
        for (double minute : new double[] {10.3, 10.4, 10.5, 10.6}) {
            hint(at(minute));
        }
        runUntil(at(10.66), _ -> DISABLED);
        assertThat(deep()).hasSize(2);
        assertThat(disabledAnswers()).containsExactly(at(10));
        runUntil(at(10.9), _ -> DISABLED);
        assertThat(disabledAnswers()).hasSize(2);
        assertThat(disabledAnswers().getLast()).isBetween(at(10.675), at(10.83));
    }

    @Test
    void anAnswerThatDiffersTooSoonCountsAloneBecauseTheVaultIsNotOfOneMind() {
        known(CURRENT);
        hint(at(10));
        hint(at(10.25));
        hint(at(10.5));
        runUntil(at(10.1), _ -> DISABLED);
        assertThat(rounds.evidence(KEY).current()).hasSize(2);
        runUntil(at(10.3), _ -> USABLE);
        assertThat(rounds.evidence(KEY).current())
                .extracting(answer -> answer.result().outcome())
                .containsExactly(ProbeOutcome.USABLE);
        runUntil(at(10.6), _ -> DISABLED);
        assertThat(disabledAnswers()).containsExactly(at(10.5));
        assertThat(rounds.evidence(KEY).current()).hasSize(1);
    }

    /// A key that can be read but not used looks different to every light probe.
    @Test
    void aReadThatAlwaysDiffersCausesNoStorm() {
        rounds = new ProbeScheduler(every(Duration.ofSeconds(10), 1_000), new SplittableRandom(7));
        rounds.watch(Set.of(CURRENT), now);
        ProbeResult refused = denied(DenialReason.RBAC).about(Answers.describing("v1"));
        probeUntil(at(30), request -> request.kind() == ProbeKind.READ ? USABLE : refused);
        assertThat(asked).hasSizeBetween(60, 150);
        assertThat(rounds.evidence(KEY).current()).hasSize(3);
    }

    @Test
    void aPeriodShorterThanAConfirmationIsKept() {
        rounds = new ProbeScheduler(every(Duration.ofSeconds(10), 3), new SplittableRandom(7));
        rounds.watch(Set.of(CURRENT), now);
        Map<ProbeKind, Integer> kinds = new HashMap<>();
        probeUntil(at(30), request -> {
            kinds.merge(request.kind(), 1, Integer::sum);
            return USABLE;
        });
        assertThat(kinds.get(ProbeKind.ROUND_TRIP)).isBetween(50, 70);
        assertThat(kinds.get(ProbeKind.READ)).isBetween(100, 140);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverIsHintedAnswersThatCountAreNoCloserThanThoseOfAConfirmation(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        rounds = new ProbeScheduler(VirtualWeeksTest.DEFAULT, random.split());
        rounds.watch(Set.of(CURRENT), now);
        List<ProbeResult> possible = List.of(
                USABLE, DISABLED, DISABLED, DISABLED, found(ProbeOutcome.ABSENT), found(ProbeOutcome.THROTTLED));
        int proofs = 0;
        while (now.isBefore(at(600))) {
            rounds.hinted(KEY, now, now);
            probeUntil(now.plusMillis(random.nextInt(40_000)), _ -> possible.get(random.nextInt(possible.size())));
            if (random.nextBoolean()) {
                rounds.suspect(KEY, now);
            }
            List<ProbeAnswer> answers = rounds.evidence(KEY).current();
            proofs += answers.size() == 3 ? 1 : 0;
            for (int i = 1; i < answers.size(); i++) {
                assertThat(Duration.between(
                                answers.get(i - 1).askedAt(), answers.get(i).askedAt()))
                        .isGreaterThanOrEqualTo(Duration.ofMillis(40_499));
            }
        }
        assertThat(proofs).isPositive();
    }

    @Test
    void hintsGoFirstButStarveNoOtherKey() {
        Map<KeyReference, Integer> probes = new HashMap<>();
        Set<KeyReference> keys = keys(30);
        rounds.watch(keys, now);
        List<KeyReference> hinted = keys.stream().sorted().limit(10).toList();
        while (now.isBefore(at(30))) {
            hinted.forEach(key -> rounds.hinted(key.key(), now, now));
            probeUntil(now.plusSeconds(5), request -> {
                probes.merge(request.key(), 1, Integer::sum);
                return COSTLY;
            });
        }
        assertThat(keys).as("every two minutes").allMatch(key -> probes.getOrDefault(key, 0) >= 12);
        assertThat(hinted.stream().mapToInt(probes::get).sum())
                .as("the rest of the quota")
                .isGreaterThan(300);
    }

    /// So many costly keys that each waits long after its time.
    @Test
    void aHintGoesBeforeAllThatWaitAndASuspicionBeforeTheRegularProbes() {
        List<KeyReference> keys = keys(300).stream().sorted().toList();
        rounds.watch(Set.copyOf(keys), now);
        probeUntil(at(4), _ -> COSTLY);
        Set<KeyReference> probed = new HashSet<>(asked.stream().map(Asked::key).toList());
        List<KeyReference> waiting =
                keys.stream().filter(key -> !probed.contains(key)).toList();
        assertThat(waiting).hasSizeGreaterThan(200);
        asked.clear();
        rounds.suspect(waiting.getFirst().key(), at(3));
        rounds.hinted(waiting.getLast().key(), now, now);
        probeUntil(now.plusSeconds(8), _ -> COSTLY);
        assertThat(asked).extracting(Asked::key).startsWith(waiting.getLast(), waiting.getFirst());
    }

    private static Set<KeyReference> keys(int number) {
        Set<KeyReference> keys = new HashSet<>();
        IntStream.range(0, number)
                .forEach(i -> keys.add(new KeyReference(new KeyId(KEY.vaultUri(), "k" + i), Optional.empty())));
        return keys;
    }

    private static Configured every(Duration period, int deepEvery) {
        return VirtualWeeksTest.DEFAULT.with(VaultSettings.PERIOD, period).with(VaultSettings.DEEP_EVERY, deepEvery);
    }

    /// Watches the key for almost ten minutes, in which it is usable.
    private void known(KeyReference key) {
        rounds.watch(Set.of(key), now);
        probeUntil(at(9.99), _ -> USABLE);
        asked.clear();
    }

    /// A hint of the key at this time.
    private void hint(Instant when) {
        hints.add(when);
    }

    /// Runs until this time, with the hints. All answers are given at once.
    private void runUntil(Instant end, Function<KeyReference, ProbeResult> answers) {
        while (!hints.isEmpty() && !hints.getFirst().isAfter(end)) {
            Instant at = hints.removeFirst();
            probeUntil(at, request -> answers.apply(request.key()));
            rounds.hinted(KEY, at, at);
        }
        probeUntil(end, request -> answers.apply(request.key()));
    }

    private void probeUntil(Instant end, Function<ProbeRequest, ProbeResult> answers) {
        while (true) {
            Optional<ProbeRequest> request = rounds.next(now);
            if (request.isPresent()) {
                if (request.get().kind() == ProbeKind.ROUND_TRIP) {
                    asked.add(new Asked(now, request.get().key()));
                }
                rounds.answered(request.get(), now, answers.apply(request.get()), now);
            } else if (rounds.wakeAt().isAfter(end)) {
                now = end.isAfter(now) ? end : now;
                return;
            } else {
                now = rounds.wakeAt().isAfter(now) ? rounds.wakeAt() : now;
            }
        }
    }

    private List<Instant> deep() {
        return asked.stream().map(Asked::at).toList();
    }

    private List<Instant> disabledAnswers() {
        return rounds.evidence(KEY).current().stream()
                .filter(answer -> answer.result().outcome() == ProbeOutcome.DISABLED)
                .map(ProbeAnswer::askedAt)
                .toList();
    }
}
