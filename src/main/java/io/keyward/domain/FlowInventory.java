package io.keyward.domain;

import java.time.Instant;
import java.util.Optional;

/// How many flows of one kind exist, and when the oldest and the newest of them were created, if known.
///
/// A [RefusedException] with `INVALID_FIELD` is thrown for a negative count.
public record FlowInventory(int count, Optional<Instant> oldestCreatedAt, Optional<Instant> newestCreatedAt) {
    /// No flows.
    public static final FlowInventory EMPTY = new FlowInventory(0, Optional.empty(), Optional.empty());

    public FlowInventory {
        Counts.notNegative("flow count", count);
    }

    /// How flows of this inventory are protected in an environment enabled at that time: those created before it stay
    /// on the Microsoft-managed key, and a flow of unknown age counts as created before (R3).
    public Protection protectionWhenEnabledAt(Instant enabledSince) {
        if (count == 0 || !createdBefore(oldestCreatedAt, enabledSince)) {
            return Protection.CUSTOMER_MANAGED;
        }
        return createdBefore(newestCreatedAt, enabledSince) ? Protection.MICROSOFT_MANAGED : Protection.MIXED;
    }

    private static boolean createdBefore(Optional<Instant> created, Instant moment) {
        return created.isEmpty() || created.get().isBefore(moment);
    }
}
