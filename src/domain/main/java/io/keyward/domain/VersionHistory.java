package io.keyward.domain;

import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The versions of one key that the data of an environment was under, one after the other, as far as they are
/// known (R16–R18).
///
/// These are the pinned version while one is pinned, otherwise the current versions.
///
/// @param since when the data came under the key
/// @param ofKey the periods of the key's versions
/// @param periods those of the versions that the data was under; the last one is open
public record VersionHistory(KeyFacts facts, Instant since, List<VersionPeriod> ofKey, List<VersionPeriod> periods) {
    /// How long a version must stay enabled after it was superseded (R17).
    public static final Duration SUPERSEDED_KEPT = Duration.ofDays(28);

    /// From that time on the policy pins this version; if empty, it follows rotation.
    public record Choice(Instant from, Optional<KeyVersion> pin) {}

    /// @param choices the first one starts the history
    static VersionHistory of(KeyFacts facts, List<Choice> choices) {
        List<VersionPeriod> ofKey = facts.versionPeriods();
        return new VersionHistory(facts, choices.getFirst().from(), ofKey, ofData(ofKey, choices));
    }

    private static List<VersionPeriod> ofData(List<VersionPeriod> ofKey, List<Choice> choices) {
        List<VersionPeriod> result = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            Instant end = i + 1 < choices.size() ? choices.get(i + 1).from() : Instant.MAX;
            if (!choice.from().isBefore(end)) {
                continue;
            }
            if (choice.pin().isPresent()) {
                result.add(new VersionPeriod(choice.pin(), choice.from(), end));
            } else {
                for (VersionPeriod period : ofKey) {
                    if (period.meets(choice.from(), end)) {
                        result.add(period.within(choice.from(), end));
                    }
                }
            }
        }
        return result;
    }

    /// The period of the key's newest version, or of an unknown one.
    VersionPeriod newest() {
        return ofKey.getLast();
    }

    /// Since when the version has been in force without a break. Requires that it is in force.
    Instant inForceSince(KeyVersion version) {
        List<TimeRange> inForce = new ArrayList<>();
        for (VersionPeriod period : periods) {
            if (period.isOf(version)) {
                inForce.add(new TimeRange(period.from(), period.until()));
            }
        }
        return TimeRange.unbroken(inForce).getLast().from();
    }

    /// Whether the version, superseded by then, had to be kept at that time (R17).
    boolean retains(KeyVersion version, Instant at) {
        boolean retained = false;
        for (VersionPeriod period : periods) {
            if (period.isOf(version) && !period.from().isAfter(at)) {
                if (at.isBefore(period.until())) {
                    return false; // in force again
                }
                retained |= mustBeKept(period, at);
            }
        }
        return retained;
    }

    /// Whether the version of an ended period must still be enabled at that time (R17).
    boolean mustBeKept(VersionPeriod period, Instant moment) {
        return hadVersionOfItsOwn(period) && moment.isBefore(period.until().plus(SUPERSEDED_KEPT));
    }

    /// Whether the period stands for a version. A version that was never known as current counts as superseded at
    /// the first known rotation, unless that rotation names another version, which then has its own period (R17).
    private boolean hadVersionOfItsOwn(VersionPeriod period) {
        return period.version().isPresent() || !facts.firstRotationNamesPrevious();
    }

    /// Whether a revocation of that version at that time concerns the version period.
    ///
    /// Before the key's first known rotation the version is unknown. Then every version counts that no rotation up
    /// to the revocation has named. So does the version that the first rotation names as new without naming a
    /// previous one. So a later rotation never ends a lock (R17).
    boolean concerns(Instant revoked, KeyVersion version, VersionPeriod period) {
        return period.version().isPresent()
                ? period.isOf(version)
                : !facts.isKnownAsCurrent(version, revoked) || facts.firstRotationMayRepeat(version);
    }

    /// The latest end of a time in which the data was under that version, or may have been as far as is known at
    /// that moment, and after which it must be kept (R17). Empty if there is none.
    public Optional<Instant> lastUsed(KeyVersion version, Instant moment) {
        return ends(version, moment).filter(end -> !end.equals(Instant.MAX)).max(Comparator.naturalOrder());
    }

    /// Until when the data was under that version, or may have been as far as is known at that moment:
    /// [Instant#MAX] while it may be still, and when it came to the key if it never was.
    public Instant underUntil(KeyVersion version, Instant moment) {
        return ends(version, moment).max(Comparator.naturalOrder()).orElse(since);
    }

    private Stream<Instant> ends(KeyVersion version, Instant moment) {
        return periods.stream()
                .filter(period -> concerns(moment, version, period) && hadVersionOfItsOwn(period))
                .map(VersionPeriod::until);
    }

    /// Whether it is known that another version has replaced that version.
    public boolean knownAsSuperseded(KeyVersion version) {
        return ofKey.stream().anyMatch(period -> period.isOf(version) && !period.open());
    }

    boolean neverKnownAsCurrent(KeyVersion version) {
        return ofKey.stream().noneMatch(period -> period.isOf(version));
    }

    Optional<KeyVersion> currentAt(Instant moment) {
        return ofKey.stream()
                .filter(t -> t.version().isPresent() && !moment.isBefore(t.from()) && moment.isBefore(t.until()))
                .findFirst()
                .flatMap(VersionPeriod::version);
    }

    /// The versions that the data was under and that must still be enabled after that moment, without the one in
    /// force, each with the date until which it must be (R17).
    Map<KeyVersion, Instant> superseded(Optional<KeyVersion> inForce, Instant moment) {
        Map<KeyVersion, Instant> kept = Map.of();
        Instant longAgo = moment.minus(SUPERSEDED_KEPT);
        for (VersionPeriod period : periods) {
            if (period.until().isAfter(longAgo)
                    && period.version().isPresent()
                    && !period.version().equals(inForce)) {
                kept = kept.isEmpty() ? new TreeMap<>(Comparator.comparing(KeyVersion::value)) : kept;
                kept.merge(period.version().get(), period.until().plus(SUPERSEDED_KEPT), Instants::max);
            }
        }
        return kept;
    }

    Set<KeyVersion> inUseAt(Instant moment) {
        return versionsOf(periods.stream().filter(t -> inUseAt(t, moment)));
    }

    private static boolean inUseAt(VersionPeriod period, Instant moment) {
        return !period.from().isAfter(moment) && !period.until().isBefore(moment);
    }

    /// The versions that backups may be under if the environment leaves at that time: those in use, and those
    /// that must still be kept (R9).
    public Set<KeyVersion> ofBackups(Instant left) {
        return versionsOf(periodsOfBackups(left));
    }

    Stream<VersionPeriod> periodsOfBackups(Instant left) {
        return periods.stream().filter(t -> inUseAt(t, left) || (t.until().isBefore(left) && mustBeKept(t, left)));
    }

    private static Set<KeyVersion> versionsOf(Stream<VersionPeriod> periods) {
        return periods.flatMap(period -> period.version().stream()).collect(Collectors.toSet());
    }
}
