package io.keyward.console.replica;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Whom an output is about, from its record key (docs/contract.md): `tenantId/environmentId` and more, or `tenantId//…`
/// about the tenant itself.
///
/// @param environment empty for the tenant itself
record OutputKey(String tenant, String environment) {
    /// Empty if it is no such key.
    static Optional<OutputKey> of(byte[] recordKey) {
        if (recordKey == null) {
            return Optional.empty();
        }
        String[] parts = new String(recordKey, StandardCharsets.UTF_8).split("/", 3);
        return parts.length < 2 || parts[0].isEmpty()
                ? Optional.empty()
                : Optional.of(new OutputKey(parts[0], parts[1]));
    }
}
