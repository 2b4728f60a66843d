package io.keyward.domain;

import java.time.Duration;
import java.time.Instant;

/// A key that an environment's data was under until it left it; backups are still under it.
///
/// @param left when it took effect
/// @param by why it was left: R9 for a removal, R22 for a swap
record FormerStay(Stay stay, Instant left, Rule by) {
    /// How long backups live, and so how long the key must be kept (R9).
    static final Duration BACKUPS_KEPT = Duration.ofDays(30);

    /// The moment from which on the key need not be kept any more.
    Instant keptUntil() {
        return left.plus(BACKUPS_KEPT);
    }

    /// Whether a backup could not be restored, while there is one (R9).
    boolean restoreAtRisk() {
        return stay.restoreAtRisk(left);
    }
}
