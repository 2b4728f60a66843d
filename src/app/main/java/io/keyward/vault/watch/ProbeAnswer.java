package io.keyward.vault.watch;

import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.KeyVersion;
import io.keyward.vault.DenialReason;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// A conclusive answer to a round trip, and what it proves.
///
/// @param asked when the probe began, in whole milliseconds as in events; an earlier state may have changed
/// @param asFor the probed version; empty for the current one
record ProbeAnswer(Instant asked, Optional<KeyVersion> asFor, ProbeResult result) {
    /// The causes that a vault shows, in the order in which it checks them.
    static final List<RevocationCause> CHECKED = List.of(
            RevocationCause.VAULT_DELETED,
            RevocationCause.NETWORK_BLOCKED,
            RevocationCause.KEY_DELETED,
            RevocationCause.KEY_DISABLED,
            RevocationCause.ACCESS_REMOVED,
            RevocationCause.KEY_EXPIRED,
            RevocationCause.OTHER);

    private static final List<RevocationCause> FOUND = CHECKED.subList(0, 1);
    private static final List<RevocationCause> REACHED = CHECKED.subList(0, 2);
    private static final List<RevocationCause> THERE = CHECKED.subList(0, 3);
    private static final List<RevocationCause> ENABLED = CHECKED.subList(0, 4);

    /// What an answer says of the key.
    ///
    /// @param cause why it is unusable; empty if it is usable
    /// @param scope the unusable version; empty if the whole key is unusable
    /// @param disproved the causes that are not it: those that the vault checks before it gives the answer
    private record Meaning(
            Optional<RevocationCause> cause, Optional<KeyVersion> scope, List<RevocationCause> disproved) {}

    ProbeAnswer {
        asked = asked.truncatedTo(ChronoUnit.MILLIS);
    }

    private Meaning meaning() {
        return switch (result.outcome()) {
            case USABLE -> new Meaning(Optional.empty(), version(), CHECKED);
            case DISABLED -> unusable(RevocationCause.KEY_DISABLED, version(), THERE);
            case DELETED_RECOVERABLE -> unusable(RevocationCause.KEY_DELETED, Optional.empty(), REACHED);
            case ABSENT -> unusable(RevocationCause.KEY_DELETED, asFor, REACHED);
            case ACCESS_DENIED ->
                result.denial().equals(Optional.of(DenialReason.NETWORK))
                        ? unusable(RevocationCause.NETWORK_BLOCKED, Optional.empty(), FOUND)
                        : unusable(RevocationCause.ACCESS_REMOVED, Optional.empty(), REACHED);
            case EXPIRED -> unusable(RevocationCause.KEY_EXPIRED, version(), ENABLED);
            case NOT_YET_VALID -> unusable(RevocationCause.OTHER, version(), ENABLED);
            case UNSUITABLE -> unusable(RevocationCause.OTHER, version(), THERE);
            case THROTTLED, UNAVAILABLE, OWN_IDENTITY ->
                throw new IllegalStateException(result.outcome() + " says nothing of a key");
        };
    }

    private static Meaning unusable(
            RevocationCause cause, Optional<KeyVersion> scope, List<RevocationCause> disproved) {
        return new Meaning(Optional.of(cause), scope, disproved);
    }

    boolean usable() {
        return cause().isEmpty();
    }

    /// The version that the answer is about: the probed one, or the one that the vault returned as current.
    /// Empty for a deleted key without a probed version, although the vault still describes it.
    Optional<KeyVersion> version() {
        boolean deleted =
                result.outcome() == ProbeOutcome.DELETED_RECOVERABLE || result.outcome() == ProbeOutcome.ABSENT;
        return deleted ? asFor : asFor.or(() -> result.key().map(KeyDescription::version));
    }

    /// When that version expires, in whole milliseconds.
    Optional<Instant> expiresAt() {
        return result.key().flatMap(KeyDescription::expiresAt).map(at -> at.truncatedTo(ChronoUnit.MILLIS));
    }

    /// Why the key is unusable; empty if it is usable.
    Optional<RevocationCause> cause() {
        return meaning().cause();
    }

    /// The unusable version; empty if the whole key is unusable.
    Optional<KeyVersion> scope() {
        return meaning().scope();
    }

    /// Whether the answer proves that the key is not unusable for this cause.
    boolean disproves(RevocationCause suspected) {
        return meaning().disproved().contains(suspected);
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
}
