package io.keyward.vault;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// What a vault's refusal of one operation says about a key, by Azure's codes.
///
/// @param key what is known of it already
record Reading(Operation operation, Optional<KeyDescription> key, Clock clock) {

    Finding of(Refusal refusal) {
        Finding finding = verdict(refusal);
        Finding complete = key.map(finding::about).orElse(finding);
        return refusal.retryAfter().map(complete::notBefore).orElse(complete);
    }

    private Finding verdict(Refusal refusal) {
        if (refusal.status() == 429) {
            return Finding.of(Verdict.THROTTLED, sentence("The vault is over its quota", refusal));
        }
        if (!refusal.isWrittenByKeyVault() || refusal.status() >= 500) {
            return unavailable(refusal);
        }
        return switch (refusal.status()) {
            case 401 -> Finding.of(Verdict.OWN_IDENTITY, sentence("The vault does not accept our token", refusal));
            case 403 -> forbidden(refusal);
            case 404 -> missing(refusal);
            case 409 -> conflict(refusal);
            default -> unavailable(refusal);
        };
    }

    private Finding forbidden(Refusal refusal) {
        return switch (refusal.innerCode().orElse("")) {
            case "KeyDisabled" -> Finding.of(Verdict.DISABLED, sentence("The key is disabled", refusal));
            case "KeyOperationForbidden" ->
                Finding.of(Verdict.UNSUITABLE, sentence("The key may not be used for it", refusal));
            case "ForbiddenByRbac" ->
                denied("No role assignment of ours allows it", refusal).because(DenialReason.RBAC);
            case "ForbiddenByPolicy", "AccessDenied" ->
                denied("The vault's access policies do not allow it to us", refusal)
                        .because(DenialReason.POLICY);
            case "ForbiddenByFirewall", "ForbiddenByConnection" ->
                denied("The vault's network rules do not let us in", refusal).because(DenialReason.NETWORK);
            default -> outsideItsDates(refusal).orElseGet(() -> denied("The vault does not allow it to us", refusal));
        };
    }

    private Finding denied(String what, Refusal refusal) {
        return Finding.of(Verdict.ACCESS_DENIED, sentence(what, refusal));
    }

    /// Azure documents that such a key does not wrap, but not by which code it says so.
    private Optional<Finding> outsideItsDates(Refusal refusal) {
        return key.flatMap(known -> dated(known, clock.instant()))
                .map(dated -> Finding.of(dated.verdict(), sentence(dated.detail(), refusal)));
    }

    /// The verdict of a key that is outside its dates; empty for any other.
    static Optional<Finding> dated(KeyDescription key, Instant now) {
        Optional<Finding> expired = key.expiresAt()
                .filter(end -> !now.isBefore(end))
                .map(end -> Finding.of(Verdict.EXPIRED, "The key expired at " + end));
        return expired.or(() -> key.notBefore()
                .filter(now::isBefore)
                .map(start -> Finding.of(Verdict.NOT_YET_VALID, "The key is not valid before " + start)));
    }

    private Finding missing(Refusal refusal) {
        return refusal.code().filter("KeyNotFound"::equals).isPresent()
                ? Finding.of(Verdict.ABSENT, sentence("The vault has no such key", refusal))
                : unavailable(refusal);
    }

    private Finding conflict(Refusal refusal) {
        return refusal.innerCode()
                        .filter("ObjectIsDeletedButRecoverable"::equals)
                        .isPresent()
                ? Finding.of(Verdict.DELETED_RECOVERABLE, sentence("The key is deleted", refusal))
                : unavailable(refusal);
    }

    private Finding unavailable(Refusal refusal) {
        String who = refusal.isWrittenByKeyVault() ? "The vault is out of order" : "What answered is not a Key Vault";
        return Finding.of(Verdict.UNAVAILABLE, sentence(who, refusal));
    }

    private String sentence(String what, Refusal refusal) {
        return "%s (%s: %s).".formatted(what, operation, refusal.codes());
    }
}
