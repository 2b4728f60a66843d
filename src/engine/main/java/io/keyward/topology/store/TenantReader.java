package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// Reads the rows of one tenant, for readers outside the topology. Does not write or cache anything.
public final class TenantReader {

    private final TenantId tenant;
    private final KeyValueStore<Bytes, byte[]> environments;
    private final KeyValueStore<Bytes, byte[]> keys;
    private final KeyValueStore<Bytes, byte[]> usage;
    private final TenantStore tenants;
    private final ReportStore reports;

    /// @param stores the stores by their names in [Nodes]
    public TenantReader(TenantId tenant, Function<String, KeyValueStore<Bytes, byte[]>> stores) {
        this.tenant = tenant;
        this.environments = stores.apply(Nodes.ENVIRONMENTS);
        this.keys = stores.apply(Nodes.KEYS);
        this.usage = stores.apply(Nodes.KEY_USAGE);
        this.tenants = new TenantStore(stores.apply(Nodes.TENANTS), 0);
        this.reports = new ReportStore(stores.apply(Nodes.ENFORCEMENT));
    }

    /// Whether there has been an event of the tenant.
    public boolean isKnown() {
        return !state().equals(TenantState.NONE)
                || first(environments, RowKeys.ofTenant(tenant)).isPresent()
                || !keys(1).isEmpty();
    }

    /// The tenant's limit, its slots in use, and the time that it has reached.
    public TenantState state() {
        return tenants.get(tenant);
    }

    /// The first `max` environments that wait for a slot, in order.
    public List<EnvironmentId> queue(int max) {
        return tenants.firstInQueue(tenant, max);
    }

    /// The stored state of an environment; empty if there was no event about it.
    public Optional<EnvironmentState> environment(EnvironmentId environment) {
        return Optional.ofNullable(environments.get(RowKeys.environment(tenant, environment)))
                .map(StateCodec.ENVIRONMENTS::read);
    }

    /// The stored state of an environment, or [EnvironmentState#NONE].
    public EnvironmentState state(EnvironmentId environment) {
        return environment(environment).orElse(EnvironmentState.NONE);
    }

    public KeyFacts keyFacts(KeyId key) {
        byte[] row = keys.get(RowKeys.key(tenant, key));
        return row == null ? KeyFacts.NONE : StateCodec.KEYS.read(row);
    }

    /// The reports of an environment's components.
    public Reports reports(EnvironmentId environment, EnvironmentFacts facts) {
        return reports.get(tenant, environment, facts);
    }

    /// Whether there has been an event of the tenant about the key.
    public boolean knows(KeyId key) {
        return keys.get(RowKeys.key(tenant, key)) != null || countUsers(key, 1) > 0;
    }

    /// The facts of every key that was ever applied to the environment.
    public Map<KeyId, KeyFacts> keyFacts(EnvironmentFacts environment) {
        Map<KeyId, KeyFacts> facts = new HashMap<>();
        environment.allKeys().forEach(key -> facts.put(key, keyFacts(key)));
        return facts;
    }

    /// The first `max` keys that have facts or that an environment uses, in the order of their addresses.
    public List<KeyId> keys(int max) {
        NavigableMap<Bytes, KeyId> found = new TreeMap<>();
        collectKeys(keys, max, found);
        collectKeys(usage, max, found);
        return found.values().stream().limit(max).toList();
    }

    private void collectKeys(KeyValueStore<Bytes, byte[]> rows, int max, Map<Bytes, KeyId> found) {
        Optional<Bytes> row = first(rows, RowKeys.ofTenant(tenant));
        for (int count = 0; count < max && row.isPresent(); count++) {
            KeyId key = RowKeys.key(row.get());
            Bytes prefix = RowKeys.key(tenant, key);
            found.put(prefix, key);
            row = first(rows, RowKeys.after(prefix));
        }
    }

    /// The number of environments with the key among their applications, at most `max`.
    public int countUsers(KeyId key, int max) {
        return RowRange.startingWith(usage, RowKeys.key(tenant, key), Optional.empty(), max, Function.identity())
                .size();
    }

    /// The tenant's first row at or after the key.
    private Optional<Bytes> first(KeyValueStore<Bytes, byte[]> store, Bytes from) {
        return RowRange.first(store, from, RowKeys.after(RowKeys.ofTenant(tenant)));
    }
}
