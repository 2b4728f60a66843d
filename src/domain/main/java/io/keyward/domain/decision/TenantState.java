package io.keyward.domain.decision;

import io.keyward.domain.event.Event;
import io.keyward.domain.fact.Register;
import java.time.Instant;
import java.util.Optional;

/// The stored state of a tenant: the stated limit, the slots in use, what was published about the warning of R13,
/// and the time that it has reached.
///
/// @param slotsUsed how many environments are enabled (R10)
/// @param limitIncident what was last published about `ENVIRONMENT_LIMIT_NEAR`, while that warning is open
/// @param timeReached the latest time of a `time-reached` event (R25)
/// @param limitIncidents how many incidents that warning has had; at least 1 if that is not known
public record TenantState(
        Optional<Register<Integer>> statedLimit,
        int slotsUsed,
        Optional<Incident> limitIncident,
        Optional<Instant> timeReached,
        int limitIncidents) {
    /// How many environments can be enabled if no event states a limit (R10).
    private static final int DEFAULT_LIMIT = 25;

    /// The percentage of the limit at which administrators are warned (R13).
    static final int NEAR_PERCENT = 80;

    /// No limit stated, no slot in use.
    public static final TenantState NONE = new TenantState(Optional.empty(), 0, Optional.empty(), Optional.empty(), 0);

    /// This state with the limit that the event states; equal to `this` if nothing changes.
    public TenantState with(Event.TenantLimitChanged event) {
        Register<Integer> limit = new Register<>(event.stamp(), event.environmentLimit());
        Optional<Register<Integer>> latest = Optional.of(Register.latest(statedLimit, limit));
        return new TenantState(latest, slotsUsed, limitIncident, timeReached, limitIncidents);
    }

    /// This state with that many more slots in use; fewer if negative.
    public TenantState addSlots(int more) {
        return new TenantState(statedLimit, slotsUsed + more, limitIncident, timeReached, limitIncidents);
    }

    /// This state after a record of its warning: of that incident, or cleared if empty.
    public TenantState withLimitNear(Optional<Incident> incident) {
        boolean begins = incident.isPresent() && !incident.map(Incident::id).equals(limitIncident.map(Incident::id));
        return new TenantState(
                statedLimit, slotsUsed, incident, timeReached, Math.max(1, limitIncidents + (begins ? 1 : 0)));
    }

    /// Whether a record of that warning stands, raised or cleared; true if that is not known.
    public boolean limitPublished() {
        return limitIncidents > 0;
    }

    /// This state with the time of the event; equal to `this` if it has reached that time already.
    public TenantState with(Event.TimeReached event) {
        return timeReached.filter(reached -> !event.dueAt().isAfter(reached)).isPresent()
                ? this
                : new TenantState(statedLimit, slotsUsed, limitIncident, Optional.of(event.dueAt()), limitIncidents);
    }

    /// How many environments can be enabled (R10).
    public int limit() {
        return statedLimit.map(Register::value).orElse(DEFAULT_LIMIT);
    }

    /// Whether a slot is free (R10). A lowered limit takes no slot away (R13).
    public boolean slotFree() {
        return slotsUsed < limit();
    }

    /// Whether the whole limit is in use. A limit of 0 with no slot in use does not count.
    public boolean atLimit() {
        return slotsUsed > 0 && !slotFree();
    }

    /// Whether `ENVIRONMENT_LIMIT_NEAR` must be open: at least one slot and 80 percent of the limit are in
    /// use (R13).
    public boolean limitNear() {
        return slotsUsed >= limitNearFrom();
    }

    /// From how many slots in use on it must be open: 80 percent of the limit, rounded up, and at least one.
    int limitNearFrom() {
        return (int) Math.max(1, Math.ceilDiv((long) NEAR_PERCENT * limit(), 100L));
    }
}
