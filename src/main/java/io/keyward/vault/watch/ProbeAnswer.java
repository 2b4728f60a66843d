package io.keyward.vault.watch;

import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.KeyVersion;
import io.keyward.vault.DenialReason;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A conclusive answer to a round trip, and what it proves.
///
/// @param asked when the probe began, in whole milliseconds as in events; an earlier state may have changed
/// @param asFor the probed version; empty for the current one
record ProbeAnswer(Instant asked, Optional<KeyVersion> asFor, ProbeResult result) {
    private static final Set<RevocationCause> ALL_THAT_A_VAULT_SHOWS = EnumSet.of(
            RevocationCause.KEY_DISABLED,
            RevocationCause.KEY_DELETED,
            RevocationCause.VAULT_DELETED,
            RevocationCause.ACCESS_REMOVED,
            RevocationCause.NETWORK_BLOCKED,
            RevocationCause.KEY_EXPIRED,
            RevocationCause.OTHER);
    private static final Set<RevocationCause> REACHED =
            EnumSet.of(RevocationCause.VAULT_DELETED, RevocationCause.NETWORK_BLOCKED);
    private static final Set<RevocationCause> THERE =
            EnumSet.of(RevocationCause.VAULT_DELETED, RevocationCause.NETWORK_BLOCKED, RevocationCause.KEY_DELETED);
    private static final Set<RevocationCause> ENABLED = EnumSet.of(
            RevocationCause.VAULT_DELETED,
            RevocationCause.NETWORK_BLOCKED,
            RevocationCause.KEY_DELETED,
            RevocationCause.KEY_DISABLED);

    ProbeAnswer {
        asked = asked.truncatedTo(ChronoUnit.MILLIS);
    }

    boolean usable() {
        return cause().isEmpty();
    }

    /// The version that the answer is about: the probed one, or the one that the vault returned as current.
    /// Empty for a deleted key without a probed version, although the vault still describes it.
    Optional<KeyVersion> version() {
        return switch (result.outcome()) {
            case DELETED_RECOVERABLE, ABSENT -> asFor;
            case USABLE,
                    DISABLED,
                    ACCESS_DENIED,
                    EXPIRED,
                    NOT_YET_VALID,
                    UNSUITABLE,
                    THROTTLED,
                    UNAVAILABLE,
                    OWN_IDENTITY -> asFor.or(() -> result.key().map(KeyDescription::version));
        };
    }

    /// When that version expires, in whole milliseconds.
    Optional<Instant> expiresAt() {
        return result.key().flatMap(KeyDescription::expiresAt).map(at -> at.truncatedTo(ChronoUnit.MILLIS));
    }

    /// Why the key is unusable; empty if it is usable.
    Optional<RevocationCause> cause() {
        return switch (result.outcome()) {
            case USABLE -> Optional.empty();
            case DISABLED -> Optional.of(RevocationCause.KEY_DISABLED);
            case DELETED_RECOVERABLE, ABSENT -> Optional.of(RevocationCause.KEY_DELETED);
            case ACCESS_DENIED ->
                Optional.of(deniedByTheNetwork() ? RevocationCause.NETWORK_BLOCKED : RevocationCause.ACCESS_REMOVED);
            case EXPIRED -> Optional.of(RevocationCause.KEY_EXPIRED);
            case NOT_YET_VALID, UNSUITABLE -> Optional.of(RevocationCause.OTHER);
            case THROTTLED, UNAVAILABLE, OWN_IDENTITY -> throw inconclusive();
        };
    }

    /// The unusable version; empty if the whole key is unusable.
    Optional<KeyVersion> scope() {
        return switch (result.outcome()) {
            case DELETED_RECOVERABLE, ACCESS_DENIED -> Optional.empty();
            case ABSENT -> asFor;
            case USABLE, DISABLED, EXPIRED, NOT_YET_VALID, UNSUITABLE -> version();
            case THROTTLED, UNAVAILABLE, OWN_IDENTITY -> throw inconclusive();
        };
    }

    /// Whether the answer proves that the key is not unusable for this cause. An answer disproves only the
    /// causes that the vault checks before it gives that answer.
    boolean disproves(RevocationCause suspected) {
        Set<RevocationCause> disproved = switch (result.outcome()) {
            case USABLE -> ALL_THAT_A_VAULT_SHOWS;
            case EXPIRED, NOT_YET_VALID -> ENABLED;
            case DISABLED, UNSUITABLE -> THERE;
            case DELETED_RECOVERABLE, ABSENT -> REACHED;
            case ACCESS_DENIED -> deniedByTheNetwork() ? EnumSet.of(RevocationCause.VAULT_DELETED) : REACHED;
            case THROTTLED, UNAVAILABLE, OWN_IDENTITY -> throw inconclusive();
        };
        return disproved.contains(suspected);
    }

    /// Whether this answer supports a later answer that the key is unusable. Expiry supports only expiry,
    /// because an expired key still unwraps. An answer about one version does not support an answer about
    /// another version.
    boolean bearsOut(ProbeAnswer later) {
        if (usable()) {
            return false;
        }
        boolean asGrave = cause().get() != RevocationCause.KEY_EXPIRED || cause().equals(later.cause());
        return asGrave && (scope().isEmpty() || later.scope().isEmpty() || scope().equals(later.scope()));
    }

    private boolean deniedByTheNetwork() {
        return result.denial().equals(Optional.of(DenialReason.NETWORK));
    }

    private IllegalStateException inconclusive() {
        return new IllegalStateException(result.outcome() + " says nothing of a key");
    }
}
