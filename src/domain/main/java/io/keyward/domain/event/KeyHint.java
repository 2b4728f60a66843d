package io.keyward.domain.event;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyNames;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// Something may have changed a key of a tenant, or the access to it. It is no fact and changes no decision: it makes
/// the key watch probe the key.
///
/// The constructor throws a [io.keyward.domain.id.RefusedException] with `INVALID_FIELD` if the vault or the key is
/// misspelt.
///
/// @param occurredAt by the clock of its source
/// @param source what it comes from, for people
/// @param vaultUri in its canonical spelling
/// @param keyName in its canonical spelling; empty if it may concern every key of the vault
public record KeyHint(TenantId tenantId, Instant occurredAt, String source, String vaultUri, Optional<String> keyName) {
    public KeyHint {
        vaultUri = KeyNames.vaultUri("vaultUri", vaultUri);
        keyName = keyName.map(name -> KeyNames.name("keyName", name));
    }

    /// Whether it may concern this key.
    public boolean concerns(KeyId key) {
        return key.vaultUri().equals(vaultUri)
                && keyName.map(key.keyName()::equals).orElse(true);
    }
}
