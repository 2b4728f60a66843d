package io.keyward.sandbox.vault;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A vault or Managed HSM and its keys in the order of their names, including deleted ones.
///
/// @param host its host name, `NAME.vault.azure.net` or `NAME.managedhsm.azure.net`
/// @param barrier the reason why Keyward cannot use any of its keys
public record StoredVault(
        String host,
        String tenantId,
        boolean purgeProtected,
        Optional<Barrier> barrier,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<StoredKey> keys) {
    public StoredVault {
        keys = List.copyOf(keys);
    }

    /// The resource for which clients request tokens for this vault.
    String resource() {
        return "https://" + host.substring(host.indexOf('.') + 1);
    }

    public boolean isManagedHsm() {
        return resource().startsWith("https://managedhsm.");
    }

    /// The key with this name in lower case, deleted or not.
    public Optional<StoredKey> key(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    StoredVault with(StoredKey key) {
        List<StoredKey> changed = Stream.concat(
                        keys.stream().filter(old -> !old.name().equals(key.name())), Stream.of(key))
                .sorted(Comparator.comparing(StoredKey::name))
                .toList();
        return new StoredVault(host, tenantId, purgeProtected, barrier, changed);
    }

    StoredVault withBarrier(Optional<Barrier> now) {
        return new StoredVault(host, tenantId, purgeProtected, now, keys);
    }
}
