package io.keyward.domain.event;

import io.keyward.domain.id.Counts;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import java.time.Instant;
import java.util.Optional;

/// How many flows of one kind exist, and when the oldest and the newest of them were created, if known.
///
/// A [RefusedException] with `INVALID_FIELD` is thrown for a negative count. Values of events are made by
/// [#parse].
public record FlowInventory(int count, Optional<Instant> oldestCreatedAt, Optional<Instant> newestCreatedAt) {
    /// No flows.
    public static final FlowInventory EMPTY = new FlowInventory(0, Optional.empty(), Optional.empty());

    public FlowInventory {
        Counts.requireNotNegative("count", count);
    }

    /// The inventory that an event states.
    ///
    /// @param path of the inventory in the schema
    /// @throws RefusedException `INVALID_FIELD` for a negative count, and if the newest was created before
    ///     the oldest
    public static FlowInventory parse(
            String path, int count, Optional<Instant> oldestCreatedAt, Optional<Instant> newestCreatedAt) {
        Counts.requireNotNegative(path + ".count", count);
        FlowInventory flows = new FlowInventory(count, oldestCreatedAt, newestCreatedAt);
        if (flows.contradictsItself()) {
            throw new RefusedException(
                    RefusalCode.INVALID_FIELD,
                    path + ".newestCreatedAt is " + newestCreatedAt.orElseThrow() + ", before oldestCreatedAt, "
                            + oldestCreatedAt.orElseThrow() + "; expected the same time or a later one.");
        }
        return flows;
    }

    /// How flows of this inventory are protected in an environment enabled at that time.
    ///
    /// Flows created before it stay on the Microsoft-managed key, and flows of unknown age count as created
    /// before it (R3). Dates that contradict each other, which an earlier version may have stored, tell no age.
    public Protection protectionWhenEnabledAt(Instant enabledSince) {
        if (count == 0) {
            return Protection.CUSTOMER_MANAGED;
        }
        if (contradictsItself()) {
            return Protection.MICROSOFT_MANAGED;
        }
        if (!createdBefore(orOfTheOnlyOne(oldestCreatedAt, newestCreatedAt), enabledSince)) {
            return Protection.CUSTOMER_MANAGED;
        }
        return createdBefore(orOfTheOnlyOne(newestCreatedAt, oldestCreatedAt), enabledSince)
                ? Protection.MICROSOFT_MANAGED
                : Protection.MIXED;
    }

    /// A single flow is both the oldest and the newest, so either date tells its age.
    private Optional<Instant> orOfTheOnlyOne(Optional<Instant> date, Optional<Instant> otherDate) {
        return count == 1 ? date.or(() -> otherDate) : date;
    }

    private boolean contradictsItself() {
        return oldestCreatedAt.isPresent()
                && newestCreatedAt.isPresent()
                && newestCreatedAt.get().isBefore(oldestCreatedAt.get());
    }

    private static boolean createdBefore(Optional<Instant> created, Instant moment) {
        return created.isEmpty() || created.get().isBefore(moment);
    }
}
