package io.keyward.topology;

import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.DeadlineStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;

/// Writes a `time-reached` event for each expired deadline of a tenant, in order of time (R25). Deadlines of a
/// tenant at the same moment share an event.
///
/// The deadlines are rows of a store, and a row is kept until its environment has been decided after the event
/// was read. So an event that is lost or refused is written again. What this class remembers of written events
/// only avoids duplicates, which would be harmless.
///
/// @param written the latest event of each tenant that has not been read yet, as far as this instance knows;
///     empty at first, and modified only by this class
record DeadlineScheduler(TaskStores stores, TaskOutputs outputs, Map<TenantId, Written> written) {
    /// The number of moments that one call considers. It also limits how many events wait to be read.
    private static final int MAX_MOMENTS = 1_000;

    /// An event that has not been read within this time is treated as lost.
    private static final Duration LOST_AFTER = Duration.ofMinutes(1);

    /// The latest event written for a tenant, and the time at which it was written.
    record Written(Instant dueAt, Instant at) {}

    /// Writes the events of all deadlines that are due now, except those that already wait to be read.
    ///
    /// @param excluded the tenants to skip; their events are written once they are no longer excluded
    void writeDue(Instant now, Predicate<TenantId> excluded) {
        written.values().removeIf(latest -> latest.at().plus(LOST_AFTER).isBefore(now));
        stores.deadlines().dueBy(now, MAX_MOMENTS).stream()
                .filter(due -> !excluded.test(due.tenant()) && !isCovered(due))
                .forEach(due -> {
                    outputs.publish(new Event.TimeReached(due.tenant(), due.at()), now);
                    written.put(due.tenant(), new Written(due.at(), now));
                });
    }

    /// Called when an event has been read: events of its tenant up to this one no longer wait.
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

    /// Whether an event that waits to be read, or a running fan-out, covers this moment.
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
