package io.keyward.cli.command;

import io.keyward.topology.contract.YamlResource;
import io.keyward.vault.DenialReason;
import io.keyward.vault.ProbeResult;
import java.util.Map;

/// What a vault's answer means for the environments under a key, and what the key's owner or the operator can
/// do, read from `vault-advice.yaml`.
record VaultAdvice(String meaning, String remedy) {
    private static final Map<String, VaultAdvice> ANSWERS =
            YamlResource.read("/vault-advice.yaml", Table.class).answers();

    private record Table(Map<String, VaultAdvice> answers) {}

    static VaultAdvice forResult(ProbeResult result) {
        String reason = switch (result.outcome()) {
            case ACCESS_DENIED -> "_" + result.denial().map(DenialReason::name).orElse("WITHOUT_REASON");
            case USABLE -> PolicyFit.missing(result).isEmpty() ? "" : "_UNFIT";
            default -> "";
        };
        return ANSWERS.get(result.outcome() + reason);
    }
}
