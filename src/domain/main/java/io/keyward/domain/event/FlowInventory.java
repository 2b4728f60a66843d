package io.keyward.domain.event;

import io.keyward.domain.id.Counts;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The flows of one kind: how many exist, when the oldest and the newest of them were created, and how many of
/// them the platform reports under the Microsoft-managed key, if known.
///
/// A [RefusedException] with `INVALID_FIELD` is thrown for an inconsistent count, for more than [#MAX_IDS] ids,
/// and if the newest flow was created before the oldest.
///
/// @param cannotMigrate some of the flows that the platform cannot migrate to the customer's key (R3a)
public record FlowInventory(
        int count,
        Optional<Instant> oldestCreatedAt,
        Optional<Instant> newestCreatedAt,
        Optional<Integer> onMicrosoftManagedKey,
        List<FlowId> cannotMigrate) {
    /// The maximum number of ids in `cannotMigrate`: as many as a warning names.
    public static final int MAX_IDS = 10;

    /// No flows.
    public static final FlowInventory EMPTY = new FlowInventory(0, Optional.empty(), Optional.empty());

    public FlowInventory {
        Counts.requireNotNegative("count", count);
        if (onMicrosoftManagedKey.isPresent()
                && (onMicrosoftManagedKey.get() < 0 || onMicrosoftManagedKey.get() > count)) {
            throw RefusedException.invalidField("onMicrosoftManagedKey is " + onMicrosoftManagedKey.get()
                    + "; expected 0 to " + count + ", the count.");
        }
        Counts.requireAtMost("cannotMigrate", cannotMigrate.size(), MAX_IDS, "ids");
        cannotMigrate = List.copyOf(cannotMigrate);
        if (oldestCreatedAt.isPresent()
                && newestCreatedAt.isPresent()
                && newestCreatedAt.get().isBefore(oldestCreatedAt.get())) {
            throw RefusedException.invalidField(
                    "newestCreatedAt is " + newestCreatedAt.get() + ", before oldestCreatedAt, " + oldestCreatedAt.get()
                            + "; expected the same time or a later one.");
        }
    }

    /// Flows of which only the ages are known.
    public FlowInventory(int count, Optional<Instant> oldestCreatedAt, Optional<Instant> newestCreatedAt) {
        this(count, oldestCreatedAt, newestCreatedAt, Optional.empty(), List.of());
    }

    /// The inventory that an event states.
    ///
    /// @param path of the inventory in the schema, which a refusal names
    public static FlowInventory parse(
            String path,
            int count,
            Optional<Instant> oldestCreatedAt,
            Optional<Instant> newestCreatedAt,
            Optional<Integer> onMicrosoftManagedKey,
            List<FlowId> cannotMigrate) {
        try {
            return new FlowInventory(count, oldestCreatedAt, newestCreatedAt, onMicrosoftManagedKey, cannotMigrate);
        } catch (RefusedException refused) {
            throw RefusedException.invalidField(path + "." + refused.detail());
        }
    }

    /// How flows of this inventory are protected in an environment enabled at that time.
    ///
    /// Flows created before it stay on the Microsoft-managed key, and flows of unknown age count as created
    /// before it (R3).
    public Protection protectionWhenEnabledAt(Instant enabledSince) {
        if (count == 0) {
            return Protection.CUSTOMER_MANAGED;
        }
        if (!createdBefore(orOfTheOnlyOne(oldestCreatedAt, newestCreatedAt), enabledSince)) {
            return Protection.CUSTOMER_MANAGED;
        }
        return createdBefore(orOfTheOnlyOne(newestCreatedAt, oldestCreatedAt), enabledSince)
                ? Protection.MICROSOFT_MANAGED
                : Protection.MIXED;
    }

    /// How flows of this inventory are protected if that many are under the Microsoft-managed key (R3a).
    public Protection protectionWith(int onMicrosoftManagedKey) {
        if (onMicrosoftManagedKey == 0) {
            return Protection.CUSTOMER_MANAGED;
        }
        return onMicrosoftManagedKey == count ? Protection.MICROSOFT_MANAGED : Protection.MIXED;
    }

    /// A single flow is both the oldest and the newest, so either date determines its age.
    private Optional<Instant> orOfTheOnlyOne(Optional<Instant> date, Optional<Instant> otherDate) {
        return count == 1 ? date.or(() -> otherDate) : date;
    }

    private static boolean createdBefore(Optional<Instant> created, Instant moment) {
        return created.isEmpty() || created.get().isBefore(moment);
    }
}
