package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Outage;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the times in which revocations of a key kept the data of an environment from being used (R17, R19, R20,
/// R23).
///
/// @param since when the data came under the key
record KeyLocks(KeyFacts facts, VersionHistory versions, Instant since) {
    /// All locks, ended or open, in order of their revocations. A lock that ended before the data came under the
    /// key is not included (R21).
    List<Lock> all() {
        if (facts.outages().isEmpty()) {
            return List.of();
        }
        List<Lock> all = new ArrayList<>();
        for (Outage outage : facts.outages()) {
            Fact.Revocation revocation = outage.revocation();
            Instant closed = outage.until();
            if (closed.isBefore(since)) {
                continue;
            }
            if (revocation.stillUnwraps()) {
                addExpiryLocks(revocation, closed, all);
            } else if (revocation.version().isEmpty()) {
                all.add(new Lock(revocation, Rule.R20, Instants.max(revocation.at(), since), closed));
            } else {
                versionLock(revocation, closed).ifPresent(all::add);
            }
        }
        return all;
    }

    /// One lock for all version periods that the revocation concerns.
    private Optional<Lock> versionLock(Fact.Revocation revocation, Instant closed) {
        List<Lock> each = new ArrayList<>();
        for (VersionPeriod period : versions.periods()) {
            Instant from = Instants.max(revocation.at(), period.from());
            if (!closed.isBefore(from)) {
                ruleThatLocks(revocation, period).ifPresent(rule -> each.add(new Lock(revocation, rule, from, closed)));
            }
        }
        return each.stream().reduce(Lock::with);
    }

    /// The rule by which the revocation of a version locks data of that version period; empty if it does not
    /// lock it.
    private Optional<Rule> ruleThatLocks(Fact.Revocation revocation, VersionPeriod period) {
        if (!versions.concerns(revocation.at(), revocation.version().orElseThrow(), period)) {
            return Optional.empty();
        }
        if (period.open()) {
            return Optional.of(Rule.R20);
        }
        if (revocation.at().isBefore(period.until())) {
            return Optional.of(Rule.R19);
        }
        return versions.mustBeKept(period, revocation.at()) ? Optional.of(Rule.R17) : Optional.empty();
    }

    /// An expired key can still unwrap, so it locks only while the expired version is in force (R23).
    private void addExpiryLocks(Fact.Revocation revocation, Instant closed, List<Lock> all) {
        Optional<KeyVersion> expired = revocation.version().or(() -> versions.currentAt(revocation.at()));
        for (VersionPeriod period : versions.periods()) {
            boolean concerned = expired.isPresent()
                    ? versions.concerns(revocation.at(), expired.get(), period)
                    : period.version().map(versions::neverKnownAsCurrent).orElse(true);
            Lock lock = new Lock(
                    revocation,
                    Rule.R23,
                    Instants.max(revocation.at(), period.from()),
                    Instants.min(closed, period.until()));
            if (concerned && lock.from().isBefore(lock.until())) {
                all.add(lock);
            }
        }
    }
}
