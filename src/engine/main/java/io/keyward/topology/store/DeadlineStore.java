package io.keyward.topology.store;

import io.keyward.domain.decision.FanOut;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The store `deadlines`: the time at which the timer of each environment fires; the environment is then decided
/// if no other event was (R25). Each timer has a row. The rows are sorted by time, then by tenant.
///
/// The rows are derived from the store `environments`. If the store is new or its changelog was lost, deciding
/// every environment once refills it.
public final class DeadlineStore {

    private final KeyValueStore<Bytes, byte[]> store;

    /// No timer fires earlier. Scans start here, after the deleted rows of earlier timers.
    private Instant noneBefore = Instant.ofEpochMilli(Long.MIN_VALUE);

    public DeadlineStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /// A moment at which a timer of the tenant fires.
    public record Entry(Instant at, TenantId tenant) {}

    /// Whether the store is marked as containing the timers of all environments.
    public boolean isFilled() {
        return store.get(RowKeys.FILLED_ROW) != null;
    }

    /// Marks that the store contains, or will soon contain, the timers of all environments.
    public void setFilled() {
        store.put(RowKeys.FILLED_ROW, RowKeys.PRESENT);
    }

    /// Moves the timer of an environment. Does nothing if the time is the same.
    public void move(TenantId tenant, EnvironmentId environment, Optional<Instant> before, Optional<Instant> after) {
        if (before.equals(after)) {
            return;
        }
        // Not a delete, which would look up the row that it returns.
        before.ifPresent(due -> store.put(RowKeys.deadline(tenant, due, environment), null));
        after.ifPresent(due -> {
            store.put(RowKeys.deadline(tenant, due, environment), RowKeys.PRESENT);
            if (due.isBefore(noneBefore)) {
                noneBefore = due;
            }
        });
    }

    /// The first `max` moments up to `now` at which a timer fires, in order of time.
    public List<Entry> dueBy(Instant now, int max) {
        List<Entry> found = new ArrayList<>();
        if (noneBefore.isAfter(now)) {
            return found;
        }
        scan(RowKeys.deadlines(noneBefore), now, () -> found.size() < max, row -> {
            Entry next = new Entry(RowKeys.deadlineTime(row), RowKeys.deadlineTenant(row));
            if (!found.isEmpty() && found.getLast().equals(next)) { // the moment may have many more rows
                return Optional.of(RowKeys.after(RowKeys.deadlines(next.at(), next.tenant())));
            }
            found.add(next);
            return Optional.empty();
        });
        noneBefore = found.isEmpty() ? now : found.getFirst().at();
        return found;
    }

    /// The first `max` timers of a tenant that fire up to that time, after the one named, in order of time.
    ///
    /// Seeks once for each earlier moment at which a timer of any tenant is due: usually once, because time
    /// events are read in the order of their moments.
    public List<FanOut.Deadline> ofTenant(TenantId tenant, Instant upTo, Optional<FanOut.Deadline> after, int max) {
        List<FanOut.Deadline> found = new ArrayList<>();
        if (noneBefore.isAfter(upTo)) {
            return found;
        }
        Bytes from = after.map(last -> RowKeys.after(RowKeys.deadline(tenant, last.at(), last.environmentId())))
                .orElseGet(() -> RowKeys.deadlines(noneBefore, tenant));
        scan(from, upTo, () -> found.size() < max, row -> {
            Instant at = RowKeys.deadlineTime(row);
            if (!RowKeys.deadlineTenant(row).equals(tenant)) { // on to the tenant's rows of that moment, or past it
                Bytes own = RowKeys.deadlines(at, tenant);
                return Optional.of(row.compareTo(own) < 0 ? own : RowKeys.afterDeadlines(at));
            }
            found.add(new FanOut.Deadline(at, RowKeys.environment(row)));
            return Optional.empty();
        });
        return found;
    }

    /// Passes the keys of rows up to a time to the reader, in order.
    ///
    /// @param wanted whether to continue
    /// @param reader returns the key at which to continue, or empty for the next row
    private void scan(Bytes from, Instant upTo, BooleanSupplier wanted, Function<Bytes, Optional<Bytes>> reader) {
        Bytes end = RowKeys.afterDeadlines(upTo);
        Optional<Bytes> next = Optional.of(from);
        while (next.isPresent() && wanted.getAsBoolean()) {
            try (KeyValueIterator<Bytes, byte[]> rows = store.range(next.get(), end)) {
                next = Optional.empty();
                while (next.isEmpty() && rows.hasNext() && wanted.getAsBoolean()) {
                    next = reader.apply(rows.next().key);
                }
            }
        }
    }
}
