package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.SinkPeriods;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.id.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rows of the store `tenants` for unfinished work: interrupted fan-outs, in order per tenant, and the
/// rules that last decided the partition, with the sinks of all profiles that ever did.
public final class PendingFanOutStore {
    private static final Bytes FIRST = RowKeys.ofKind(RowKeys.FAN_OUT);
    private static final Bytes END = RowKeys.RULES_ROW;

    private final KeyValueStore<Bytes, byte[]> store;

    /// The tenant that was served last. After a restart, the first tenant is next.
    private Bytes lastServed = FIRST;

    private int count;

    public PendingFanOutStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(FIRST, END)) {
            rows.forEachRemaining(row -> count += RowKeys.isOf(RowKeys.FAN_OUT, row.key) ? 1 : 0);
        }
    }

    /// A pending fan-out and the key of its row.
    public record Waiting(Bytes row, PendingFanOut pending) {}

    /// The number of pending fan-outs.
    public int count() {
        return count;
    }

    /// Adds a fan-out after those of its tenant.
    public void add(PendingFanOut fanOut) {
        Bytes tenant = prefix(fanOut.fanOut());
        long next = 1;
        try (KeyValueIterator<Bytes, byte[]> rows = store.reverseRange(tenant, RowKeys.after(tenant))) {
            if (rows.hasNext()) {
                next = numberOf(rows.next().key) + 1;
            }
        }
        store.put(RowKeys.joined(tenant, RowKeys.eightBytes(next)), StateCodec.FAN_OUTS.write(fanOut));
        count++;
    }

    /// The first fan-out of the next tenant.
    public Optional<Waiting> next() {
        Optional<Waiting> next = first(lastServed).or(() -> first(FIRST));
        next.ifPresent(waiting -> lastServed = RowKeys.after(tenantOf(waiting.row())));
        return next;
    }

    /// Removes the fan-outs of other tenants, and returns the rest in the order of rows: the tenant's own
    /// fan-outs, and those of everything.
    public List<PendingFanOut> confineTo(TenantId tenant) {
        List<PendingFanOut> rest = new ArrayList<>();
        for (Waiting waiting : inRange(FIRST, END)) {
            boolean concerns = tenantOf(waiting.row()).equals(RowKeys.ofKind(RowKeys.FAN_OUT, tenant))
                    || waiting.pending().fanOut() instanceof FanOut.OfEverything;
            if (concerns) {
                rest.add(waiting.pending());
            } else {
                remove(waiting);
            }
        }
        return rest;
    }

    /// The fan-outs of a tenant, in order.
    public List<Waiting> ofTenant(TenantId tenant) {
        Bytes prefix = RowKeys.ofKind(RowKeys.FAN_OUT, tenant);
        return inRange(prefix, RowKeys.after(prefix));
    }

    /// The tenants with a pending erasure.
    public Set<TenantId> erasing() {
        Set<TenantId> tenants = new HashSet<>();
        for (Waiting waiting : inRange(FIRST, END)) {
            if (waiting.pending().fanOut() instanceof FanOut.OfErasure erasure) {
                tenants.add(erasure.tenantId());
            }
        }
        return tenants;
    }

    /// All pending fan-outs.
    public List<PendingFanOut> all() {
        return inRange(FIRST, END).stream().map(Waiting::pending).toList();
    }

    private List<Waiting> inRange(Bytes from, Bytes to) {
        return inRange(from, to, Integer.MAX_VALUE);
    }

    private List<Waiting> inRange(Bytes from, Bytes to, int max) {
        if (count == 0) {
            return List.of();
        }
        List<Waiting> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, to)) {
            while (rows.hasNext() && found.size() < max) {
                KeyValue<Bytes, byte[]> row = rows.next();
                if (RowKeys.isOf(RowKeys.FAN_OUT, row.key)) {
                    found.add(new Waiting(row.key, StateCodec.FAN_OUTS.read(row.value)));
                }
            }
        }
        return found;
    }

    public void update(Waiting waiting, PendingFanOut rest) {
        store.put(waiting.row(), StateCodec.FAN_OUTS.write(rest));
    }

    public void remove(Waiting waiting) {
        store.delete(waiting.row());
        count--;
    }

    /// The stored rules that decided last; empty if none have.
    public Optional<String> rules() {
        return Optional.ofNullable(store.get(RowKeys.RULES_ROW))
                .map(rules -> new String(rules, StandardCharsets.UTF_8));
    }

    public void putRules(String rules) {
        store.put(RowKeys.RULES_ROW, rules.getBytes(StandardCharsets.UTF_8));
    }

    /// The stored periods in which each sink was in the profile; empty if no release that stores
    /// them has decided.
    public Optional<SinkPeriods> sinks() {
        return Optional.ofNullable(store.get(RowKeys.SINKS_ROW)).map(StateCodec.SINKS::read);
    }

    public void putSinks(SinkPeriods sinks) {
        store.put(RowKeys.SINKS_ROW, StateCodec.SINKS.write(sinks));
    }

    private Optional<Waiting> first(Bytes from) {
        return inRange(from, END, 1).stream().findFirst();
    }

    /// A fan-out of everything does not belong to a tenant, and is served like a tenant with an empty id.
    private static Bytes prefix(FanOut fanOut) {
        return switch (fanOut) {
            case FanOut.OfKey key -> RowKeys.ofKind(RowKeys.FAN_OUT, key.tenantId());
            case FanOut.OfQueue queue -> RowKeys.ofKind(RowKeys.FAN_OUT, queue.tenantId());
            case FanOut.OfErasure erasure -> RowKeys.ofKind(RowKeys.FAN_OUT, erasure.tenantId());
            case FanOut.OfDeadlines due -> RowKeys.ofKind(RowKeys.FAN_OUT, due.tenantId());
            case FanOut.OfEverything _ -> RowKeys.ofNoTenant(RowKeys.FAN_OUT);
        };
    }

    private static long numberOf(Bytes row) {
        return ByteBuffer.wrap(row.get()).getLong(row.get().length - Long.BYTES);
    }

    private static Bytes tenantOf(Bytes row) {
        return Bytes.wrap(Arrays.copyOf(row.get(), row.get().length - Long.BYTES));
    }
}
