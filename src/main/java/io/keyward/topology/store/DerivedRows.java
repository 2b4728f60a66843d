package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rows that repeat what the rows of `environments` say: who uses a key, how many slots a tenant uses, who waits
/// for one, and when something falls due.
public final class DerivedRows {
    private static final byte[] PRESENT = {};

    private final KeyValueStore<Bytes, byte[]> environments;
    private final KeyValueStore<Bytes, byte[]> usage;
    private final KeyValueStore<Bytes, byte[]> tenants;
    private final KeyValueStore<Bytes, byte[]> deadlines;
    private final StateCodec<EnvironmentState> environmentCodec = StateCodec.ofEnvironments();
    private final StateCodec<TenantState> tenantCodec = StateCodec.ofTenants();

    /// @param stores the stores by their names in [Nodes]
    public DerivedRows(Function<String, KeyValueStore<Bytes, byte[]>> stores) {
        environments = stores.apply(Nodes.ENVIRONMENTS);
        usage = stores.apply(Nodes.KEY_USAGE);
        tenants = stores.apply(Nodes.TENANTS);
        deadlines = stores.apply(Nodes.DEADLINES);
    }

    /// Builds these rows anew. The deadlines are emptied, so that the next start decides every environment and fills
    /// them. Whoever has read rows of tenants before must read them again.
    ///
    /// @param limits of each tenant with a record of `ENVIRONMENT_LIMIT_NEAR`: since when it is open, if it is
    /// @return the tenants with an environment that waits for a slot
    public Set<TenantId> rebuild(Map<TenantId, Optional<Instant>> limits) {
        Map<TenantId, Integer> held = new HashMap<>();
        Set<Bytes> queue = new HashSet<>();
        Set<TenantId> waiting = new HashSet<>();
        forEach(environments, row -> {
            TenantId tenant = StoreKeys.firstPartAsTenant(row.key);
            EnvironmentId environment = StoreKeys.lastPartAsEnvironment(row.key);
            EnvironmentState state = environmentCodec.read(row.value);
            held.merge(tenant, state.slot().held() ? 1 : 0, Integer::sum);
            state.slot().queuedAt().ifPresent(place -> {
                queue.add(StoreKeys.forQueue(TenantStore.QUEUE, tenant, place, environment));
                waiting.add(tenant);
            });
            state.facts().keys().forEach(key -> putIfAbsent(usage, StoreKeys.forUsage(tenant, key, environment)));
        });
        deleteUnless(usage, this::isUsed);
        deleteUnless(deadlines, _ -> false);
        deleteUnless(tenants, row -> row.get()[0] != TenantStore.QUEUE || queue.contains(row));
        queue.forEach(row -> putIfAbsent(tenants, row));
        countSlots(held, limits);
        return waiting;
    }

    private void countSlots(Map<TenantId, Integer> held, Map<TenantId, Optional<Instant>> limits) {
        Set<TenantId> all = new HashSet<>(held.keySet());
        all.addAll(limits.keySet());
        forEach(tenants, row -> {
            if (row.key.get()[0] == TenantStore.STATE) {
                all.add(StoreKeys.tenantOfKind(row.key));
            }
        });
        all.forEach(tenant -> {
            Bytes row = StoreKeys.forKind(TenantStore.STATE, tenant);
            TenantState before =
                    Optional.ofNullable(tenants.get(row)).map(tenantCodec::read).orElse(TenantState.NONE);
            TenantState after = new TenantState(
                    before.statedLimit(),
                    held.getOrDefault(tenant, 0),
                    limits.getOrDefault(tenant, Optional.empty()),
                    before.timeReached(),
                    limits.containsKey(tenant));
            if (!after.equals(before)) {
                tenants.put(row, tenantCodec.write(after));
            }
        });
    }

    private boolean isUsed(Bytes row) {
        KeyId key = StoreKeys.nextPartsAsKey(row);
        byte[] environment = environments.get(
                StoreKeys.forEnvironment(StoreKeys.firstPartAsTenant(row), StoreKeys.lastPartAsEnvironment(row)));
        EnvironmentFacts facts = environment == null
                ? EnvironmentFacts.NONE
                : environmentCodec.read(environment).facts();
        return facts.keys().contains(key);
    }

    private static void putIfAbsent(KeyValueStore<Bytes, byte[]> store, Bytes row) {
        if (store.get(row) == null) {
            store.put(row, PRESENT);
        }
    }

    private static void deleteUnless(KeyValueStore<Bytes, byte[]> store, Predicate<Bytes> kept) {
        List<Bytes> surplus = new ArrayList<>();
        forEach(store, row -> {
            if (!kept.test(row.key)) {
                surplus.add(row.key);
            }
        });
        surplus.forEach(store::delete);
    }

    private static void forEach(KeyValueStore<Bytes, byte[]> store, Consumer<KeyValue<Bytes, byte[]>> step) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
            rows.forEachRemaining(step);
        }
    }
}
