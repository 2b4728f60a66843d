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
/// @param askedAt when the probe began, in whole milliseconds as in events; an earlier state may have changed
/// @param asFor the probed version; empty for the current one
/// @param deniedSince of a denial: when the first of the unbroken denials was asked; else the same as `askedAt`
record ProbeAnswer(Instant askedAt, Optional<KeyVersion> asFor, ProbeResult result, Instant deniedSince) {
    /// The causes that a vault shows, in the order in which it checks them.
    static final List<RevocationCause> CHECKED = List.of(
            RevocationCause.VAULT_DELETED,
            RevocationCause.NETWORK_BLOCKED,
            RevocationCause.KEY_DELETED,
            RevocationCause.KEY_DISABLED,
            RevocationCause.ACCESS_REMOVED,
            RevocationCause.KEY_EXPIRED,
            RevocationCause.OTHER);

    private static final List<RevocationCause> NOTHING = List.of();
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
        askedAt = askedAt.truncatedTo(ChronoUnit.MILLIS);
        deniedSince = deniedSince.truncatedTo(ChronoUnit.MILLIS);
    }

    ProbeAnswer(Instant askedAt, Optional<KeyVersion> asFor, ProbeResult result) {
        this(askedAt, asFor, result, askedAt);
    }

    private Meaning meaning() {
        return switch (result.outcome()) {
            case USABLE -> new Meaning(Optional.empty(), version(), CHECKED);
            case DISABLED -> unusable(RevocationCause.KEY_DISABLED, version(), THERE);
            case DELETED_RECOVERABLE -> unusable(RevocationCause.KEY_DELETED, Optional.empty(), REACHED);
            case ABSENT -> unusable(RevocationCause.KEY_DELETED, asFor, REACHED);
            case ACCESS_DENIED -> denied();
            case EXPIRED -> unusable(RevocationCause.KEY_EXPIRED, version(), ENABLED);
            case NOT_YET_VALID -> unusable(RevocationCause.OTHER, version(), ENABLED);
            case UNSUITABLE -> unusable(RevocationCause.OTHER, version(), THERE);
            case THROTTLED, UNAVAILABLE, OWN_IDENTITY ->
                throw new IllegalStateException(result.outcome() + " says nothing of a key");
        };
    }

    /// A denial without a reason may come from the firewall, and the directory denies before any vault does.
    private Meaning denied() {
        return switch (result.denial().orElse(null)) {
            case NETWORK -> unusable(RevocationCause.NETWORK_BLOCKED, Optional.empty(), FOUND);
            case RBAC, POLICY -> unusable(RevocationCause.ACCESS_REMOVED, Optional.empty(), REACHED);
            case DIRECTORY -> unusable(RevocationCause.ACCESS_REMOVED, Optional.empty(), NOTHING);
            case null -> unusable(RevocationCause.ACCESS_REMOVED, Optional.empty(), FOUND);
        };
    }

    private static Meaning unusable(
            RevocationCause cause, Optional<KeyVersion> scope, List<RevocationCause> disproved) {
        return new Meaning(Optional.of(cause), scope, disproved);
    }

    /// Whether the vault, its firewall or its directory refused Keyward, which says nothing about the key itself.
    boolean isDenial() {
        return result.outcome() == ProbeOutcome.ACCESS_DENIED;
    }

    /// Whether it is a denial by the firewall, or without a reason, which the firewall may have been.
    boolean mayBeOfTheNetwork() {
        return isDenial() && result.denial().map(DenialReason.NETWORK::equals).orElse(true);
    }

    /// Whether both are denials of the same kind: by a grant, by the network, or without a reason.
    boolean continues(ProbeAnswer earlier) {
        return isDenial()
                && earlier.isDenial()
                && cause().equals(earlier.cause())
                && result.denial().isPresent() == earlier.result.denial().isPresent();
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

    /// Whether this answer confirms a later answer that the key is unusable: it has the same cause. An answer about one
    /// version does not confirm an answer about another version.
    boolean bearsOut(ProbeAnswer later) {
        return !usable()
                && cause().equals(later.cause())
                && (scope().isEmpty() || later.scope().isEmpty() || scope().equals(later.scope()));
    }
}
