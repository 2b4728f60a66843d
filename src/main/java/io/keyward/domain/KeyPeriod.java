package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The time in which an environment's data is under one key, without a break and open at its end ("key of the
/// data", "on this key since"; docs/domain.md).
///
/// A policy follows the key's rotation or pins a version, and a later application of it can change that. The
/// versions that protect the data are the pinned one while a version is pinned, else the current ones. What
/// the rules say of a version (R16–R20, R23) follows from these periods alone.
public final class KeyPeriod {
    /// How long a version must stay enabled after it was superseded (R17).
    static final Duration SUPERSEDED_KEPT = Duration.ofDays(28);

    private static final Comparator<KeyVersion> BY_NAME = Comparator.comparing(KeyVersion::value);

    private final KeyReference reference;
    private final boolean pinned;
    private final KeyFacts facts;
    private final Instant since;
    private final List<VersionPeriod> keyVersionPeriods;
    private final List<VersionPeriod> versionPeriods;
    private final List<Lock> locks;

    /// @param choices from when on a version was pinned, or none; the first one starts the period
    KeyPeriod(KeyId key, KeyFacts facts, List<VersionChoice> choices) {
        this.facts = facts;
        this.since = choices.getFirst().from();
        this.keyVersionPeriods = facts.versionPeriods();
        this.versionPeriods = versionPeriodsOf(choices);
        Optional<KeyVersion> pin = choices.getLast().pin();
        this.reference = new KeyReference(key, pin.isPresent() ? pin : newestVersion());
        this.pinned = pin.isPresent();
        this.locks = locksOf(facts.countedRevocations());
    }

    /// From that time on the policy pins this version; without one, it follows rotation.
    record VersionChoice(Instant from, Optional<KeyVersion> pin) {}

    private List<VersionPeriod> versionPeriodsOf(List<VersionChoice> choices) {
        List<VersionPeriod> result = new ArrayList<>(keyVersionPeriods.size());
        for (int i = 0; i < choices.size(); i++) {
            VersionChoice choice = choices.get(i);
            Instant end = i + 1 < choices.size() ? choices.get(i + 1).from() : Instant.MAX;
            if (!choice.from().isBefore(end)) {
                continue;
            }
            if (choice.pin().isPresent()) {
                result.add(new VersionPeriod(choice.pin(), choice.from(), end));
            } else {
                for (VersionPeriod period : keyVersionPeriods) {
                    if (period.meets(choice.from(), end)) {
                        result.add(period.within(choice.from(), end));
                    }
                }
            }
        }
        return result;
    }

    KeyId key() {
        return reference.key();
    }

    /// The key with the version in force, if one is known (R16).
    public KeyReference reference() {
        return reference;
    }

    /// When the environment came under this key.
    Instant since() {
        return since;
    }

    /// Whether the policy pins the version in force (R18).
    boolean pinned() {
        return pinned;
    }

    /// The key's newest version, if one is known.
    public Optional<KeyVersion> newestVersion() {
        return keyVersionPeriods.getLast().version();
    }

    /// Since when that version has been the newest; [Instant#MIN] where none is known.
    Instant newestVersionSince() {
        return keyVersionPeriods.getLast().from();
    }

    /// Since when the version in force is so without a break; only where one is known.
    Instant versionInForceSince() {
        KeyVersion version = reference.version().orElseThrow();
        Instant start = Instant.MAX;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (VersionPeriod period : versionPeriods) {
                if (period.isOf(version)
                        && period.from().isBefore(start)
                        && !period.until().isBefore(start)) {
                    start = period.from();
                    moved = true;
                }
            }
        }
        return start;
    }

    /// Whether data may have been under that version at that time, as far as was known then: it was in force, or had to
    /// be kept (R17).
    boolean expects(KeyVersion version, Instant at) {
        for (VersionPeriod period : versionPeriods) {
            if (!period.from().isAfter(at)
                    && concerns(at, version, period)
                    && (at.isBefore(period.until()) || mustBeKept(period, at))) {
                return true;
            }
        }
        return false;
    }

    /// The announced expiry of the version in force; while that version is unknown, the earliest announced
    /// one (R23).
    public Optional<Fact.Expiry> expiryAnnounced() {
        if (facts.expiries().isEmpty()) { // true of nearly every decision
            return Optional.empty();
        }
        return facts.expiries().facts().stream()
                .filter(e -> reference.version().map(e.version()::equals).orElse(true))
                .min(Comparator.comparing(Fact.Expiry::expiresAt));
    }

    /// All locks of this period, ended or open, in order of their revocations. A lock that ended before the
    /// period began is not included (R21).
    List<Lock> locks() {
        return locks;
    }

    private List<Lock> locksOf(List<Fact.Revocation> revocations) {
        if (revocations.isEmpty()) {
            return List.of();
        }
        List<Lock> all = new ArrayList<>();
        for (Fact.Revocation revocation : revocations) {
            Instant closed = facts.closedAt(revocation).orElse(Instant.MAX);
            if (revocation.stillUnwraps()) {
                addExpiryLocks(revocation, closed, all);
            } else if (revocation.version().isEmpty()) {
                addUnlessEnded(
                        new Lock(revocation, Rule.R20, VersionPeriod.later(revocation.at(), since), closed), all);
            } else {
                versionLock(revocation, closed).ifPresent(all::add);
            }
        }
        return all;
    }

    private static void addUnlessEnded(Lock lock, List<Lock> all) {
        if (!lock.until().isBefore(lock.from())) {
            all.add(lock);
        }
    }

    /// One lock for all version periods that the revocation concerns.
    private Optional<Lock> versionLock(Fact.Revocation revocation, Instant closed) {
        List<Lock> each = new ArrayList<>();
        for (VersionPeriod period : versionPeriods) {
            ruleThatLocks(revocation, period)
                    .ifPresent(rule -> addUnlessEnded(
                            new Lock(revocation, rule, VersionPeriod.later(revocation.at(), period.from()), closed),
                            each));
        }
        return each.stream().reduce(Lock::with);
    }

    /// The rule by which the revocation of a version locks data of that version period; empty if it does not
    /// lock it.
    private Optional<Rule> ruleThatLocks(Fact.Revocation revocation, VersionPeriod period) {
        if (!concerns(revocation.at(), revocation.version().orElseThrow(), period)) {
            return Optional.empty();
        }
        if (period.open()) {
            return Optional.of(Rule.R20);
        }
        if (revocation.at().isBefore(period.until())) {
            return Optional.of(Rule.R19);
        }
        return mustBeKept(period, revocation.at()) ? Optional.of(Rule.R17) : Optional.empty();
    }

    /// Whether the version of an ended period must still be enabled at that time (R17).
    private boolean mustBeKept(VersionPeriod period, Instant moment) {
        return hadVersionOfItsOwn(period) && moment.isBefore(period.until().plus(SUPERSEDED_KEPT));
    }

    /// Whether the period stands for a version. A version never known as current counts as superseded at the first
    /// known rotation, unless that rotation names another version, which then has a period too (R17).
    private boolean hadVersionOfItsOwn(VersionPeriod period) {
        return period.version().isPresent() || !facts.firstRotationNamesPrevious();
    }

    /// Whether a revocation of that version at that time concerns the version period.
    ///
    /// Before the key's first known rotation the version is unknown. Then every version counts that no
    /// rotation up to the revocation has named, and so does the version that the first rotation names as new
    /// without naming a previous one. So the notice of a later rotation never ends a lock (R17).
    private boolean concerns(Instant revoked, KeyVersion version, VersionPeriod period) {
        return period.version().isPresent()
                ? period.isOf(version)
                : !facts.isKnownAsCurrent(version, revoked) || facts.firstRotationMayRepeat(version);
    }

    /// The latest end of a time in which the data was under that version, or may have been as far as is known at that
    /// moment, and after which it must be kept (R17). Empty if there is none.
    Optional<Instant> lastUsed(KeyVersion version, Instant moment) {
        return ends(version, moment).filter(end -> !end.equals(Instant.MAX)).max(Comparator.naturalOrder());
    }

    /// Until when the data was under that version, or may have been as far as is known at that moment:
    /// [Instant#MAX] while it may be still, and when it came to the key if it never was.
    Instant underUntil(KeyVersion version, Instant moment) {
        return ends(version, moment).max(Comparator.naturalOrder()).orElse(since);
    }

    private Stream<Instant> ends(KeyVersion version, Instant moment) {
        return versionPeriods.stream()
                .filter(period -> concerns(moment, version, period) && hadVersionOfItsOwn(period))
                .map(VersionPeriod::until);
    }

    /// Whether it is known that another version has replaced that version.
    boolean knownAsSuperseded(KeyVersion version) {
        return keyVersionPeriods.stream().anyMatch(period -> period.isOf(version) && !period.open());
    }

    private boolean neverKnownAsCurrent(KeyVersion version) {
        for (VersionPeriod period : keyVersionPeriods) {
            if (period.isOf(version)) {
                return false;
            }
        }
        return true;
    }

    /// An expired key can still unwrap, so it locks only while the expired version is in force (R23).
    private void addExpiryLocks(Fact.Revocation revocation, Instant closed, List<Lock> all) {
        Optional<KeyVersion> expired = revocation.version().or(() -> versionCurrentAt(revocation.at()));
        for (VersionPeriod period : versionPeriods) {
            boolean concerned = expired.isPresent()
                    ? concerns(revocation.at(), expired.get(), period)
                    : period.version().map(this::neverKnownAsCurrent).orElse(true);
            Lock lock = new Lock(
                    revocation,
                    Rule.R23,
                    VersionPeriod.later(revocation.at(), period.from()),
                    VersionPeriod.earlier(closed, period.until()));
            if (concerned && lock.from().isBefore(lock.until())) {
                all.add(lock);
            }
        }
    }

    private Optional<KeyVersion> versionCurrentAt(Instant moment) {
        return keyVersionPeriods.stream()
                .filter(t -> t.version().isPresent() && !moment.isBefore(t.from()) && moment.isBefore(t.until()))
                .findFirst()
                .flatMap(VersionPeriod::version);
    }

    /// When a swap or a removal requested at that time can take effect: at once if the key was usable, else
    /// when every earlier revocation has ended. Empty while one is open (docs/domain.md).
    Optional<Instant> canLeaveAt(Instant asked) {
        Instant released = asked;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Lock lock : locks) {
                boolean unwraps = lock.revocation().stillUnwraps();
                if (!unwraps && !lock.from().isAfter(released) && lock.until().isAfter(released)) {
                    if (lock.open()) {
                        return Optional.empty();
                    }
                    released = lock.until();
                    moved = true;
                }
            }
        }
        return Optional.of(released);
    }

    /// The versions superseded during this period, each with the date until which it must stay enabled, without
    /// the version in force (R17).
    Map<KeyVersion, Instant> supersededVersions() {
        Map<KeyVersion, Instant> kept = new TreeMap<>(BY_NAME);
        for (VersionPeriod period : versionPeriods) {
            if (period.version().isPresent() && !period.version().equals(reference.version())) {
                kept.merge(period.version().get(), period.until().plus(SUPERSEDED_KEPT), VersionPeriod::later);
            }
        }
        return kept;
    }

    /// The versions, other than the one in force, that must be usable at that time, or whose restoration ends
    /// a lock (R17, R19).
    Set<KeyVersion> versionsToKeep(Instant moment) {
        Set<KeyVersion> kept = new HashSet<>();
        supersededVersions().forEach((version, until) -> {
            if (until.isAfter(moment)) {
                kept.add(version);
            }
        });
        locks.stream().filter(Lock::open).forEach(lock -> kept.addAll(versionsLockedBy(lock)));
        return kept;
    }

    /// The revoked version. For a revocation of the whole key, the versions that the data was under at that
    /// time (R19).
    private Set<KeyVersion> versionsLockedBy(Lock lock) {
        return lock.revocation().version().map(Set::of).orElseGet(() -> versionsInUseAt(lock.from()));
    }

    private Set<KeyVersion> versionsInUseAt(Instant moment) {
        return versionsOf(versionPeriods.stream().filter(t -> inUseAt(t, moment)));
    }

    private static boolean inUseAt(VersionPeriod period, Instant moment) {
        return !period.from().isAfter(moment) && !period.until().isBefore(moment);
    }

    /// The versions that backups may be under if the environment leaves at that time: those in use, and those
    /// that must still be kept (R9).
    Set<KeyVersion> versionsOfBackups(Instant left) {
        return versionsOf(versionPeriodsOfBackups(left));
    }

    private Stream<VersionPeriod> versionPeriodsOfBackups(Instant left) {
        return versionPeriods.stream()
                .filter(t -> inUseAt(t, left) || (t.until().isBefore(left) && mustBeKept(t, left)));
    }

    private static Set<KeyVersion> versionsOf(Stream<VersionPeriod> periods) {
        return periods.flatMap(period -> period.version().stream()).collect(Collectors.toSet());
    }

    /// The revocations because of which backups of an environment that left at that time may not be restorable: of
    /// the key, or of a version that its backups may be under (R9).
    List<Fact.Revocation> revocationsOfBackups(Instant left) {
        List<VersionPeriod> needed = versionPeriodsOfBackups(left).toList();
        return facts.openRevocations().stream()
                .filter(r -> !r.stillUnwraps())
                .filter(r -> r.version()
                        .map(version -> needed.stream().anyMatch(t -> concerns(r.at(), version, t)))
                        .orElse(true))
                .toList();
    }
}
