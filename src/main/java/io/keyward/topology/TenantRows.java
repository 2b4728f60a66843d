package io.keyward.topology;

import io.keyward.avro.StateCodec;
import io.keyward.domain.EnvironmentId;
import io.keyward.domain.PendingSweep;
import io.keyward.domain.TenantId;
import io.keyward.domain.TenantState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The store `tenants`, whose rows are of four kinds, told apart by their first byte: a tenant's state, the places in
/// its queue, interrupted sweeps in order, and the rule profile that the partition was decided by last.
final class TenantRows {
    private static final byte STATE = 1;
    private static final byte QUEUE = 2;
    private static final byte SWEEP = 3;
    private static final byte PROFILE = 4;
    private static final byte[] PRESENT = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final StateCodec<TenantState> states = StateCodec.ofTenants();
    private final StateCodec<PendingSweep> sweeps = StateCodec.ofSweeps();

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
        Bytes prefix = RowKeys.of(tenant);
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(row(QUEUE, prefix), row(QUEUE, RowKeys.last(prefix)))) {
            return rows.hasNext()
                    ? Optional.of(RowKeys.queuedEnvironment(tenant, unprefixed(rows.next().key)))
                    : Optional.empty();
        }
    }

    /// Adds a sweep behind those that wait.
    void add(PendingSweep sweep) {
        long next = 1;
        try (KeyValueIterator<Bytes, byte[]> rows = store.reverseRange(sweepRow(0), sweepRow(Long.MAX_VALUE))) {
            if (rows.hasNext()) {
                next = numberOf(rows.next().key) + 1;
            }
        }
        store.put(sweepRow(next), sweeps.write(sweep));
    }

    /// The sweep that waits longest, with its number.
    Optional<KeyValue<Long, PendingSweep>> firstSweep() {
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(sweepRow(0), sweepRow(Long.MAX_VALUE))) {
            if (!rows.hasNext()) {
                return Optional.empty();
            }
            KeyValue<Bytes, byte[]> row = rows.next();
            return Optional.of(KeyValue.pair(numberOf(row.key), sweeps.read(row.value)));
        }
    }

    void update(long number, PendingSweep sweep) {
        store.put(sweepRow(number), sweeps.write(sweep));
    }

    void done(long number) {
        store.delete(sweepRow(number));
    }

    /// The name of the profile that decided last; empty before the first.
    Optional<String> profile() {
        return Optional.ofNullable(store.get(Bytes.wrap(new byte[] {PROFILE})))
                .map(name -> new String(name, StandardCharsets.UTF_8));
    }

    void putProfile(String name) {
        store.put(Bytes.wrap(new byte[] {PROFILE}), name.getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes sweepRow(long number) {
        return row(
                SWEEP,
                Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array()));
    }

    private static long numberOf(Bytes sweepRow) {
        return ByteBuffer.wrap(sweepRow.get()).getLong(1);
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
