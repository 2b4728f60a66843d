package io.keyward.sandbox.vault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The properties of a new version of a key. If the key exists already, only the attributes are used.
///
/// @param version its id; if empty, a random one as in Azure
public record NewKey(
        KeyKind kind,
        List<String> operations,
        boolean enabled,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        Optional<String> version) {
    static final List<String> ALL_OPERATIONS = List.of("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey");

    public static NewKey of(KeyKind kind) {
        return new NewKey(kind, ALL_OPERATIONS, true, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public NewKey withExpiry(Optional<Instant> at) {
        return new NewKey(kind, operations, enabled, notBefore, at, version);
    }

    public NewKey withVersion(String id) {
        return new NewKey(kind, operations, enabled, notBefore, expiresAt, Optional.of(id));
    }
}
