package io.keyward.vault;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Interprets a vault's refusal of an operation by Azure's error codes.
///
/// @param operation by the name of Azure's permission
/// @param key the description of the key, if already known
record Reading(String operation, Optional<KeyDescription> key, Clock clock) {
    ProbeResult of(Refusal refusal) {
        ProbeResult finding = verdict(refusal);
        ProbeResult complete = key.map(finding::about).orElse(finding);
        return refusal.retryAfter().map(complete::notBefore).orElse(complete);
    }

    private ProbeResult verdict(Refusal refusal) {
        if (refusal.status() == 429) {
            return result(ProbeOutcome.THROTTLED, "The vault is over its quota", refusal);
        }
        if (!refusal.isWrittenByKeyVault() || refusal.status() >= 500) {
            return unavailable(refusal);
        }
        return switch (refusal.status()) {
            case 401 -> result(ProbeOutcome.OWN_IDENTITY, "The vault does not accept our token", refusal);
            case 403 -> forbidden(refusal);
            case 404 -> missing(refusal);
            case 409 -> conflict(refusal);
            default -> unavailable(refusal);
        };
    }

    /// A key that was read outside its dates is so for everybody, whatever else denies to wrap with it.
    private ProbeResult forbidden(Refusal refusal) {
        ProbeResult finding = judged(refusal);
        return finding.outcome() == ProbeOutcome.ACCESS_DENIED
                ? outsideItsDates(refusal).orElse(finding)
                : finding;
    }

    private ProbeResult judged(Refusal refusal) {
        return switch (refusal.innerCode().orElse("")) {
            case "KeyDisabled" -> result(ProbeOutcome.DISABLED, "The key is disabled", refusal);
            case "KeyOperationForbidden" -> result(ProbeOutcome.UNSUITABLE, "The key may not be used for it", refusal);
            case "ForbiddenByRbac" ->
                denied("No role assignment of ours allows it", refusal).because(DenialReason.RBAC);
            case "ForbiddenByPolicy", "AccessDenied" ->
                denied("The vault's access policies do not allow it to us", refusal)
                        .because(DenialReason.POLICY);
            case "ForbiddenByFirewall", "ForbiddenByConnection" ->
                denied("The vault's network rules do not let us in", refusal).because(DenialReason.NETWORK);
            default -> denied("The vault does not allow it to us", refusal);
        };
    }

    private ProbeResult denied(String what, Refusal refusal) {
        return result(ProbeOutcome.ACCESS_DENIED, what, refusal);
    }

    /// Azure documents that such a key does not wrap, but not with which error code.
    private Optional<ProbeResult> outsideItsDates(Refusal refusal) {
        return key.flatMap(known -> dated(known, clock.instant()))
                .map(dated -> result(dated.outcome(), dated.detail(), refusal));
    }

    /// The outcome for a key outside its dates; empty for other keys.
    static Optional<ProbeResult> dated(KeyDescription key, Instant now) {
        Optional<ProbeResult> expired = key.expiresAt()
                .filter(end -> !now.isBefore(end))
                .map(end -> ProbeResult.of(ProbeOutcome.EXPIRED, "The key expired at " + end));
        return expired.or(() -> key.notBefore()
                .filter(now::isBefore)
                .map(start -> ProbeResult.of(ProbeOutcome.NOT_YET_VALID, "The key is not valid before " + start)));
    }

    private ProbeResult missing(Refusal refusal) {
        return refusal.code().equals(Optional.of("KeyNotFound"))
                ? result(ProbeOutcome.ABSENT, "The vault has no such key", refusal)
                : unavailable(refusal);
    }

    private ProbeResult conflict(Refusal refusal) {
        return refusal.innerCode().equals(Optional.of("ObjectIsDeletedButRecoverable"))
                ? result(ProbeOutcome.DELETED_RECOVERABLE, "The key is deleted", refusal)
                : unavailable(refusal);
    }

    private ProbeResult unavailable(Refusal refusal) {
        String who = refusal.isWrittenByKeyVault() ? "The vault is out of order" : "What answered is not a Key Vault";
        return result(ProbeOutcome.UNAVAILABLE, who, refusal);
    }

    private ProbeResult result(ProbeOutcome outcome, String what, Refusal refusal) {
        return ProbeResult.of(outcome, "%s (%s: %s).".formatted(what, operation, refusal.codes()));
    }
}
