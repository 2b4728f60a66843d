package io.keyward.topology.store;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Spellings of keys that an earlier version stored and events no longer use, such as `https://v:443`. Facts
/// about a key concern these rows too. They hardly ever exist.
///
/// Found once per task by a scan from one key to the next, however many environments use it.
final class KeySpellings {
    private static final Logger LOG = LoggerFactory.getLogger(KeySpellings.class);

    private final Map<Bytes, List<KeyId>> others = new HashMap<>();
    private long unnameable;

    /// @param stores stores with rows that start with a tenant and a key
    @SafeVarargs
    static KeySpellings scan(KeyValueStore<Bytes, byte[]>... stores) {
        KeySpellings spellings = new KeySpellings();
        for (KeyValueStore<Bytes, byte[]> store : stores) {
            Optional<Bytes> row = RowRange.first(store, null, null);
            while (row.isPresent()) {
                TenantId tenant = RowKeys.tenant(row.get());
                KeyId key = RowKeys.key(row.get());
                spellings.add(tenant, key);
                row = RowRange.first(store, RowKeys.after(RowKeys.key(tenant, key)), null);
            }
        }
        spellings.warnOfUnnameable();
        return spellings;
    }

    /// The key itself and its other stored spellings.
    List<KeyId> allOf(TenantId tenant, KeyId key) {
        List<KeyId> found = others.isEmpty() ? List.of() : others.getOrDefault(RowKeys.key(tenant, key), List.of());
        if (found.isEmpty()) {
            return List.of(key);
        }
        List<KeyId> all = new ArrayList<>(found);
        all.addFirst(key);
        return all;
    }

    /// Forgets the other spellings of all keys of a tenant.
    void forget(TenantId tenant) {
        others.keySet().removeIf(key -> RowKeys.tenant(key).equals(tenant));
    }

    private void add(TenantId tenant, KeyId stored) {
        Optional<KeyId> named = stored.asEventsNameIt();
        if (named.isEmpty()) {
            unnameable++;
        }
        named.filter(key -> !key.equals(stored)).ifPresent(key -> {
            List<KeyId> spellings = others.computeIfAbsent(RowKeys.key(tenant, key), _ -> new ArrayList<>());
            if (!spellings.contains(stored)) {
                spellings.add(stored);
            }
        });
    }

    private void warnOfUnnameable() {
        if (unnameable > 0) {
            LOG.warn(
                    "{} rows have keys that no event can name any more, because their vault is not an https URI or their"
                            + " name is invalid. Revocations do not reach the environments that use them. Apply the"
                            + " policy again with the key's address, or reset the application: see topology/CHANGES.md",
                    unnameable);
        }
    }
}
