package io.keyward.topology.store;

import io.keyward.domain.decision.Sweep;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The store `deadlines`: when the timer of each environment fires, after which it is decided if no other event comes
/// (R25). Each timer has a row. The rows are in the order of time, those of one moment in the order of tenants.
///
/// The rows only repeat what the store `environments` says. If the store is new or its changelog was lost, deciding
/// every environment once fills it again.
public final class DeadlineStore {
    private static final byte[] PRESENT = {};

    private final KeyValueStore<Bytes, byte[]> store;

    /// No timer fires earlier: scans begin here, behind the deleted rows of earlier ones.
    private Instant noneBefore = Instant.ofEpochMilli(Long.MIN_VALUE);

    public DeadlineStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /// A moment at which a timer of the tenant fires.
    public record Due(Instant at, TenantId tenant) {}

    /// Whether the store was told to hold the timers of all environments.
    public boolean isFilled() {
        return store.get(RowKeys.filled()) != null;
    }

    /// Remembers that the store holds, or will soon hold, the timers of all environments.
    public void setFilled() {
        store.put(RowKeys.filled(), PRESENT);
    }

    /// Sets the timer of an environment anew. Does nothing if it fires at the same time.
    public void move(TenantId tenant, EnvironmentId environment, Optional<Instant> before, Optional<Instant> after) {
        if (before.equals(after)) {
            return;
        }
        // A delete would look up the row that it returns.
        before.ifPresent(due -> store.put(RowKeys.deadline(tenant, due, environment), null));
        after.ifPresent(due -> {
            store.put(RowKeys.deadline(tenant, due, environment), PRESENT);
            if (due.isBefore(noneBefore)) {
                noneBefore = due;
            }
        });
    }

    /// The first `max` moments up to `now` at which a timer fires, in order of time.
    public List<Due> dueBy(Instant now, int max) {
        List<Due> found = new ArrayList<>();
        if (noneBefore.isAfter(now)) {
            return found;
        }
        Optional<Bytes> from = Optional.of(RowKeys.deadlines(noneBefore));
        Bytes end = RowKeys.afterDeadlines(now);
        while (from.isPresent() && found.size() < max) {
            from = collect(from.get(), end, max, found);
        }
        noneBefore = found.isEmpty() ? now : found.getFirst().at();
        return found;
    }

    /// Adds moments in the order of rows, and stops at a second row of a moment. Returns where to continue after the
    /// other rows of that moment, which may be many; empty if no other timer fires by then.
    private Optional<Bytes> collect(Bytes from, Bytes end, int max, List<Due> found) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, end)) {
            while (rows.hasNext() && found.size() < max) {
                Due next = due(rows.next().key);
                if (!found.isEmpty() && found.getLast().equals(next)) {
                    return Optional.of(RowKeys.after(RowKeys.deadlines(next.at(), next.tenant())));
                }
                found.add(next);
            }
            return Optional.empty();
        }
    }

    private static Due due(Bytes key) {
        return new Due(RowKeys.deadlineTime(key), RowKeys.deadlineTenant(key));
    }

    /// The first `max` timers of a tenant that fire up to that time, after the one named, in order of time.
    ///
    /// It looks once at each moment up to then at which something of any tenant waits to be decided: mostly at one,
    /// because events of time are read in the order of their moments.
    public List<Sweep.Deadline> ofTenant(TenantId tenant, Instant upTo, Optional<Sweep.Deadline> after, int max) {
        List<Sweep.Deadline> found = new ArrayList<>();
        if (noneBefore.isAfter(upTo)) {
            return found;
        }
        Bytes end = RowKeys.afterDeadlines(upTo);
        Optional<Bytes> from =
                Optional.of(after.map(last -> RowKeys.after(RowKeys.deadline(tenant, last.at(), last.environmentId())))
                        .orElseGet(() -> RowKeys.deadlines(noneBefore, tenant)));
        while (from.isPresent() && found.size() < max) {
            from = collect(from.get(), end, tenant, max, found);
        }
        return found;
    }

    /// Adds timers in the order of rows, and stops at a row of another tenant. Returns where to continue: at the
    /// tenant's rows of that moment, or after all rows of it; empty if no other timer fires before the end.
    private Optional<Bytes> collect(Bytes from, Bytes end, TenantId tenant, int max, List<Sweep.Deadline> found) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, end)) {
            while (rows.hasNext() && found.size() < max) {
                Bytes key = rows.next().key;
                Instant at = RowKeys.deadlineTime(key);
                if (!RowKeys.deadlineTenant(key).equals(tenant)) {
                    Bytes own = RowKeys.deadlines(at, tenant);
                    return Optional.of(key.compareTo(own) < 0 ? own : RowKeys.afterDeadlines(at));
                }
                found.add(new Sweep.Deadline(at, RowKeys.environment(key)));
            }
            return Optional.empty();
        }
    }
}
