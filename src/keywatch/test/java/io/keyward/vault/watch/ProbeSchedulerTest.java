package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.at;
import static io.keyward.vault.watch.Answers.found;
import static io.keyward.vault.watch.Answers.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Which key is probed, when and with which kind of probe. The period is two minutes, and every third probe is
/// a round trip.
class ProbeSchedulerTest {
    private static final KeyReference KEY = key("contoso", "cmk");

    private final ProbeScheduler rounds = new ProbeScheduler(VirtualWeeksTest.DEFAULT, new SplittableRandom(7));
    private Instant now = at(0);

    @Test
    void aNewKeyIsAskedDeeplyWithinOnePeriod() {
        rounds.watch(Set.of(KEY), now);
        ProbeRequest first = next();
        assertThat(first).isEqualTo(new ProbeRequest(KEY, ProbeKind.ROUND_TRIP, 48));
        assertThat(now).isBetween(at(0), at(2));
    }

    @Test
    void aKeyInAManagedHsmCostsOfWhatThatServes() {
        KeyReference key = new KeyReference(new KeyId("https://contoso.managedhsm.azure.net", "cmk"), Optional.empty());
        rounds.watch(Set.of(key), now);
        ProbeRequest unknown = next();
        assertThat(unknown).isEqualTo(new ProbeRequest(key, ProbeKind.ROUND_TRIP, 9));
        assertThat(unknown.cost(found(ProbeOutcome.USABLE, "v1"), Optional.empty()))
                .isEqualTo(3);
        assertThat(unknown.cost(found(ProbeOutcome.ABSENT), Optional.empty())).isEqualTo(10);
        answer(unknown, found(ProbeOutcome.USABLE, "v1"));
        assertThat(next()).isEqualTo(new ProbeRequest(key, ProbeKind.READ, 1));
    }

    @Test
    void everyThirdProbeIsDeep() {
        rounds.watch(Set.of(KEY), now);
        List<ProbeKind> depths = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ProbeRequest question = next();
            depths.add(question.kind());
            answer(question, found(ProbeOutcome.USABLE, "v1"));
        }
        assertThat(depths)
                .containsExactly(
                        ProbeKind.ROUND_TRIP,
                        ProbeKind.READ,
                        ProbeKind.READ,
                        ProbeKind.ROUND_TRIP,
                        ProbeKind.READ,
                        ProbeKind.READ,
                        ProbeKind.ROUND_TRIP);
    }

    @Test
    void aPeriodIsTwoMinutesMoreOrLess() {
        rounds.watch(Set.of(KEY), now);
        answer(next(), found(ProbeOutcome.USABLE, "v1"));
        Set<Duration> periods = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Instant before = now;
            answer(next(), found(ProbeOutcome.USABLE, "v1"));
            periods.add(Duration.between(before, now));
        }
        assertThat(periods).hasSizeGreaterThan(10).allMatch(p -> p.toSeconds() >= 107 && p.toSeconds() <= 133);
    }

    @Test
    void aLightAnswerThatDiffersFromTheLastDeepOneIsFollowedByADeepProbeAtOnce() {
        rounds.watch(Set.of(KEY), now);
        answer(next(), found(ProbeOutcome.USABLE, "v1"));
        answer(next(), found(ProbeOutcome.DISABLED, "v1"));
        Instant before = now;
        assertThat(next()).isEqualTo(new ProbeRequest(KEY, ProbeKind.ROUND_TRIP, 3));
        assertThat(now).isEqualTo(before);
    }

    @Test
    void lightAnswersAreNoEvidence() {
        rounds.watch(Set.of(KEY), now);
        answer(next(), found(ProbeOutcome.USABLE, "v1"));
        answer(next(), found(ProbeOutcome.DISABLED, "v1"));
        assertThat(rounds.evidence(KEY.key()).current())
                .extracting(answer -> answer.result().outcome())
                .containsExactly(ProbeOutcome.USABLE);
    }

    @Test
    void whatSaysNothingIsNoEvidenceTakesNoneAwayAndIsAskedAgainAsDeeply() {
        rounds.watch(Set.of(KEY), now);
        answer(next(), found(ProbeOutcome.DISABLED, "v1"));
        rounds.suspect(KEY.key(), now);
        ProbeRequest second = next();
        assertThat(rounds.answered(second, now, found(ProbeOutcome.THROTTLED), now))
                .isFalse();
        assertThat(rounds.evidence(KEY.key()).current()).hasSize(1);
        Instant before = now;
        assertThat(next().kind()).isEqualTo(ProbeKind.ROUND_TRIP);
        assertThat(Duration.between(before, now)).isLessThanOrEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void aSuspectIsAskedDeeplyAfterTheIntervalOfProofs() {
        rounds.watch(Set.of(KEY), now);
        answer(next(), found(ProbeOutcome.DISABLED, "v1"));
        rounds.suspect(KEY.key(), now);
        Instant before = now;
        assertThat(next().kind()).isEqualTo(ProbeKind.ROUND_TRIP);
        assertThat(Duration.between(before, now).toSeconds()).isBetween(40L, 50L);
    }

    @Test
    void theCurrentVersionIsNotAskedAboutTwice() {
        KeyReference current = new KeyReference(KEY.key(), Optional.of(version("v2")));
        KeyReference former = new KeyReference(KEY.key(), Optional.of(version("v1")));
        rounds.watch(Set.of(KEY, current, former), now);
        Set<KeyReference> asked = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            ProbeRequest question = next();
            asked.add(question.key());
            answer(question, found(ProbeOutcome.USABLE, question.key().version().isPresent() ? "v1" : "v2"));
        }
        assertThat(asked).containsExactlyInAnyOrder(KEY, former);
    }

    @Test
    void aKeyThatIsNoLongerWatchedIsForgotten() {
        rounds.watch(Set.of(KEY), now);
        ProbeRequest question = next();
        rounds.watch(Set.of(), now);
        answer(question, found(ProbeOutcome.DISABLED, "v1"));
        assertThat(rounds.evidence(KEY.key()).current()).isEmpty();
        assertThat(rounds.wakeAt()).isEqualTo(Instant.MAX);
        assertThat(rounds.oldestProof()).isEmpty();
    }

    @Test
    void anAnswerToAQuestionFromBeforeIsNoneForAKeyThatCameBack() {
        rounds.watch(Set.of(KEY), now);
        ProbeRequest question = next();
        rounds.watch(Set.of(), now);
        rounds.watch(Set.of(KEY), now);
        assertThat(rounds.answered(question, now, found(ProbeOutcome.DISABLED, "v1"), now))
                .isFalse();
        assertThat(rounds.evidence(KEY.key()).current()).isEmpty();
        assertThat(next().key()).isEqualTo(KEY);
    }

    @Test
    void noMoreThanFourProbesOfOneVaultAndThirtyTwoInAllRunAtATime() {
        Set<KeyReference> keys = new HashSet<>();
        for (int vault = 0; vault < 10; vault++) {
            for (int i = 0; i < 10; i++) {
                keys.add(key("vault-" + vault, "k" + i));
            }
        }
        rounds.watch(keys, now);
        // A vault's keys are probed one at a time while their type is unknown, because they may be of the most
        // expensive type.
        keys.forEach(_ -> answer(next(), found(ProbeOutcome.USABLE, "v1")));
        now = at(10);
        List<ProbeRequest> running = new ArrayList<>();
        while (rounds.wakeAt().isBefore(at(20))) {
            now = later(now, rounds.wakeAt());
            rounds.next(now).ifPresent(running::add);
        }
        assertThat(running).hasSize(32);
        assertThat(running.stream().filter(q -> q.key().key().vaultUri().contains("vault-0")))
                .hasSizeLessThanOrEqualTo(4);
        answer(running.getFirst(), found(ProbeOutcome.USABLE, "v1"));
        assertThat(rounds.wakeAt()).isBefore(at(20));
    }

    @Test
    void anInstanceThatHasAQuarterOfThePartitionsAsksAQuarterAsOften() {
        assertThat(askedInAnHour(0.25)).isBetween(askedInAnHour(1) / 5, askedInAnHour(1) / 3);
    }

    /// The number of probes in an hour with so many keys in one vault that only the quota limits them.
    private static int askedInAnHour(double part) {
        ProbeScheduler rounds = new ProbeScheduler(VirtualWeeksTest.DEFAULT, new SplittableRandom(7));
        Set<KeyReference> keys = new HashSet<>();
        for (int i = 0; i < 3_000; i++) {
            keys.add(key("contoso", "k" + i));
        }
        rounds.divide(part, at(0));
        rounds.watch(keys, at(0));
        int asked = 0;
        for (Instant now = at(0); now.isBefore(at(60)); now = later(now, rounds.wakeAt())) {
            Optional<ProbeRequest> question = rounds.next(now);
            if (question.isPresent()) {
                rounds.answered(question.get(), now, found(ProbeOutcome.USABLE, "v1"), now);
                asked++;
            }
        }
        return asked;
    }

    @Test
    void aVaultThatDoesNotAnswerIsAskedOneAtATimeAndLessAndLess() {
        Set<KeyReference> keys = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            keys.add(key("contoso", "k" + i));
        }
        rounds.watch(keys, now);
        int asked = 0;
        while (now.isBefore(at(60))) {
            ProbeRequest question = next();
            asked++;
            answer(question, found(ProbeOutcome.UNAVAILABLE));
        }
        assertThat(asked).isLessThan(30);
        assertThat(rounds.oldestProof()).as("never proven since").contains(at(0));
    }

    @Test
    void whenOurIdentityFailsEverywhereOneProbeAtATimeFindsOutWhenItIsAcceptedAgain() {
        Set<KeyReference> keys = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            keys.add(key("vault-" + i, "k"));
        }
        rounds.watch(keys, now);
        int asked = 0;
        while (now.isBefore(at(60))) {
            answer(next(), found(ProbeOutcome.OWN_IDENTITY));
            asked++;
        }
        assertThat(asked).isLessThan(60);
        answer(next(), found(ProbeOutcome.USABLE, "v1"));
        List<ProbeRequest> running = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            running.add(next());
        }
        assertThat(running).as("side by side again").hasSize(10);
    }

    /// Advances the time to the next probe and returns it.
    private ProbeRequest next() {
        Optional<ProbeRequest> question = rounds.next(now);
        while (question.isEmpty()) {
            assertThat(rounds.wakeAt()).isAfter(now).isNotEqualTo(Instant.MAX);
            now = rounds.wakeAt();
            question = rounds.next(now);
        }
        return question.get();
    }

    private void answer(ProbeRequest question, ProbeResult finding) {
        rounds.answered(question, now, finding, now);
    }

    private static KeyReference key(String vault, String name) {
        return new KeyReference(new KeyId("https://" + vault + ".vault.azure.net", name), Optional.empty());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
