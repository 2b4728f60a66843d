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

/// The rows of the store `tenants` for the state and the queue of tenants, and for erasures that go on. Rows of several
/// kinds share the
/// store; their first byte tells the kind. The others are in [PendingFanOutStore].
public final class TenantStore {

    private final KeyValueStore<Bytes, byte[]> store;
    private final CachedStore<TenantId, TenantState> states;

    /// Mostly nobody was, so that nothing has to be looked up.
    private boolean anyErased;

    public TenantStore(KeyValueStore<Bytes, byte[]> store, long cachedBytes) {
        this.store = store;
        this.states = new CachedStore<>(
                store, tenant -> RowKeys.tenantState(tenant), StateCodec.TENANTS, TenantState.NONE, cachedBytes);
        Bytes erased = RowKeys.ofKind(RowKeys.ERASED);
        this.anyErased = RowRange.first(store, erased, RowKeys.after(erased))
                .filter(row -> RowKeys.isOf(RowKeys.ERASED, row)) // behind the last one stands the progress
                .isPresent();
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
        RowRange.delete(store, RowKeys.ofKind(RowKeys.QUEUE, tenant));
        spareNone(tenant);
    }

    /// When the tenant was erased last, if it ever was. Only a hash of its id is kept.
    public Optional<Instant> erasedAt(TenantId tenant) {
        return anyErased
                ? Optional.ofNullable(store.get(RowKeys.erasure(tenant))).map(StateCodec.ERASURES::read)
                : Optional.empty();
    }

    /// Keeps the time of an erasure, unless a later one is known.
    public void erased(TenantId tenant, Instant at) {
        Instant last = erasedAt(tenant).filter(at::isBefore).orElse(at);
        store.put(RowKeys.erasure(tenant), StateCodec.ERASURES.write(last));
        anyErased = true;
    }

    /// What was said last of the progress of the partition.
    public Optional<ProgressRow> progress() {
        return Optional.ofNullable(store.get(ProgressRow.KEY)).map(ProgressRow::read);
    }

    public void putProgress(ProgressRow progress) {
        store.put(ProgressRow.KEY, progress.bytes());
    }

    /// Remembers that all that is stored about the environment came after the erasure of its tenant, which goes on.
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
        // A delete would look up the row that it returns.
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
