package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.decision.PendingSweep;
import io.keyward.domain.decision.Sweep;
import io.keyward.domain.id.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rows of the store `tenants` for unfinished work: interrupted sweeps, in order per tenant, and the
/// rules that last decided the partition.
public final class PendingSweepStore {
    static final char SWEEP = 3;
    static final char RULES = 4;
    private static final Bytes FIRST = StoreKeys.forKind(SWEEP);
    private static final Bytes END = StoreKeys.forKind(RULES);

    private final KeyValueStore<Bytes, byte[]> store;
    private final StateCodec<PendingSweep> codec = StateCodec.ofSweeps();

    /// The tenant that was served last; after a restart the first tenant is next.
    private Bytes lastServed = FIRST;

    private int count;

    public PendingSweepStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(FIRST, END)) {
            rows.forEachRemaining(row -> count += isSweep(row.key) ? 1 : 0);
        }
    }

    /// A waiting sweep and its row.
    public record Waiting(Bytes row, PendingSweep pending) {}

    /// How many sweeps wait.
    public int count() {
        return count;
    }

    /// Adds a sweep after those of its tenant.
    public void add(PendingSweep sweep) {
        Bytes tenant = prefix(sweep.sweep());
        long next = 1;
        try (KeyValueIterator<Bytes, byte[]> rows = store.reverseRange(tenant, StoreKeys.last(tenant))) {
            if (rows.hasNext()) {
                next = numberOf(rows.next().key) + 1;
            }
        }
        store.put(row(tenant, next), codec.write(sweep));
        count++;
    }

    /// The first sweep of the next tenant.
    public Optional<Waiting> next() {
        Optional<Waiting> next = first(lastServed).or(() -> first(FIRST));
        next.ifPresent(waiting -> lastServed = StoreKeys.last(tenantOf(waiting.row())));
        return next;
    }

    /// Removes the sweeps of other tenants, and returns the rest in the order of rows. What is left concerns this
    /// tenant: its own sweeps, and those of everything.
    public List<PendingSweep> confineTo(TenantId tenant) {
        List<PendingSweep> rest = new ArrayList<>();
        for (Waiting waiting : inRange(FIRST, END)) {
            boolean concerns = tenantOf(waiting.row()).equals(StoreKeys.forKind(SWEEP, tenant))
                    || waiting.pending().sweep() instanceof Sweep.OfEverything;
            if (concerns) {
                rest.add(waiting.pending());
            } else {
                remove(waiting);
            }
        }
        return rest;
    }

    /// The sweeps of a tenant, in order.
    public List<Waiting> ofTenant(TenantId tenant) {
        return inRange(StoreKeys.forKind(SWEEP, tenant), StoreKeys.last(StoreKeys.forKind(SWEEP, tenant)));
    }

    /// The tenants of which an erasure waits.
    public Set<TenantId> erasing() {
        Set<TenantId> tenants = new HashSet<>();
        for (Waiting waiting : inRange(FIRST, END)) {
            if (waiting.pending().sweep() instanceof Sweep.OfErasure erasure) {
                tenants.add(erasure.tenantId());
            }
        }
        return tenants;
    }

    private List<Waiting> inRange(Bytes from, Bytes to) {
        List<Waiting> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, to)) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                if (isSweep(row.key)) {
                    found.add(new Waiting(row.key, codec.read(row.value)));
                }
            }
        }
        return found;
    }

    public void update(Waiting waiting, PendingSweep rest) {
        store.put(waiting.row(), codec.write(rest));
    }

    public void remove(Waiting waiting) {
        store.delete(waiting.row());
        count--;
    }

    /// The rules that decided last, as stored; empty if none have.
    public Optional<String> rules() {
        return Optional.ofNullable(store.get(END)).map(rules -> new String(rules, StandardCharsets.UTF_8));
    }

    public void putRules(String rules) {
        store.put(END, rules.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Waiting> first(Bytes from) {
        if (count == 0) {
            return Optional.empty();
        }
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, END)) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                if (isSweep(row.key)) {
                    return Optional.of(new Waiting(row.key, codec.read(row.value)));
                }
            }
            return Optional.empty();
        }
    }

    static boolean isSweep(Bytes row) {
        return row.get()[0] == SWEEP;
    }

    /// A sweep of everything belongs to no tenant, and is served like a tenant without a name.
    private static Bytes prefix(Sweep sweep) {
        return switch (sweep) {
            case Sweep.OfKey key -> StoreKeys.forKind(SWEEP, key.tenantId());
            case Sweep.OfQueue queue -> StoreKeys.forKind(SWEEP, queue.tenantId());
            case Sweep.OfErasure erasure -> StoreKeys.forKind(SWEEP, erasure.tenantId());
            case Sweep.OfDeadlines due -> StoreKeys.forKind(SWEEP, due.tenantId());
            case Sweep.OfEverything _ -> StoreKeys.forNoTenant(SWEEP);
        };
    }

    private static Bytes row(Bytes tenant, long number) {
        return Bytes.wrap(ByteBuffer.allocate(tenant.get().length + Long.BYTES)
                .put(tenant.get())
                .putLong(number)
                .array());
    }

    private static long numberOf(Bytes row) {
        return ByteBuffer.wrap(row.get()).getLong(row.get().length - Long.BYTES);
    }

    private static Bytes tenantOf(Bytes row) {
        byte[] tenant = new byte[row.get().length - Long.BYTES];
        System.arraycopy(row.get(), 0, tenant, 0, tenant.length);
        return Bytes.wrap(tenant);
    }
}
