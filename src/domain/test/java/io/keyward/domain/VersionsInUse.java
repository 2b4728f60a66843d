package io.keyward.domain;

import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.Instants;
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

    /// From each application of the key to the next one, the first of them being the one that brought the data
    /// under it.
    private void addPeriods(KeyPeriod period, List<Fact.Application> applications) {
        List<Fact.Application> ofKey = applications.stream()
                .filter(a -> a.key().key().equals(period.key()))
                .toList();
        for (int i = 0; i < ofKey.size(); i++) {
            Instant from = Instants.max(ofKey.get(i).at(), period.since());
            Instant until = i + 1 < ofKey.size() ? Instants.max(ofKey.get(i + 1).at(), period.since()) : Instant.MAX;
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
            Instant start = Instants.max(current.from(), from);
            Instant end = Instants.min(current.until(), until);
            if (!end.isBefore(start) && current.from().isBefore(until)) {
                periods.add(new VersionPeriod(current.version(), start, end));
            }
        }
    }

    /// Since when the version in force has been in force without a break; empty if none is known.
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

    /// Whether the key, or that version of it, was in `retainUntil` at that time (R9, R17, R22).
    boolean retainedAt(Instant moment, KeyReference key) {
        boolean ofTheData =
                situation.dataUnderKey() && situation.keyPeriod().key().equals(key.key());
        boolean superseded = ofTheData
                && periods.stream().anyMatch(period -> isSuperseded(period, moment, key.version()))
                && periods.stream().noneMatch(period -> isInForce(period, moment, key.version()));
        boolean former = situation.history().formerPeriods().stream()
                .filter(left -> left.period().key().equals(key.key()))
                .anyMatch(left -> !left.left().isAfter(moment)
                        && moment.isBefore(left.left().plus(Duration.ofDays(30))));
        return superseded || former;
    }

    private static boolean isInForce(VersionPeriod period, Instant moment, Optional<KeyVersion> version) {
        return period.version().equals(version) && !period.from().isAfter(moment) && moment.isBefore(period.until());
    }

    private static boolean isSuperseded(VersionPeriod period, Instant moment, Optional<KeyVersion> version) {
        return period.version().equals(version)
                && !period.open()
                && !period.until().isAfter(moment)
                && moment.isBefore(period.until().plus(Duration.ofDays(28)));
    }
}
