package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
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
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rows that are derived from the store `environments`: the users of a key, the slots of a tenant, the queue
/// for slots, and the deadlines.
///
/// @param stores the stores by their names in [Nodes]
public record DerivedRows(Function<String, KeyValueStore<Bytes, byte[]>> stores) {

    /// Deletes all rows of all stores of the partition, except the state digest.
    public void deleteAll() {
        Stream.of(Nodes.ENVIRONMENTS, Nodes.KEYS, Nodes.KEY_USAGE, Nodes.DEADLINES, Nodes.ENFORCEMENT)
                .forEach(store -> deleteUnless(stores.apply(store), _ -> false));
        deleteUnless(stores.apply(Nodes.TENANTS), row -> RowKeys.isOf(RowKeys.STATE_DIGEST, row));
    }

    /// Rebuilds the derived rows. The deadlines are deleted, so that the next start decides every environment and
    /// refills them. Rows of tenants that were read before must be read again.
    ///
    /// @param limits the incident of each tenant with a record of `ENVIRONMENT_LIMIT_NEAR`; empty
    ///     if it is cleared
    /// @return the tenants with an environment that waits for a slot
    public Set<TenantId> rebuild(Map<TenantId, Optional<Incident>> limits) {
        KeyValueStore<Bytes, byte[]> environments = stores.apply(Nodes.ENVIRONMENTS);
        KeyValueStore<Bytes, byte[]> usage = stores.apply(Nodes.KEY_USAGE);
        KeyValueStore<Bytes, byte[]> tenants = stores.apply(Nodes.TENANTS);
        Map<TenantId, Integer> held = new HashMap<>();
        Set<Bytes> queue = new HashSet<>();
        Set<TenantId> waiting = new HashSet<>();
        forEach(environments, row -> {
            TenantId tenant = RowKeys.tenant(row.key);
            EnvironmentId environment = RowKeys.environment(row.key);
            EnvironmentState state = StateCodec.ENVIRONMENTS.read(row.value);
            held.merge(tenant, state.slot().held() ? 1 : 0, Integer::sum);
            state.slot().queuedAt().ifPresent(queuedAt -> {
                queue.add(RowKeys.queue(tenant, queuedAt, environment));
                waiting.add(tenant);
            });
            state.facts()
                    .allKeys()
                    .forEach(key -> usage.putIfAbsent(RowKeys.usage(tenant, key, environment), RowKeys.PRESENT));
        });
        deleteUnless(usage, row -> isUsed(row, environments));
        deleteUnless(stores.apply(Nodes.DEADLINES), _ -> false);
        tenants.delete(ProgressRow.KEY); // it may cover events that are lost
        deleteUnless(tenants, row -> !RowKeys.isOf(RowKeys.QUEUE, row) || queue.contains(row));
        queue.forEach(row -> tenants.putIfAbsent(row, RowKeys.PRESENT));
        countSlots(tenants, held, limits);
        return waiting;
    }

    private static void countSlots(
            KeyValueStore<Bytes, byte[]> tenants,
            Map<TenantId, Integer> held,
            Map<TenantId, Optional<Incident>> limits) {
        Set<TenantId> all = new HashSet<>(held.keySet());
        all.addAll(limits.keySet());
        forEach(tenants, row -> {
            if (RowKeys.isOf(RowKeys.STATE, row.key)) {
                all.add(RowKeys.tenantOfKind(row.key));
            }
        });
        all.forEach(tenant -> {
            Bytes row = RowKeys.tenantState(tenant);
            TenantState before = Optional.ofNullable(tenants.get(row))
                    .map(StateCodec.TENANTS::read)
                    .orElse(TenantState.NONE);
            TenantState after = new TenantState(
                    before.statedLimit(),
                    held.getOrDefault(tenant, 0),
                    limits.getOrDefault(tenant, Optional.empty()),
                    before.timeReached(),
                    limits.containsKey(tenant) ? Math.max(1, before.limitIncidents()) : 0);
            if (!after.equals(before)) {
                tenants.put(row, StateCodec.TENANTS.write(after));
            }
        });
    }

    private static boolean isUsed(Bytes row, KeyValueStore<Bytes, byte[]> environments) {
        KeyId key = RowKeys.key(row);
        byte[] environment = environments.get(RowKeys.environment(RowKeys.tenant(row), RowKeys.environment(row)));
        EnvironmentFacts facts = environment == null
                ? EnvironmentFacts.NONE
                : StateCodec.ENVIRONMENTS.read(environment).facts();
        return facts.allKeys().contains(key);
    }

    private static void deleteUnless(KeyValueStore<Bytes, byte[]> store, Predicate<Bytes> keep) {
        List<Bytes> surplus = new ArrayList<>();
        forEach(store, row -> {
            if (!keep.test(row.key)) {
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
