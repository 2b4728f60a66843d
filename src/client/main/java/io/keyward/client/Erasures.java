package io.keyward.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The times up to which tenants were erased, by the SHA-256 of the tenantId in UTF-8, in lower-case hexadecimal
/// digits.
final class Erasures {
    /// The time of an erasure record that cannot be read.
    static final Instant UNKNOWN = Instant.MAX;

    private final Map<String, Instant> upTo = new HashMap<>();

    /// Returns the time up to which the tenant was erased before. The latest erasure wins.
    Optional<Instant> put(String sha256, Instant requestedAt) {
        Optional<Instant> before = Optional.ofNullable(upTo.get(sha256));
        upTo.merge(sha256, requestedAt, (one, other) -> one.isAfter(other) ? one : other);
        return before;
    }

    /// The time up to which the tenant was erased; empty if it was not.
    Optional<Instant> of(String tenant) {
        return upTo.isEmpty() ? Optional.empty() : Optional.ofNullable(upTo.get(sha256(tenant)));
    }

    /// All erasures, in the order of the hashes.
    SortedMap<String, Instant> all() {
        return new TreeMap<>(upTo);
    }

    void clear() {
        upTo.clear();
    }

    static String sha256(String tenant) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(tenant.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
