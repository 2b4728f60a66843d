package io.keyward.proof.inputs;

import io.keyward.avro.state.StateCodec;
import io.keyward.avro.state.UnreadableStateException;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ReportRows;
import io.keyward.topology.store.RowKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;

/// The newest rows with facts of one partition's changelogs, by tenant. Other rows are left out: keys that this
/// release does not know, and tenants elsewhere, are found by `verify state`. Not thread-safe.
final class FactRows {
    /// The stores whose rows hold facts.
    static final List<String> STORES = List.of(Nodes.ENVIRONMENTS, Nodes.ENFORCEMENT, Nodes.KEYS, Nodes.TENANTS);

    private final Map<TenantId, Map<RowKey, Row>> rows = new HashMap<>();
    private final Map<TenantId, TenantFacts> decoded = new HashMap<>();

    private record RowKey(String store, Bytes key) {}

    @SuppressWarnings("ArrayRecordComponent") // read only
    private record Row(long offset, byte[] value) {}

    /// Takes a row of a store; the newest one of each key counts.
    ///
    /// @param value null if the row was deleted
    /// @param offset of its record; -1 if it comes from none
    void take(String store, Bytes key, byte[] value, long offset) {
        if (!STORES.contains(store)) {
            return;
        }
        Optional<TenantId> tenant;
        try {
            tenant = RowKeys.tenant(store, key);
        } catch (RuntimeException unknown) {
            return;
        }
        if (tenant.isEmpty() || (store.equals(Nodes.TENANTS) && !RowKeys.isOf(RowKeys.STATE, key))) {
            return;
        }
        decoded.remove(tenant.get());
        Map<RowKey, Row> ofTenant = rows.computeIfAbsent(tenant.get(), _ -> new HashMap<>());
        if (value != null) {
            ofTenant.put(new RowKey(store, key), new Row(offset, value));
            return;
        }
        ofTenant.remove(new RowKey(store, key));
        if (ofTenant.isEmpty()) {
            rows.remove(tenant.get());
        }
    }

    /// The tenants with rows.
    Set<TenantId> tenants() {
        return rows.keySet();
    }

    /// The facts of a tenant. The caller does not change them.
    ///
    /// @throws UnreadableStateException if a row is of another release, or damaged
    TenantFacts facts(TenantId tenant) {
        return decoded.computeIfAbsent(tenant, this::decode);
    }

    private TenantFacts decode(TenantId tenant) {
        TenantFacts facts = new TenantFacts();
        Map<FactScope, ReportRows> reports = new HashMap<>();
        rows.getOrDefault(tenant, Map.of()).forEach((row, found) -> {
            FactScope scope = FactScope.of(row.store(), row.key());
            switch (row.store()) {
                case Nodes.ENVIRONMENTS ->
                    facts.put(scope, StateCodec.ENVIRONMENTS.read(found.value()).facts());
                case Nodes.KEYS -> facts.put(scope, StateCodec.KEYS.read(found.value()));
                case Nodes.ENFORCEMENT ->
                    reports.computeIfAbsent(scope, _ -> new ReportRows()).add(RowKeys.report(row.key()), found.value());
                default -> facts.put(scope, facts(StateCodec.TENANTS.read(found.value())));
            }
        });
        reports.forEach((scope, all) -> {
            // As the topology reads them: not at all if no component ever reported.
            EnvironmentFacts environment = facts.of(scope.environment().orElseThrow());
            if (!environment.reported().equals(EnvironmentFacts.NONE.reported())) {
                facts.put(scope, all.reports());
            }
        });
        return facts;
    }

    /// A state with nothing but what is a fact in that one.
    private static TenantState facts(TenantState state) {
        return new TenantState(state.statedLimit(), 0, Optional.empty(), state.timeReached(), 0);
    }

    /// The offset of the newest row about each place.
    Map<FactScope, Long> offsets(TenantId tenant) {
        Map<FactScope, Long> offsets = new HashMap<>();
        rows.getOrDefault(tenant, Map.of())
                .forEach(
                        (row, found) -> offsets.merge(FactScope.of(row.store(), row.key()), found.offset(), Math::max));
        return offsets;
    }
}
