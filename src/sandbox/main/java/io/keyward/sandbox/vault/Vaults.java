package io.keyward.sandbox.vault;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The vaults of an emulator and the operations of their owners. Names are case-insensitive.
public final class Vaults {
    private final Map<String, StoredVault> vaults = new TreeMap<>();
    private final Optional<VaultsFile> file;
    private final Clock clock;
    private Consumer<VaultChange> observer = _ -> {};

    /// Loads the vaults from the folder, if there is one, and stores each change in it.
    public Vaults(Optional<Path> folder, Clock clock) {
        this.clock = clock;
        this.file = folder.map(VaultsFile::new);
        file.ifPresent(kept -> kept.read().forEach(vault -> vaults.put(vault.host(), vault)));
    }

    /// Tells the observer of every change from now on, in order. It must return at once.
    public synchronized void observe(Consumer<VaultChange> one) {
        observer = one;
    }

    Instant now() {
        return clock.instant();
    }

    public synchronized List<StoredVault> all() {
        return List.copyOf(vaults.values());
    }

    public synchronized Optional<StoredVault> find(String host) {
        return Optional.ofNullable(vaults.get(lower(host)));
    }

    /// Creates a vault, unless one with this host name exists.
    public synchronized void open(String host, String tenantId, boolean purgeProtected) {
        if (find(host).isEmpty()) {
            save(new StoredVault(lower(host), tenantId, purgeProtected, Optional.empty(), List.of()));
        }
    }

    /// The key with this name, unless it is deleted.
    public synchronized StoredKey key(String host, String name) {
        return stored(host, name)
                .filter(key -> !key.isDeleted())
                .orElseThrow(() -> VaultRefusedException.keyNotFound(name));
    }

    /// The deleted key with this name, while it can be recovered.
    public synchronized StoredKey deleted(String host, String name) {
        return stored(host, name)
                .filter(StoredKey::isDeleted)
                .orElseThrow(() -> VaultRefusedException.keyNotFound(name));
    }

    /// Creates a key, or a new version of an existing one.
    public synchronized StoredKey create(String host, String name, NewKey wanted) {
        return withVersion(host, name, wanted, VaultChange.Kind.CREATED);
    }

    private StoredKey withVersion(String host, String name, NewKey wanted, VaultChange.Kind kindOfChange) {
        Optional<StoredKey> existing = stored(host, name);
        if (existing.filter(StoredKey::isDeleted).isPresent()) {
            throw VaultRefusedException.conflict(
                    "ObjectIsDeletedButRecoverable",
                    "Key %s is deleted but recoverable; its name cannot be used until it is recovered or purged."
                            .formatted(name));
        }
        KeyKind kind = existing.map(StoredKey::kind).orElse(wanted.kind());
        Version version = version(wanted);
        StoredKey key = existing.map(old -> old.with(version))
                .orElseGet(() -> new StoredKey(
                        lower(name), kind, wanted.operations(), List.of(version), Optional.empty(), false, false));
        return changed(kindOfChange, host, key, Optional.of(version));
    }

    public synchronized StoredKey rotate(String host, String name) {
        return withVersion(host, name, NewKey.of(key(host, name).kind()), VaultChange.Kind.ROTATED);
    }

    /// Changes a version, or the current one if the id is empty.
    public synchronized StoredKey update(String host, String name, String id, UnaryOperator<Version> change) {
        StoredKey key = key(host, name);
        Version old = key.version(id).orElseThrow(() -> VaultRefusedException.keyNotFound(name + "/" + id));
        Version changed = change.apply(old);
        return changed(VaultChange.Kind.UPDATED, host, key.with(old, changed), Optional.of(changed));
    }

    public StoredKey setEnabled(String host, String name, boolean enabled) {
        return update(host, name, "", version -> version.withEnabled(enabled, now()));
    }

    public synchronized StoredKey delete(String host, String name) {
        StoredKey deleted = key(host, name).withDeletedAt(Optional.of(now()));
        return changed(VaultChange.Kind.DELETED, host, deleted, Optional.empty());
    }

    public synchronized StoredKey recover(String host, String name) {
        StoredKey recovered = deleted(host, name).withDeletedAt(Optional.empty());
        return changed(VaultChange.Kind.RECOVERED, host, recovered, Optional.empty());
    }

    /// Denies Keyward a key, or its whole vault.
    public synchronized void deny(String host, String name, Barrier barrier) {
        if (barrier == Barrier.POLICY && vault(host).isManagedHsm()) {
            throw VaultRefusedException.badParameter("A Managed HSM has no access policies; expected rbac or network.");
        }
        if (barrier == Barrier.RBAC) {
            removeRole(host, name, Grantee.KEYWARD);
        } else {
            setBarrier(host, barrier, Optional.of(barrier));
        }
    }

    /// Removes the role assignment that one identity has for the key.
    public synchronized void removeRole(String host, String name, Grantee grantee) {
        StoredKey key = key(host, name);
        changeRoles(
                VaultChange.Kind.ROLE_REMOVED,
                host,
                key.withDenied(
                        key.denied() || grantee == Grantee.KEYWARD, key.deniedToPolicy() || grantee == Grantee.POLICY));
    }

    /// A Managed HSM keeps its role assignments itself, and Azure Resource Manager does not know of them.
    private void changeRoles(VaultChange.Kind kind, String host, StoredKey changed) {
        if (vault(host).isManagedHsm() || changed.equals(key(host, changed.name()))) {
            save(host, changed);
        } else {
            changed(kind, host, changed, Optional.empty());
        }
    }

    /// Removes everything that prevents Keyward and the enterprise policy from using the key.
    public synchronized void allow(String host, String name) {
        changeRoles(VaultChange.Kind.ROLE_ASSIGNED, host, key(host, name).withDenied(false, false));
        vault(host).barrier().ifPresent(lifted -> setBarrier(host, lifted, Optional.empty()));
    }

    private void setBarrier(String host, Barrier changed, Optional<Barrier> now) {
        save(vault(host).withBarrier(now));
        tell(
                changed == Barrier.NETWORK ? VaultChange.Kind.NETWORK_CHANGED : VaultChange.Kind.POLICIES_CHANGED,
                host,
                Optional.empty(),
                Optional.empty());
    }

    private Version version(NewKey wanted) {
        String id =
                wanted.version().orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
        return new Version(id, wanted.enabled(), wanted.notBefore(), wanted.expiresAt(), now(), now());
    }

    private StoredVault vault(String host) {
        return find(host)
                .orElseThrow(() -> new VaultRefusedException(
                        404, "VaultNotFound", Optional.empty(), "There is no vault " + host + " here."));
    }

    /// Purges a deleted key when its retention period is over.
    private Optional<StoredKey> stored(String host, String name) {
        return vault(host)
                .key(lower(name))
                .filter(key ->
                        key.purgedAt().filter(end -> !now().isBefore(end)).isEmpty());
    }

    private StoredKey save(String host, StoredKey key) {
        save(vault(host).with(key));
        return key;
    }

    private StoredKey changed(VaultChange.Kind kind, String host, StoredKey key, Optional<Version> version) {
        save(host, key);
        tell(kind, host, Optional.of(key), version);
        return key;
    }

    private void tell(VaultChange.Kind kind, String host, Optional<StoredKey> key, Optional<Version> version) {
        observer.accept(new VaultChange(kind, vault(host), key, version, now()));
    }

    private void save(StoredVault vault) {
        vaults.put(vault.host(), vault);
        file.ifPresent(kept -> kept.write(vaults.values()));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
