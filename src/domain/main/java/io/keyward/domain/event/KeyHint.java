package io.keyward.domain.event;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyNames;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// Something may have changed a key of a tenant, or the access to it. This is not a fact and changes no decision:
/// it makes the key watch probe the key.
///
/// The constructor throws a [io.keyward.domain.id.RefusedException] with `INVALID_FIELD` if the vault or the name
/// of the key is invalid.
///
/// @param occurredAt by the clock of its source
/// @param source where it comes from, for people
/// @param vaultUri in canonical form; empty if the hint may concern every key of the tenant
/// @param keyName in canonical form; empty if the hint may concern every key of the vault
public record KeyHint(
        TenantId tenantId, Instant occurredAt, String source, Optional<String> vaultUri, Optional<String> keyName) {
    public KeyHint {
        vaultUri = vaultUri.map(uri -> KeyNames.vaultUri("vaultUri", uri));
        keyName = keyName.map(name -> KeyNames.name("keyName", name));
        if (vaultUri.isEmpty() && keyName.isPresent()) {
            throw RefusedException.invalidField("vaultUri is empty; expected the vault of the key in keyName.");
        }
    }

    /// A hint about a vault, or about a key in it.
    public KeyHint(TenantId tenantId, Instant occurredAt, String source, String vaultUri, Optional<String> keyName) {
        this(tenantId, occurredAt, source, Optional.of(vaultUri), keyName);
    }

    /// Whether it may concern this key.
    public boolean concerns(KeyId key) {
        return vaultUri.map(key.vaultUri()::equals).orElse(true)
                && keyName.map(key.keyName()::equals).orElse(true);
    }
}
