package io.keyward.domain.decision;

import io.keyward.domain.event.Event;
import io.keyward.domain.fact.Register;
import java.time.Instant;
import java.util.Optional;

/// What is kept of a tenant: the stated limit, how many slots are taken, and since when the warning of R13 is open.
///
/// @param slotsUsed how many environments are enabled (R10)
/// @param limitNearSince the time of the event that raised `ENVIRONMENT_LIMIT_NEAR`, while it is open
public record TenantState(Optional<Register<Integer>> statedLimit, int slotsUsed, Optional<Instant> limitNearSince) {
    /// How many environments of a tenant can be enabled unless told otherwise (R10).
    public static final int DEFAULT_LIMIT = 25;

    /// The percentage of the limit from which on administrators are warned (R13).
    static final int NEAR_PERCENT = 80;

    /// Nothing known, nothing used.
    public static final TenantState NONE = new TenantState(Optional.empty(), 0, Optional.empty());

    /// This state and the limit that the event states; equal to `this` when it tells nothing new.
    public TenantState with(Event.TenantLimitChanged event) {
        Register<Integer> limit = new Register<>(event.stamp(), event.environmentLimit());
        return new TenantState(Optional.of(Register.latest(statedLimit, limit)), slotsUsed, limitNearSince);
    }

    /// This state with that many slots more (or fewer) in use.
    public TenantState addSlots(int more) {
        return new TenantState(statedLimit, slotsUsed + more, limitNearSince);
    }

    /// This state with its warning open since then, or not open.
    public TenantState withLimitNear(Optional<Instant> since) {
        return new TenantState(statedLimit, slotsUsed, since);
    }

    /// How many environments can be enabled (R10).
    public int limit() {
        return statedLimit.map(Register::value).orElse(DEFAULT_LIMIT);
    }

    /// Whether a slot is free (R10); a lowered limit takes none away (R13).
    public boolean slotFree() {
        return slotsUsed < limit();
    }

    /// Whether the whole limit is in use; a limit of 0 that nobody uses is not.
    public boolean atLimit() {
        return slotsUsed > 0 && !slotFree();
    }

    /// Whether `ENVIRONMENT_LIMIT_NEAR` is to be open: 80 percent of the limit in use, and at least one slot (R13).
    public boolean limitNear() {
        return slotsUsed > 0 && 100L * slotsUsed >= (long) NEAR_PERCENT * limit();
    }
}
