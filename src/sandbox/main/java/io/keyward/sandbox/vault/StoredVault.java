package io.keyward.sandbox.vault;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A vault and its keys by name, including deleted ones.
///
/// @param host its host name, `NAME.vault.azure.net`
/// @param barrier the reason why Keyward cannot use any of its keys
public record StoredVault(
        String host, String tenantId, boolean purgeProtected, Optional<Barrier> barrier, Map<String, StoredKey> keys) {
    public StoredVault {
        keys = Map.copyOf(keys);
    }

    /// The resource for which clients request tokens for this vault.
    String resource() {
        return "https://" + host.substring(host.indexOf('.') + 1);
    }

    StoredVault with(StoredKey key) {
        Map<String, StoredKey> changed = new TreeMap<>(keys);
        changed.put(key.name(), key);
        return new StoredVault(host, tenantId, purgeProtected, barrier, changed);
    }

    StoredVault withBarrier(Optional<Barrier> now) {
        return new StoredVault(host, tenantId, purgeProtected, now, keys);
    }
}
