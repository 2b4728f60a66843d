package io.keyward.cli.command;

import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import io.keyward.vault.RecoveryLevel;
import java.util.List;
import java.util.stream.Stream;

/// What a new enterprise policy requires of a key. This is advice only, and the key watch does not report it: for
/// a key in use, the platform has already decided whether to accept it.
final class PolicyFit {
    private PolicyFit() {}

    /// Returns each missing requirement as a clause; none if the vault does not show the key.
    static List<String> missing(ProbeResult result) {
        return result.key().stream()
                .flatMap(key -> Stream.of(
                        key.shape().fitsPolicy()
                                ? ""
                                : "it is %s, but must be RSA or RSA-HSM of 2048 or 3072 bits".formatted(key.shape()),
                        key.wraps() && result.outcome() != ProbeOutcome.UNSUITABLE ? "" : "it may not wrap and unwrap",
                        key.recovery() == RecoveryLevel.NONE ? "soft delete is off" : "",
                        key.recovery() == RecoveryLevel.PURGE_PROTECTED ? "" : "purge protection is off"))
                .filter(clause -> !clause.isEmpty())
                .toList();
    }
}
