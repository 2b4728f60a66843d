package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import java.time.Duration;
import java.time.Instant;

/// A key that an environment's data was under until it left it; backups are still under it.
///
/// @param left when it took effect
/// @param by why it was left: R9 for a removal, R22 for a swap
public record FormerKeyPeriod(KeyPeriod period, Instant left, Rule by) {
    /// How long backups live, and so how long the key must be kept (R9).
    static final Duration BACKUPS_KEPT = Duration.ofDays(30);

    /// The moment from which on the key need not be kept any more.
    public Instant keptUntil() {
        return left.plus(BACKUPS_KEPT);
    }

    /// Whether a backup could not be restored, while there is one (R9).
    public boolean restoreAtRisk() {
        return period.restoreAtRisk(left);
    }
}
