package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A former key of an environment's data. Backups may still be encrypted with it.
///
/// @param left when the data left the key
/// @param by the rule by which it left: R9 for a removal, R22 for a swap
public record FormerKeyPeriod(KeyPeriod period, Instant left, Rule by) {
    /// How long backups live, and so how long the key must be kept (R9).
    static final Duration BACKUPS_KEPT = Duration.ofDays(30);

    /// Until when the key must be kept.
    public Instant keptUntil() {
        return left.plus(BACKUPS_KEPT);
    }

    /// Whether backups may not be restorable because the key is revoked (R9).
    public boolean restoreAtRisk() {
        return !revocationsOfBackups().isEmpty();
    }

    /// The revocations because of which backups may not be restorable (R9).
    public List<Fact.Revocation> revocationsOfBackups() {
        return period.revocationsOfBackups(left);
    }
}
