package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.KEY;
import static io.keyward.vault.watch.Answers.at;
import static io.keyward.vault.watch.Answers.denied;
import static io.keyward.vault.watch.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.WatchState;
import io.keyward.domain.id.KeyId;
import io.keyward.testing.CapturedLog;
import io.keyward.vault.DenialReason;
import io.keyward.vault.ProbeOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How well keys are watched, with Keyward's own identity.
class WatchStatesTest {
    private static final KeyId OTHER = new KeyId(KEY.vaultUri(), "other");
    private static final KeyId ELSEWHERE = new KeyId("https://fabrikam.vault.azure.net", "cmk");

    private final DrivenWatch driven = new DrivenWatch(VirtualWeeksTest.DEFAULT);

    @Test
    void aKeyWaitsForItsFirstAnswer() {
        assertThat(states()).isEmpty();
        driven.list(Set.of(KEY, ELSEWHERE));
        assertThat(states()).isEqualTo(Map.of(WatchState.WAITING, 2));
        driven.runUntil(at(3));
        assertThat(states()).isEqualTo(Map.of(WatchState.WATCHED, 2));
        driven.list(Set.of(KEY));
        assertThat(states()).isEqualTo(Map.of(WatchState.WATCHED, 1));
    }

    @Test
    void aKeyThatIsKnownToBeUnusableIsWatched() {
        driven.answers = _ -> found(ProbeOutcome.DISABLED, "v1");
        driven.list(Set.of(KEY));
        driven.runUntil(at(10));
        assertThat(states()).isEqualTo(Map.of(WatchState.WATCHED, 1));
    }

    @Test
    void aKeyWhoseVaultDeniesAccessIsNotWatchedUntilItAnswers() {
        driven.answers = key -> key.equals(OTHER) ? denied(DenialReason.RBAC) : found(ProbeOutcome.USABLE, "v1");
        driven.list(Set.of(KEY, OTHER));
        driven.runUntil(at(10));
        assertThat(states()).isEqualTo(Map.of(WatchState.WATCHED, 1, WatchState.DENIED, 1));
        driven.answers = _ -> found(ProbeOutcome.USABLE, "v1");
        driven.runUntil(at(20));
        assertThat(states()).isEqualTo(Map.of(WatchState.WATCHED, 2));
    }

    @Test
    void aDenialThatBecomesAFactIsWatched() {
        DrivenWatch policies = new DrivenWatch(VirtualWeeksTest.LIKE_THE_PLATFORM);
        policies.answers = _ -> denied(DenialReason.RBAC);
        policies.list(Set.of(KEY));
        policies.runUntil(at(30));
        assertThat(policies.published).hasSize(1);
        assertThat(policies.watch.states(policies.now)).isEqualTo(Map.of(WatchState.WATCHED, 1));
    }

    @Test
    void oneInconclusiveAnswerIsNoReason() {
        driven.list(Set.of(KEY));
        driven.runUntil(at(3));
        int[] answers = {0};
        driven.answers = _ -> ++answers[0] == 1 ? found(ProbeOutcome.UNAVAILABLE) : found(ProbeOutcome.USABLE, "v1");
        while (answers[0] == 0) {
            driven.runUntil(driven.now.plusSeconds(1));
        }
        assertThat(states()).isEqualTo(Map.of(WatchState.WATCHED, 1));
    }

    @Test
    void aVaultThatDoesNotAnswerMakesItsKeysUnreachable() {
        driven.list(Set.of(KEY, OTHER, ELSEWHERE));
        driven.runUntil(at(3));
        driven.answers =
                key -> key.equals(ELSEWHERE) ? found(ProbeOutcome.USABLE, "v1") : found(ProbeOutcome.UNAVAILABLE);
        driven.runUntil(at(15));
        assertThat(states()).isEqualTo(Map.of(WatchState.UNREACHABLE, 2, WatchState.WATCHED, 1));
    }

    @Test
    void theLogNamesTheKeyAndWhatStaysPublishedMeanwhile() {
        driven.answers = _ -> found(ProbeOutcome.DISABLED, "v1");
        driven.list(Set.of(KEY));
        driven.runUntil(at(10));
        states();
        driven.answers = _ -> denied(DenialReason.POLICY);
        driven.runUntil(at(20));
        try (CapturedLog log = new CapturedLog()) {
            states();
            states();
            assertThat(warnings(log))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains(KEY.toString(), "access denied since 2026-03-01T00:1")
                            .contains("KEY_DISABLED, which the watch has published, stays until the key answers"));
        }
    }

    @Test
    void ofAVaultThatDoesNotAnswerTheLogNamesOnlyKeysThatItHasRevoked() {
        driven.answers = key -> found(key.equals(KEY) ? ProbeOutcome.DISABLED : ProbeOutcome.USABLE, "v1");
        driven.list(Set.of(KEY, OTHER));
        driven.runUntil(at(10));
        driven.answers = _ -> found(ProbeOutcome.UNAVAILABLE);
        driven.runUntil(at(30));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(states()).isEqualTo(Map.of(WatchState.UNREACHABLE, 2));
            assertThat(warnings(log))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains(KEY.toString(), "no conclusive answer; KEY_DISABLED"));
        }
    }

    private Map<WatchState, Integer> states() {
        return driven.watch.states(driven.now);
    }

    private static List<String> warnings(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.logger().equals(WatchStates.class.getName()))
                .map(CapturedLog.Line::text)
                .toList();
    }
}
