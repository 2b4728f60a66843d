package io.keyward.topology;

import io.keyward.avro.StateCodec;
import io.keyward.domain.EnvironmentId;
import io.keyward.domain.TenantId;
import io.keyward.domain.TenantState;
import java.nio.ByteBuffer;
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
    private static final byte STATE = 1;
    private static final byte QUEUE = 2;
    private static final byte[] PRESENT = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final StateCodec<TenantState> states = StateCodec.ofTenants();

    TenantRows(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    TenantState get(TenantId tenant) {
        byte[] row = store.get(row(STATE, RowKeys.of(tenant)));
        return row == null ? TenantState.NONE : states.read(row);
    }

    void put(TenantId tenant, TenantState state) {
        store.put(row(STATE, RowKeys.of(tenant)), states.write(state));
    }

    /// All rows that hold a tenant's state.
    static RangeQuery<Bytes, byte[]> allStates() {
        Bytes none = Bytes.wrap(new byte[0]);
        return RangeQuery.withRange(row(STATE, none), row(QUEUE, none));
    }

    void enqueue(TenantId tenant, Instant place, EnvironmentId environment) {
        store.put(row(QUEUE, RowKeys.of(tenant, place, environment)), PRESENT);
    }

    void dequeue(TenantId tenant, Instant place, EnvironmentId environment) {
        store.delete(row(QUEUE, RowKeys.of(tenant, place, environment)));
    }

    /// Who has waited longest (R12).
    Optional<EnvironmentId> firstInQueue(TenantId tenant) {
        return queue(tenant, 1).stream().findFirst();
    }

    /// The first `most` of those who wait, in their order.
    List<EnvironmentId> queue(TenantId tenant, int most) {
        Bytes prefix = RowKeys.of(tenant);
        List<EnvironmentId> first = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(row(QUEUE, prefix), row(QUEUE, RowKeys.last(prefix)))) {
            while (rows.hasNext() && first.size() < most) {
                first.add(RowKeys.queuedEnvironment(tenant, unprefixed(rows.next().key)));
            }
        }
        return first;
    }

    private static Bytes row(byte kind, Bytes key) {
        return Bytes.wrap(ByteBuffer.allocate(1 + key.get().length)
                .put(kind)
                .put(key.get())
                .array());
    }

    private static Bytes unprefixed(Bytes row) {
        byte[] key = new byte[row.get().length - 1];
        System.arraycopy(row.get(), 1, key, 0, key.length);
        return Bytes.wrap(key);
    }
}
