package io.keyward.proof.inputs;

import io.keyward.avro.state.StateCodec;
import io.keyward.avro.state.UnreadableStateException;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ReportRows;
import io.keyward.topology.store.RowKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;

/// The newest rows with facts of one partition's changelogs, by tenant. Other rows are left out: keys that this
/// release does not know, and tenants elsewhere, are found by `verify state`. Not thread-safe.
final class FactRows {
    /// The stores whose rows hold facts.
    static final Set<String> STORES = Set.of(Nodes.ENVIRONMENTS, Nodes.KEYS, Nodes.TENANTS, Nodes.ENFORCEMENT);

    private static final StateCodec<EnvironmentState> ENVIRONMENTS = StateCodec.ofEnvironments();
    private static final StateCodec<KeyFacts> KEYS = StateCodec.ofKeys();
    private static final StateCodec<TenantState> TENANTS = StateCodec.ofTenants();

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
        if (tenant.isEmpty() || (store.equals(Nodes.TENANTS) && !RowKeys.isTenantState(key))) {
            return;
        }
        decoded.remove(tenant.get());
        Map<RowKey, Row> ofTenant = rows.computeIfAbsent(tenant.get(), _ -> new HashMap<>());
        if (value == null) {
            ofTenant.remove(new RowKey(store, key));
        } else {
            ofTenant.put(new RowKey(store, key), new Row(offset, value));
        }
    }

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
        Map<EnvironmentId, ReportRows> reports = new HashMap<>();
        rows.getOrDefault(tenant, Map.of()).forEach((place, row) -> {
            switch (place.store()) {
                case Nodes.ENVIRONMENTS ->
                    facts.put(
                            RowKeys.environment(place.key()),
                            ENVIRONMENTS.read(row.value()).facts());
                case Nodes.KEYS -> facts.put(RowKeys.key(place.key()), KEYS.read(row.value()));
                case Nodes.ENFORCEMENT ->
                    reports.computeIfAbsent(RowKeys.environmentOfReport(place.key()), _ -> new ReportRows())
                            .add(RowKeys.report(place.key()), row.value());
                default -> facts.put(TENANTS.read(row.value()));
            }
        });
        reports.forEach((environment, all) -> {
            // As the topology reads them: not at all if no component ever reported.
            if (!facts.of(environment).reported().equals(EnvironmentFacts.NONE.reported())) {
                facts.put(environment, all.reports());
            }
        });
        return facts;
    }

    /// The offset of the newest row about a place, or -1 if there is none.
    long offset(TenantId tenant, Place place) {
        Map<RowKey, Row> ofTenant = rows.getOrDefault(tenant, Map.of());
        return switch (place) {
            case Place.OfReports(EnvironmentId environment) ->
                ofTenant.entrySet().stream()
                        .filter(row -> row.getKey().store().equals(Nodes.ENFORCEMENT)
                                && RowKeys.environmentOfReport(row.getKey().key())
                                        .equals(environment))
                        .mapToLong(row -> row.getValue().offset())
                        .max()
                        .orElse(-1);
            case Place.OfEnvironment(EnvironmentId environment) ->
                offset(ofTenant, Nodes.ENVIRONMENTS, RowKeys.environment(tenant, environment));
            case Place.OfKey(var key) -> offset(ofTenant, Nodes.KEYS, RowKeys.key(tenant, key));
            case Place.OfTenant() -> offset(ofTenant, Nodes.TENANTS, RowKeys.tenantState(tenant));
        };
    }

    private static long offset(Map<RowKey, Row> rows, String store, Bytes key) {
        Row row = rows.get(new RowKey(store, key));
        return row == null ? -1 : row.offset();
    }

    /// The store that holds the row about a place.
    static String store(Place place) {
        return switch (place) {
            case Place.OfEnvironment _ -> Nodes.ENVIRONMENTS;
            case Place.OfReports _ -> Nodes.ENFORCEMENT;
            case Place.OfKey _ -> Nodes.KEYS;
            case Place.OfTenant _ -> Nodes.TENANTS;
        };
    }

    /// The tenants of whom nothing is known any more do not count.
    Set<TenantId> known() {
        Set<TenantId> known = new HashSet<>();
        rows.forEach((tenant, ofTenant) -> {
            if (!ofTenant.isEmpty()) {
                known.add(tenant);
            }
        });
        return known;
    }
}
