package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// The stores `keys`: (tenant, key) → facts, and `key-usage`: (tenant, key, environment) → empty.
/// `key-usage` has a row for every key among an environment's applications: the environments that a fact
/// about the key can concern.
public final class KeyFactsStore {

    private final CachedStore<Subject, KeyFacts> keys;
    private final KeyValueStore<Bytes, byte[]> usage;

    /// A key of a tenant.
    private record Subject(TenantId tenant, KeyId key) {
        Bytes row() {
            return RowKeys.key(tenant, key);
        }
    }

    public KeyFactsStore(KeyValueStore<Bytes, byte[]> keys, KeyValueStore<Bytes, byte[]> usage, long cachedBytes) {
        this.keys = new CachedStore<>(keys, Subject::row, StateCodec.KEYS, KeyFacts.NONE, cachedBytes);
        this.usage = usage;
    }

    public KeyFacts get(TenantId tenant, KeyId key) {
        return keys.get(new Subject(tenant, key));
    }

    public void put(TenantId tenant, KeyId key, KeyFacts facts) {
        keys.put(new Subject(tenant, key), facts);
    }

    /// Deletes all key facts of a tenant and returns the number of keys that had any. Key-usage rows are kept.
    public int deleteFacts(TenantId tenant) {
        return keys.deleteAll(RowKeys.ofTenant(tenant));
    }

    /// The facts of every key that was ever applied to the environment.
    public Map<KeyId, KeyFacts> ofEnvironment(TenantId tenant, EnvironmentFacts environment) {
        Set<KeyId> used = environment.allKeys();
        if (used.size() == 1) { // nearly always; this map hashes no key
            KeyId only = used.iterator().next();
            return Map.of(only, get(tenant, only));
        }
        Map<KeyId, KeyFacts> facts = new HashMap<>();
        used.forEach(key -> facts.put(key, get(tenant, key)));
        return facts;
    }

    /// Updates which keys the environment uses, or used before a reset.
    public void updateUsage(
            TenantId tenant, EnvironmentId environment, EnvironmentFacts before, EnvironmentFacts after) {
        if (after.allApplications().equals(before.allApplications())) {
            return;
        }
        Set<KeyId> gone = new LinkedHashSet<>(before.allKeys());
        for (KeyId key : after.allKeys()) {
            if (!gone.remove(key)) {
                usage.put(RowKeys.usage(tenant, key, environment), RowKeys.PRESENT);
            }
        }
        // Not a delete, which would look up the row that it returns.
        gone.forEach(key -> usage.put(RowKeys.usage(tenant, key, environment), null));
    }

    /// Up to `max` environments that use the key, after the given one, in order of their ids.
    public List<EnvironmentId> users(TenantId tenant, KeyId key, Optional<EnvironmentId> after, int max) {
        return RowRange.startingWith(
                usage,
                RowKeys.key(tenant, key),
                after.map(last -> RowKeys.usage(tenant, key, last)),
                max,
                RowKeys::environment);
    }
}
