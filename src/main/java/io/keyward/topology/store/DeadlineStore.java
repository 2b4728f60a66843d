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
/// (R25). Each timer has two rows: one in the order of time over all tenants, one in the order of time within its
/// tenant.
///
/// The rows only repeat what the store `environments` says. If the store is new or its changelog was lost, deciding
/// every environment once fills it again.
public final class DeadlineStore {
    static final char BY_TIME = 1;
    static final char BY_TENANT = 2;
    static final char FILLED = 3;
    private static final byte[] PRESENT = {};

    private final KeyValueStore<Bytes, byte[]> store;

    /// No timer fires earlier. It spares scans while none fires, and scans over the deleted rows of earlier ones.
    private Instant noneBefore = Instant.ofEpochMilli(Long.MIN_VALUE);

    public DeadlineStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /// A moment at which a timer of the tenant fires.
    public record Due(Instant at, TenantId tenant) {}

    /// Whether the store was told to hold the timers of all environments.
    public boolean isFilled() {
        return store.get(StoreKeys.forKind(FILLED)) != null;
    }

    /// Remembers that the store holds, or will soon hold, the timers of all environments.
    public void setFilled() {
        store.put(StoreKeys.forKind(FILLED), PRESENT);
    }

    /// Sets the timer of an environment anew. Does nothing if it fires at the same time.
    public void move(TenantId tenant, EnvironmentId environment, Optional<Instant> before, Optional<Instant> after) {
        if (before.equals(after)) {
            return;
        }
        before.ifPresent(due -> {
            store.delete(StoreKeys.forTime(BY_TIME, due, tenant, environment));
            store.delete(StoreKeys.forQueue(BY_TENANT, tenant, due, environment));
        });
        after.ifPresent(due -> {
            store.put(StoreKeys.forTime(BY_TIME, due, tenant, environment), PRESENT);
            store.put(StoreKeys.forQueue(BY_TENANT, tenant, due, environment), PRESENT);
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
        Optional<Bytes> from = Optional.of(StoreKeys.forTime(BY_TIME, noneBefore));
        while (from.isPresent() && found.size() < max) {
            from = collect(from.get(), now, max, found);
        }
        return found;
    }

    /// Adds moments in the order of rows, and stops at a second row of a moment. Returns where to continue after the
    /// other rows of that moment, which may be many; empty if no other timer fires by then.
    private Optional<Bytes> collect(Bytes from, Instant now, int max, List<Due> found) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, StoreKeys.forKind(BY_TENANT))) {
            while (found.size() < max) {
                Optional<Due> next = rows.hasNext() ? Optional.of(due(rows.next().key)) : Optional.empty();
                if (found.isEmpty()) {
                    noneBefore = next.map(Due::at).orElse(Instant.MAX);
                }
                if (next.isEmpty() || next.get().at().isAfter(now)) {
                    return Optional.empty();
                }
                if (!found.isEmpty() && found.getLast().equals(next.get())) {
                    return Optional.of(StoreKeys.afterTime(
                            BY_TIME, next.get().at(), next.get().tenant()));
                }
                found.add(next.get());
            }
            return Optional.empty();
        }
    }

    private static Due due(Bytes key) {
        return new Due(StoreKeys.time(key), StoreKeys.timeTenant(key));
    }

    /// The first `max` timers of a tenant that fire up to that time, after the one named, in order of time.
    public List<Sweep.Deadline> ofTenant(TenantId tenant, Instant upTo, Optional<Sweep.Deadline> after, int max) {
        Bytes prefix = StoreKeys.forKind(BY_TENANT, tenant);
        Bytes from = after.map(
                        last -> StoreKeys.after(StoreKeys.forQueue(BY_TENANT, tenant, last.at(), last.environmentId())))
                .orElse(prefix);
        List<Sweep.Deadline> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, StoreKeys.last(prefix))) {
            while (rows.hasNext() && found.size() < max) {
                Bytes key = rows.next().key;
                Instant due = StoreKeys.queuePlace(prefix, key);
                if (due.isAfter(upTo)) {
                    return found;
                }
                found.add(new Sweep.Deadline(due, StoreKeys.queuedEnvironment(prefix, key)));
            }
        }
        return found;
    }
}
