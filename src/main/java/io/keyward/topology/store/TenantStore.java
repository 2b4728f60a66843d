package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rows of the store `tenants` for the state and the queue of tenants, and for erasures that go on. Rows of several
/// kinds share the
/// store; their first byte tells the kind. The others are in [PendingSweepStore].
public final class TenantStore {
    static final char STATE = 1;
    static final char QUEUE = 2;
    static final char SPARED = 5;
    private static final byte[] PRESENT = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final CachedStore<TenantId, TenantState> states;

    public TenantStore(KeyValueStore<Bytes, byte[]> store, long cachedBytes) {
        this.store = store;
        this.states = new CachedStore<>(
                store,
                tenant -> StoreKeys.forKind(STATE, tenant),
                StateCodec.ofTenants(),
                TenantState.NONE,
                cachedBytes);
    }

    public TenantState get(TenantId tenant) {
        return states.get(tenant);
    }

    public void put(TenantId tenant, TenantState state) {
        states.put(tenant, state);
    }

    /// Deletes the tenant's state and queue, and what [#spare] remembers.
    public void delete(TenantId tenant) {
        states.delete(tenant);
        RowRange.delete(store, StoreKeys.forKind(QUEUE, tenant));
        spareNone(tenant);
    }

    /// Remembers that all that is stored about the environment came after the erasure of its tenant, which goes on.
    public void spare(TenantId tenant, EnvironmentId environment) {
        store.put(StoreKeys.forSpared(SPARED, tenant, environment), PRESENT);
    }

    public boolean isSpared(TenantId tenant, EnvironmentId environment) {
        return store.get(StoreKeys.forSpared(SPARED, tenant, environment)) != null;
    }

    public void spareNone(TenantId tenant) {
        RowRange.delete(store, StoreKeys.forKind(SPARED, tenant));
    }

    /// The range of all rows with a tenant's state.
    static RangeQuery<Bytes, byte[]> allStates() {
        return RangeQuery.withRange(StoreKeys.forKind(STATE), StoreKeys.forKind(QUEUE));
    }

    public void enqueue(TenantId tenant, Instant place, EnvironmentId environment) {
        store.put(StoreKeys.forQueue(QUEUE, tenant, place, environment), PRESENT);
    }

    public void dequeue(TenantId tenant, Instant place, EnvironmentId environment) {
        // A delete would look up the row that it returns.
        store.put(StoreKeys.forQueue(QUEUE, tenant, place, environment), null);
    }

    /// The environment that has waited longest (R12).
    public Optional<EnvironmentId> firstInQueue(TenantId tenant) {
        return firstInQueue(tenant, 1).stream().findFirst();
    }

    /// The first `max` waiting environments, in order.
    public List<EnvironmentId> firstInQueue(TenantId tenant, int max) {
        Bytes prefix = StoreKeys.forKind(QUEUE, tenant);
        List<EnvironmentId> first = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(prefix, StoreKeys.last(prefix))) {
            while (rows.hasNext() && first.size() < max) {
                first.add(StoreKeys.queuedEnvironment(prefix, rows.next().key));
            }
        }
        return first;
    }
}
