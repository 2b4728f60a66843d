package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rows of the store `tenants` for the state and the queue of tenants, for erasures, and for the
/// progress of the partition. Rows of several kinds share the store; their first byte is the kind. For the
/// others, see [PendingFanOutStore].
public final class TenantStore {

    private final KeyValueStore<Bytes, byte[]> store;
    private final CachedStore<TenantId, TenantState> states;

    /// Usually false; then no lookup is needed.
    private boolean anyErased;

    public TenantStore(KeyValueStore<Bytes, byte[]> store, long cachedBytes) {
        this.store = store;
        this.states = new CachedStore<>(
                store, tenant -> RowKeys.tenantState(tenant), StateCodec.TENANTS, TenantState.NONE, cachedBytes);
        Bytes erased = RowKeys.ofKind(RowKeys.ERASED);
        this.anyErased = RowRange.first(store, erased, RowKeys.after(erased))
                .filter(row -> RowKeys.isOf(RowKeys.ERASED, row)) // the range can include the progress row
                .isPresent();
    }

    public TenantState get(TenantId tenant) {
        return states.get(tenant);
    }

    public void put(TenantId tenant, TenantState state) {
        states.put(tenant, state);
    }

    /// Deletes the tenant's state, its queue, and the marks of [#spare].
    public void delete(TenantId tenant) {
        states.delete(tenant);
        RowRange.delete(store, RowKeys.ofKind(RowKeys.QUEUE, tenant));
        spareNone(tenant);
    }

    /// The time of the tenant's last erasure; empty if there was none. Only a hash of the tenant's id is stored.
    public Optional<Instant> erasedAt(TenantId tenant) {
        return anyErased
                ? Optional.ofNullable(store.get(RowKeys.erasure(tenant))).map(StateCodec.ERASURES::read)
                : Optional.empty();
    }

    /// Stores the time of an erasure, unless a later one is stored.
    public void erased(TenantId tenant, Instant at) {
        Instant last = erasedAt(tenant).filter(at::isBefore).orElse(at);
        store.put(RowKeys.erasure(tenant), StateCodec.ERASURES.write(last));
        anyErased = true;
    }

    /// The last published progress of the partition.
    public Optional<ProgressRow> progress() {
        return Optional.ofNullable(store.get(ProgressRow.KEY)).map(ProgressRow::read);
    }

    public void putProgress(ProgressRow progress) {
        store.put(ProgressRow.KEY, progress.bytes());
    }

    /// Marks that everything stored about the environment arrived after the start of the tenant's
    /// running erasure.
    public void spare(TenantId tenant, EnvironmentId environment) {
        store.put(RowKeys.spared(tenant, environment), RowKeys.PRESENT);
    }

    public boolean isSpared(TenantId tenant, EnvironmentId environment) {
        return store.get(RowKeys.spared(tenant, environment)) != null;
    }

    public void spareNone(TenantId tenant) {
        RowRange.delete(store, RowKeys.ofKind(RowKeys.SPARED, tenant));
    }

    /// The range of all rows with a tenant's state.
    static RangeQuery<Bytes, byte[]> allStates() {
        return RangeQuery.withRange(RowKeys.ofKind(RowKeys.STATE), RowKeys.ofKind(RowKeys.QUEUE));
    }

    public void enqueue(TenantId tenant, Instant queuedAt, EnvironmentId environment) {
        store.put(RowKeys.queue(tenant, queuedAt, environment), RowKeys.PRESENT);
    }

    public void dequeue(TenantId tenant, Instant queuedAt, EnvironmentId environment) {
        // Not a delete, which would look up the row that it returns.
        store.put(RowKeys.queue(tenant, queuedAt, environment), null);
    }

    /// The environment that has waited longest (R12).
    public Optional<EnvironmentId> firstInQueue(TenantId tenant) {
        return firstInQueue(tenant, 1).stream().findFirst();
    }

    /// The first `max` waiting environments, in order.
    public List<EnvironmentId> firstInQueue(TenantId tenant, int max) {
        Bytes prefix = RowKeys.ofKind(RowKeys.QUEUE, tenant);
        return RowRange.startingWith(store, prefix, Optional.empty(), max, RowKeys::queuedEnvironment);
    }
}
