package io.keyward.domain;

import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The times in which the versions of the key of the data protected it, from the applications of policies and the
/// rotations of the key: a second and plain implementation for R29 to R31.
final class VersionsInUse {
    private final Situation situation;
    private final List<VersionPeriod> periods = new ArrayList<>();

    VersionsInUse(Situation situation, EnvironmentFacts facts) {
        this.situation = situation;
        situation
                .history()
                .keyPeriod()
                .ifPresent(period -> addPeriods(period, facts.applications().facts()));
    }

    /// From each application of the key to the next one, the first of them being the one that brought the data under
    /// it.
    private void addPeriods(KeyPeriod period, List<Fact.Application> applications) {
        List<Fact.Application> ofKey = applications.stream()
                .filter(a -> a.key().key().equals(period.key()))
                .toList();
        for (int i = 0; i < ofKey.size(); i++) {
            Instant from = VersionPeriod.later(ofKey.get(i).at(), period.since());
            Instant until =
                    i + 1 < ofKey.size() ? VersionPeriod.later(ofKey.get(i + 1).at(), period.since()) : Instant.MAX;
            if (from.isBefore(until)) {
                addPeriods(ofKey.get(i).key(), from, until);
            }
        }
    }

    private void addPeriods(KeyReference key, Instant from, Instant until) {
        if (key.version().isPresent()) {
            periods.add(new VersionPeriod(key.version(), from, until));
            return;
        }
        for (VersionPeriod current : situation.facts(key.key()).versionPeriods()) {
            Instant start = VersionPeriod.later(current.from(), from);
            Instant end = VersionPeriod.earlier(current.until(), until);
            if (!end.isBefore(start) && current.from().isBefore(until)) {
                periods.add(new VersionPeriod(current.version(), start, end));
            }
        }
    }

    /// Since when the version in force is so without a break; empty where none is known.
    Optional<Instant> startOfTheOneInForce() {
        Optional<KeyVersion> version = situation.keyPeriod().reference().version();
        if (version.isEmpty()) {
            return Optional.empty();
        }
        Instant start = Instant.MAX;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (VersionPeriod period : periods) {
                if (period.version().equals(version)
                        && period.from().isBefore(start)
                        && !period.until().isBefore(start)) {
                    start = period.from();
                    moved = true;
                }
            }
        }
        return Optional.of(start);
    }

    /// Whether items may have been under that version of a customer's key at that time: it was in force then, or had to
    /// be retained.
    boolean expectedAt(Instant moment, KeyReference key) {
        boolean ofTheData = situation
                .history()
                .keyPeriod()
                .filter(period -> period.key().equals(key.key()))
                .isPresent();
        boolean inForceOrKept = ofTheData
                && periods.stream()
                        .anyMatch(period -> isInForce(period, moment, key.version())
                                || isKept(period, moment, key.version())
                                || (period.version().isEmpty() && mayBeKept(period, moment, key)));
        boolean former = situation.history().formerPeriods().stream()
                .filter(left -> left.period().key().equals(key.key()))
                .anyMatch(left -> !left.left().isAfter(moment)
                        && moment.isBefore(left.left().plus(Duration.ofDays(30))));
        return inForceOrKept || former;
    }

    private static boolean isInForce(VersionPeriod period, Instant moment, Optional<KeyVersion> version) {
        return (period.version().isEmpty() || period.version().equals(version))
                && !period.from().isAfter(moment)
                && moment.isBefore(period.until());
    }

    private static boolean isKept(VersionPeriod period, Instant moment, Optional<KeyVersion> version) {
        return period.version().isPresent() && period.version().equals(version) && isSuperseded(period, moment);
    }

    private static boolean isSuperseded(VersionPeriod period, Instant moment) {
        return !period.open()
                && !period.until().isAfter(moment)
                && moment.isBefore(period.until().plus(Duration.ofDays(28)));
    }

    /// Whether that version may have been the one in an ended time of which none is known (R17): no rotation up to the
    /// moment names it, unless the first one may only repeat what was so, and the first one names no previous one.
    private boolean mayBeKept(VersionPeriod unknown, Instant moment, KeyReference key) {
        List<Fact.Rotation> rotations = situation.facts(key.key()).rotations().facts();
        Optional<Fact.Rotation> first = rotations.stream().findFirst();
        boolean namesPrevious = first.flatMap(Fact.Rotation::previousVersion)
                .filter(previous -> !previous.equals(first.get().newVersion()))
                .isPresent();
        boolean named = rotations.stream()
                .filter(rotation -> !rotation.at().isAfter(moment))
                .anyMatch(rotation -> key.version().equals(Optional.of(rotation.newVersion()))
                        || key.version().equals(rotation.previousVersion()));
        return isSuperseded(unknown, moment)
                && !namesPrevious
                && (!named || key.version().equals(first.map(Fact.Rotation::newVersion)));
    }
}
