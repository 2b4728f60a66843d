package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.vault.DenialReason;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a vault answers, there is advice.
class VaultAdviceTest {
    @ParameterizedTest
    @EnumSource
    void onEveryOutcome(ProbeOutcome outcome) {
        assertThat(VaultAdvice.forResult(ProbeResult.of(outcome, "")).remedy()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource
    void onEveryReasonForADenial(DenialReason reason) {
        ProbeResult denied = ProbeResult.of(ProbeOutcome.ACCESS_DENIED, "").because(reason);
        assertThat(VaultAdvice.forResult(denied).remedy()).isNotBlank();
    }
}
