package io.keyward.sandbox.vault;

import java.time.Instant;
import java.util.Optional;

/// What the owner of a vault has changed in it.
///
/// @param vault the vault after the change
/// @param key the key after the change; empty if the vault's own settings were changed. Roles are assigned for a key
/// @param version the version that was made or changed; empty if the change is not of one version
public record VaultChange(
        Kind kind, StoredVault vault, Optional<StoredKey> key, Optional<Version> version, Instant at) {
    public enum Kind {
        CREATED,
        ROTATED,
        UPDATED,
        DELETED,
        RECOVERED,
        POLICIES_CHANGED,
        NETWORK_CHANGED,
        ROLE_ASSIGNED,
        ROLE_REMOVED
    }
}
