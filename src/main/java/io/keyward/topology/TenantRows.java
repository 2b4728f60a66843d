package io.keyward.topology;

import io.keyward.avro.StateCodec;
import io.keyward.domain.EnvironmentId;
import io.keyward.domain.TenantId;
import io.keyward.domain.TenantState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rows of the store `tenants` that tell of tenants and of their queues. Rows of several kinds share the store
/// and are told apart by their first byte; the others are [SweepRows].
final class TenantRows {
    private static final char STATE = 1;
    private static final char QUEUE = 2;
    private static final byte[] PRESENT = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final DecodedRows<TenantState> states;

    TenantRows(KeyValueStore<Bytes, byte[]> store, long cachedBytes) {
        this.store = store;
        this.states = new DecodedRows<>(store, StateCodec.ofTenants(), TenantState.NONE, cachedBytes);
    }

    TenantState get(TenantId tenant) {
        return states.get(RowKeys.ofKind(STATE, tenant));
    }

    void put(TenantId tenant, TenantState state) {
        states.put(RowKeys.ofKind(STATE, tenant), state);
    }

    /// All rows that hold a tenant's state.
    static RangeQuery<Bytes, byte[]> allStates() {
        return RangeQuery.withRange(RowKeys.ofKind(STATE), RowKeys.ofKind(QUEUE));
    }

    void enqueue(TenantId tenant, Instant place, EnvironmentId environment) {
        store.put(RowKeys.ofPlace(QUEUE, tenant, place, environment), PRESENT);
    }

    void dequeue(TenantId tenant, Instant place, EnvironmentId environment) {
        store.delete(RowKeys.ofPlace(QUEUE, tenant, place, environment));
    }

    /// Who has waited longest (R12).
    Optional<EnvironmentId> firstInQueue(TenantId tenant) {
        return queue(tenant, 1).stream().findFirst();
    }

    /// The first `most` of those who wait, in their order.
    List<EnvironmentId> queue(TenantId tenant, int most) {
        Bytes prefix = RowKeys.ofKind(QUEUE, tenant);
        List<EnvironmentId> first = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(prefix, RowKeys.last(prefix))) {
            while (rows.hasNext() && first.size() < most) {
                first.add(RowKeys.queuedEnvironment(prefix, rows.next().key));
            }
        }
        return first;
    }
}
