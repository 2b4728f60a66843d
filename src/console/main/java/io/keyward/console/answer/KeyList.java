package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A page of keys, in the order of tenant, vault and name.
///
/// @param next the cursor for `after` of the next page; empty at the end of the list
public record KeyList(List<Entry> keys, Optional<String> next, Staleness staleness) implements Answer {
    /// What a list of keys can be filtered by.
    public enum Standing {
        /// A revocation of the key or of its newest version is open; of any version if the newest one is not
        /// known.
        REVOKED,

        /// Its newest version is announced to expire within 30 days, or has expired.
        EXPIRING,

        /// No data of the tenant's environments is under it.
        UNUSED
    }

    /// Whether the whole key may be disabled now (R27).
    public enum Disabling {
        YES,
        /// Only dates block it.
        LATER,

        /// Data is under it.
        IN_USE,

        /// Something else blocks it.
        NO,

        /// Too many environments use or used it to answer within a list; the page of the key answers it.
        ASK
    }

    /// A key in short.
    ///
    /// @param key with its newest version, if one is known; its fields are written beside these
    /// @param users environments of the tenant with this key among their applications, counted up to 10,000
    /// @param expiresAt when the newest version expires, as announced
    /// @param revokedSince when the oldest of the open revocations occurred that make it [Standing#REVOKED]
    /// @param revokedBy the causes of these revocations
    /// @param mayBeDisabledFrom from when it may be disabled if nothing else happens; only if dates
    ///     alone block it
    public record Entry(
            String tenantId,
            KeyReference key,
            long users,
            Optional<Instant> expiresAt,
            Optional<Instant> revokedSince,
            List<RevocationCause> revokedBy,
            Disabling mayBeDisabled,
            Optional<Instant> mayBeDisabledFrom) {}
}
