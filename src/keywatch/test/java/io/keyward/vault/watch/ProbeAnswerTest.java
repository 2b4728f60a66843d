package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.answer;
import static io.keyward.vault.watch.Answers.denied;
import static io.keyward.vault.watch.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.domain.event.RevocationCause;
import io.keyward.vault.DenialReason;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What each outcome proves, and what it does not prove.
class ProbeAnswerTest {
    @ParameterizedTest(name = "{0} {1}: cause {2}, of {3}")
    @CsvSource({
        "USABLE,              , ,                v1",
        "DISABLED,            , KEY_DISABLED,    v1",
        "DELETED_RECOVERABLE, , KEY_DELETED,     ",
        "ABSENT,              , KEY_DELETED,     ",
        "ACCESS_DENIED, RBAC,    ACCESS_REMOVED,  ",
        "ACCESS_DENIED, POLICY,  ACCESS_REMOVED,  ",
        "ACCESS_DENIED, NETWORK, NETWORK_BLOCKED, ",
        "ACCESS_DENIED, DIRECTORY, ACCESS_REMOVED, ",
        "ACCESS_DENIED, ,        ACCESS_REMOVED,  ",
        "EXPIRED,             , KEY_EXPIRED,     v1",
        "NOT_YET_VALID,       , OTHER,           v1",
        "UNSUITABLE,          , OTHER,           v1"
    })
    void whyAndHowMuchOfAKeyCannotBeUsed(
            ProbeOutcome verdict, DenialReason reason, RevocationCause cause, String version) {
        ProbeResult finding = found(verdict, "v1");
        ProbeAnswer answer = answer(0, reason == null ? finding : finding.because(reason));
        assertThat(answer.cause()).isEqualTo(Optional.ofNullable(cause));
        assertThat(answer.usable()).isEqualTo(cause == null);
        assertThat(answer.scope()).isEqualTo(Optional.ofNullable(version).map(Answers::version));
    }

    @ParameterizedTest(name = "{0} {1} disproves {2}")
    @CsvSource({
        "USABLE, , KEY_DISABLED KEY_DELETED VAULT_DELETED ACCESS_REMOVED NETWORK_BLOCKED KEY_EXPIRED OTHER",
        "EXPIRED, , KEY_DISABLED KEY_DELETED VAULT_DELETED NETWORK_BLOCKED",
        "NOT_YET_VALID, , KEY_DISABLED KEY_DELETED VAULT_DELETED NETWORK_BLOCKED",
        "DISABLED, , KEY_DELETED VAULT_DELETED NETWORK_BLOCKED",
        "UNSUITABLE, , KEY_DELETED VAULT_DELETED NETWORK_BLOCKED",
        "DELETED_RECOVERABLE, , VAULT_DELETED NETWORK_BLOCKED",
        "ABSENT, , VAULT_DELETED NETWORK_BLOCKED",
        "ACCESS_DENIED, RBAC, VAULT_DELETED NETWORK_BLOCKED",
        "ACCESS_DENIED, POLICY, VAULT_DELETED NETWORK_BLOCKED",
        "ACCESS_DENIED, NETWORK, VAULT_DELETED",
        "ACCESS_DENIED, , VAULT_DELETED",
        "ACCESS_DENIED, DIRECTORY, "
    })
    void anAnswerDisprovesOnlyWhatItHadToPass(ProbeOutcome verdict, DenialReason reason, String causes) {
        ProbeResult finding = reason == null ? found(verdict) : denied(reason);
        Set<RevocationCause> disproved = Arrays.stream(RevocationCause.values())
                .filter(answer(0, finding)::disproves)
                .collect(Collectors.toSet());
        assertThat(disproved)
                .isEqualTo(Stream.ofNullable(causes)
                        .flatMap(all -> Stream.of(all.split(" ")))
                        .map(RevocationCause::valueOf)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "UNAVAILABLE", "OWN_IDENTITY"})
    void whatSaysNothingIsNoEvidence(ProbeOutcome verdict) {
        assertThatThrownBy(() -> answer(0, found(verdict)).cause()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> answer(0, found(verdict)).scope()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> answer(0, found(verdict)).disproves(RevocationCause.OTHER))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest(name = "{0} of {1} bears out {2} of {3}: {4}")
    @CsvSource({
        "DISABLED,            v1, DISABLED,            v1, true",
        "USABLE,              v1, DISABLED,            v1, false",
        "DISABLED,            v1, DISABLED,            v2, false",
        "DISABLED,            v1, DELETED_RECOVERABLE, v1, false",
        "DELETED_RECOVERABLE, v1, DISABLED,            v2, false",
        "DELETED_RECOVERABLE, v1, ABSENT,              v1, true",
        "NOT_YET_VALID,       v1, UNSUITABLE,          v1, true",
        "EXPIRED,             v1, EXPIRED,             v1, true",
        "EXPIRED,             v1, DISABLED,            v1, false",
        "DISABLED,            v1, EXPIRED,             v1, false"
    })
    void anEarlierAnswerCountsIfItHasTheSameCause(
            ProbeOutcome earlier, String earlierVersion, ProbeOutcome later, String laterVersion, boolean expected) {
        assertThat(answer(0, found(earlier, earlierVersion)).bearsOut(answer(1, found(later, laterVersion))))
                .isEqualTo(expected);
    }

    @Test
    void aVersionThatIsAskedForByNameIsThatOneWhateverTheVaultDescribes() {
        ProbeAnswer answer = Answers.about("v1", 0, ProbeOutcome.ABSENT);
        assertThat(answer.version()).contains(Answers.version("v1"));
        assertThat(answer.scope()).contains(Answers.version("v1"));
        assertThat(answer(0, found(ProbeOutcome.DELETED_RECOVERABLE, "v1")).version())
                .isEmpty();
    }

    @Test
    void timesAreCountedAsEventsCountThem() {
        Instant moment = Instant.parse("2026-03-01T00:00:00.123456789Z");
        assertThat(new ProbeAnswer(moment, Optional.empty(), found(ProbeOutcome.USABLE)).askedAt())
                .isEqualTo(Instant.parse("2026-03-01T00:00:00.123Z"));
    }
}
