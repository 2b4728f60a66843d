package io.keyward.domain.decision;

import io.keyward.domain.id.Sha256;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/// The public record that a tenant was erased, without personal data.
///
/// @param tenantSha256 see [#sha256]
/// @param requestId the id of the request
public record Erasure(
        String tenantSha256, Optional<UUID> requestId, Instant requestedAt, Instant erasedAt, FanOut.Erased erased) {
    /// A completed erasure.
    ///
    /// @param cause the request. Its event id is left out unless it is a UUID, because it could contain anything
    public static Erasure done(TenantId tenant, Cause cause, Instant erasedAt, FanOut.Erased erased) {
        return new Erasure(sha256(tenant), uuid(cause.eventId()), cause.occurredAt(), erasedAt, erased);
    }

    /// SHA-256 of the id in UTF-8, in lower-case hexadecimal digits.
    public static String sha256(TenantId tenant) {
        return HexFormat.of().formatHex(Sha256.of(tenant.value()));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return Optional.of(uuid).filter(read -> read.toString().equals(text)); // also parses shorter texts
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }
}
