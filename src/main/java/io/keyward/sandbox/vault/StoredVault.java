package io.keyward.sandbox.vault;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A vault and its keys, by name, the deleted ones included.
///
/// @param host its host name, `NAME.vault.azure.net`
/// @param barrier what keeps Keyward from all of its keys
public record StoredVault(
        String host, String tenantId, boolean purgeProtected, Optional<Barrier> barrier, Map<String, StoredKey> keys) {
    public StoredVault {
        keys = Map.copyOf(keys);
    }

    /// What tokens for it are asked for.
    String resource() {
        return "https://" + host.substring(host.indexOf('.') + 1);
    }

    StoredVault with(StoredKey key) {
        Map<String, StoredKey> changed = new TreeMap<>(keys);
        changed.put(key.name(), key);
        return new StoredVault(host, tenantId, purgeProtected, barrier, changed);
    }

    StoredVault without(StoredKey key) {
        Map<String, StoredKey> changed = new TreeMap<>(keys);
        changed.remove(key.name());
        return new StoredVault(host, tenantId, purgeProtected, barrier, changed);
    }

    StoredVault withBarrier(Optional<Barrier> now) {
        return new StoredVault(host, tenantId, purgeProtected, now, keys);
    }
}
