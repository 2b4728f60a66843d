package io.keyward.domain;

import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The time in which an environment's data is under one key, without a break and open at its end ("key of the
/// data", "on this key since"; docs/domain.md).
///
/// A policy follows the key's rotation or pins a version, and a later application of it can change that. What the
/// rules say about a version (R16–R20, R23) follows from the versions that the data was under, and when. Only
/// [#of] creates periods.
///
/// @param reference the key with the version in force, if one is known (R16)
/// @param pinned whether the policy pins the version in force (R18)
/// @param since when the environment came under this key
/// @param versions the versions that the data was under in this period
/// @param locks all locks of this period, ended or open, in order of their revocations; a lock that ended before
///     the period began is not included (R21)
public record KeyPeriod(
        KeyReference reference,
        boolean pinned,
        KeyFacts facts,
        Instant since,
        VersionHistory versions,
        List<Lock> locks) {
    /// The period under a key that its latest choice has not ended.
    ///
    /// @param choices from when on a version was pinned, or none; the first one starts the period
    public static KeyPeriod of(KeyId key, KeyFacts facts, List<VersionHistory.Choice> choices) {
        VersionHistory versions = VersionHistory.of(facts, choices);
        Optional<KeyVersion> pin = choices.getLast().pin();
        KeyReference reference =
                new KeyReference(key, pin.isPresent() ? pin : versions.newest().version());
        List<Lock> locks = new KeyLocks(facts, versions, versions.since()).all();
        return new KeyPeriod(reference, pin.isPresent(), facts, versions.since(), versions, locks);
    }

    public KeyId key() {
        return reference.key();
    }

    /// The key's newest version, if one is known.
    public Optional<KeyVersion> newestVersion() {
        return versions.newest().version();
    }

    /// Since when that version has been the newest; [Instant#MIN] if no version is known.
    Instant newestVersionSince() {
        return versions.newest().from();
    }

    /// Since when the version in force has been in force without a break. Requires that it is known.
    Instant versionInForceSince() {
        return versions.inForceSince(reference.version().orElseThrow());
    }

    /// The announced expiry of the version in force; while that version is unknown, the earliest announced
    /// one (R23).
    public Optional<Fact.Expiry> expiryAnnounced() {
        Fact.Expiry earliest = null;
        for (Fact.Expiry expiry : facts.expiries()) {
            if (reference.version().isEmpty() || reference.version().get().equals(expiry.version())) {
                earliest = earliest == null || expiry.expiresAt().isBefore(earliest.expiresAt()) ? expiry : earliest;
            }
        }
        return Optional.ofNullable(earliest);
    }

    /// When a swap or a removal requested at that time takes effect: at once if the key was usable, otherwise when
    /// every earlier revocation has ended. Empty while one is open (docs/domain.md).
    Optional<Instant> canLeaveAt(Instant requested) {
        for (TimeRange unusable : Lock.unbroken(
                locks.stream().filter(lock -> !lock.revocation().stillUnwraps()).toList())) {
            if (!unusable.from().isAfter(requested) && unusable.until().isAfter(requested)) {
                return unusable.open() ? Optional.empty() : Optional.of(unusable.until());
            }
        }
        return Optional.of(requested);
    }

    /// The versions superseded during this period that must still be enabled after that moment, each with the
    /// date until which it must be, without the version in force (R17).
    Map<KeyVersion, Instant> supersededVersions(Instant moment) {
        return versions.superseded(reference.version(), moment);
    }

    /// The versions, other than the one in force, that must be usable at that time, or whose restoration ends a
    /// lock (R17, R19): the revoked version, or those that the data was under when the whole key was revoked.
    public Set<KeyVersion> versionsToKeep(Instant moment) {
        Set<KeyVersion> kept = new HashSet<>(supersededVersions(moment).keySet());
        locks.stream()
                .filter(Lock::open)
                .forEach(lock -> lock.revocation()
                        .version()
                        .ifPresentOrElse(kept::add, () -> kept.addAll(versions.inUseAt(lock.from()))));
        return kept;
    }

    /// The revocations because of which backups of an environment that left at that time may not be restorable:
    /// of the key, or of a version that its backups may be under (R9).
    List<Fact.Revocation> revocationsOfBackups(Instant left) {
        List<Fact.Revocation> open = facts.openRevocations();
        if (open.isEmpty()) {
            return open;
        }
        List<VersionPeriod> needed = versions.periodsOfBackups(left).toList();
        return open.stream()
                .filter(r -> !r.stillUnwraps())
                .filter(r -> r.version()
                        .map(version -> needed.stream().anyMatch(t -> versions.concerns(r.at(), version, t)))
                        .orElse(true))
                .toList();
    }
}
