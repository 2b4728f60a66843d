package io.keyward.topology;

import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.DeadlineStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;

/// Writes a `time-reached` event for each moment at which something of a tenant has fallen due, in order of time
/// (R25).
///
/// The deadlines are rows of a store, and a row stays until its environment has been decided after the event was
/// read. So an event that is lost or refused is written again. What this class remembers of written events only
/// avoids writing them twice, which would be harmless.
///
/// @param written the latest event of each tenant that waits to be read, as far as this instance knows; empty
///     at first, and changed by this class alone
record DeadlineScheduler(TaskStores stores, TaskOutputs outputs, Map<TenantId, Written> written) {
    /// How many moments are looked at in one call. It also limits how many events wait to be read.
    private static final int MAX_MOMENTS = 1_000;

    /// After this time, an event that has not been read counts as lost.
    private static final Duration LOST_AFTER = Duration.ofMinutes(1);

    /// The latest event written for a tenant, and when.
    record Written(Instant dueAt, Instant at) {}

    /// Writes the events for what is due now, unless they wait to be read.
    ///
    /// @param left the tenants that are left out; their events are written when they are not left out any more
    void writeDue(Instant now, Predicate<TenantId> left) {
        written.values().removeIf(latest -> latest.at().plus(LOST_AFTER).isBefore(now));
        stores.deadlines().dueBy(now, MAX_MOMENTS).stream()
                .filter(due -> !left.test(due.tenant()) && !isCovered(due))
                .forEach(due -> {
                    outputs.publish(new Event.TimeReached(due.tenant(), due.at()), now);
                    written.put(due.tenant(), new Written(due.at(), now));
                });
    }

    /// Forgets that events up to this one wait to be read.
    void read(Event.TimeReached event) {
        Written latest = written.get(event.tenantId());
        if (latest != null && !latest.dueAt().isAfter(event.dueAt())) {
            written.remove(event.tenantId());
        }
    }

    /// Whether an event of the tenant waits to be read, as far as this instance knows.
    boolean awaits(TenantId tenant) {
        return written.containsKey(tenant);
    }

    /// Whether an event that waits to be read, or a sweep that goes on, reaches this moment.
    private boolean isCovered(DeadlineStore.Entry due) {
        Written latest = written.get(due.tenant());
        boolean waits = latest != null && !latest.dueAt().isBefore(due.at());
        return waits
                || stores.tenants()
                        .get(due.tenant())
                        .timeReached()
                        .filter(reached -> !reached.isBefore(due.at()))
                        .isPresent();
    }
}
