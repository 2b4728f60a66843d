package io.keyward.domain.decision;

import io.keyward.domain.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/// That a tenant was erased, without personal data.
///
/// @param tenantSha256 see [#sha256]
/// @param requestId the id of the request
public record Erasure(
        String tenantSha256, Optional<UUID> requestId, Instant requestedAt, Instant erasedAt, Sweep.Erased erased) {
    /// An erasure that is done.
    ///
    /// @param cause the request. Its event id is left out unless it is a UUID, because it could hold anything
    public static Erasure done(TenantId tenant, Cause cause, Instant erasedAt, Sweep.Erased erased) {
        return new Erasure(sha256(tenant), uuid(cause.eventId()), cause.occurredAt(), erasedAt, erased);
    }

    /// SHA-256 of the id in UTF-8, in lower-case hexadecimal digits.
    public static String sha256(TenantId tenant) {
        try {
            byte[] id = tenant.value().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(id));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    private static Optional<UUID> uuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return Optional.of(uuid).filter(read -> read.toString().equals(text)); // it also takes shorter texts
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }
}
