package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Newest;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What follows from the facts of one environment alone: the policy in force, the key of the data and since when,
/// the series, a blocked change, and the former keys (docs/domain.md).
///
/// Applications and removals are processed in order of time. At equal times a removal comes before an application,
/// which is the safer reading. A blocked change waits; a newer change replaces it.
public final class History {
    private final Map<KeyId, KeyFacts> keys;
    private final List<FormerKeyPeriod> formerPeriods = new ArrayList<>();
    private final List<Lock> endedLocks = new ArrayList<>();
    private final List<TimeRange> endedSeries = new ArrayList<>(0);
    private Optional<Fact.Application> inForce = Optional.empty();
    private Optional<KeyId> keyOfTheData = Optional.empty();
    private List<VersionHistory.Choice> choices = List.of();
    private Optional<KeyPeriod> keyPeriod = Optional.empty();
    private Optional<Instant> seriesStart = Optional.empty();
    private Optional<PendingChange> pending = Optional.empty();

    /// A swap (to that application) or a removal (to none) that was requested and is not in effect yet.
    private record PendingChange(Instant at, Optional<Fact.Application> to) {
        Rule rule() {
            return to.isPresent() ? Rule.R22 : Rule.R9;
        }
    }

    private History(Map<KeyId, KeyFacts> keys) {
        this.keys = keys;
    }

    /// The history of an environment.
    ///
    /// @param keys the facts of the keys among the environment's applications; a key without facts may be missing
    public static History of(EnvironmentFacts environment, Map<KeyId, KeyFacts> keys) {
        return of(environment.applications().facts(), environment.removals().facts(), Instant.MAX, keys);
    }

    /// @param until the end of the history: what is still blocked then does not take effect
    private static History of(
            List<Fact.Application> applications,
            List<Fact.Removal> removals,
            Instant until,
            Map<KeyId, KeyFacts> keys) {
        History history = new History(keys);
        int removed = 0;
        for (Fact.Application application : applications) {
            while (removed < removals.size() && !removals.get(removed).at().isAfter(application.at())) {
                history.remove(removals.get(removed++), applications);
            }
            history.apply(application);
        }
        while (removed < removals.size()) {
            history.remove(removals.get(removed++), applications);
        }
        history.completePendingUpTo(until);
        return history;
    }

    /// All series that have ended, by a removal that took effect or by a reset, in the order of their ends (R15).
    /// Each one ends when the data left the key. For everything except this method, a reset voids what was before
    /// it.
    ///
    /// @param all the facts of all keys that were ever applied, including those before a reset
    List<TimeRange> endedSeries(EnvironmentFacts environment, Map<KeyId, KeyFacts> all) {
        if (environment.resets().isEmpty()) {
            return endedSeries;
        }
        List<TimeRange> ended = new ArrayList<>();
        Instant from = Instant.MIN;
        for (Fact.Reset reset : environment.resets()) {
            History before = of(
                    between(environment.allApplications(), from, reset.at()),
                    between(environment.allRemovals(), from, reset.at()),
                    reset.at(),
                    all);
            ended.addAll(before.endedSeries);
            before.seriesStart().ifPresent(start -> ended.add(new TimeRange(start, reset.at())));
            from = reset.at();
        }
        ended.addAll(endedSeries);
        return ended;
    }

    private static <T extends Fact> List<T> between(Newest<T> facts, Instant after, Instant upTo) {
        return facts.facts().stream()
                .filter(fact -> fact.at().isAfter(after) && !fact.at().isAfter(upTo))
                .toList();
    }

    private void apply(Fact.Application application) {
        completePendingUpTo(application.at());
        inForce = Optional.of(application);
        if (keyOfTheData.isEmpty()) {
            seriesStart = Optional.of(application.at());
            begin(application, application.at());
        } else if (keyOfTheData.get().equals(application.key().key())) {
            pending = Optional.empty();
            choose(application, application.at());
        } else {
            pending = Optional.of(new PendingChange(application.at(), inForce));
        }
    }

    private void remove(Fact.Removal removal, List<Fact.Application> applications) {
        completePendingUpTo(removal.at());
        if (inForce.isPresent() && inForce.get().policyId().equals(removal.policyId())) {
            for (Fact.Application application : applications) {
                if (application.at().equals(removal.at())
                        && !application.policyId().equals(removal.policyId())) {
                    return; // the other policy takes its place at that very moment
                }
            }
            inForce = Optional.empty();
            pending = Optional.of(new PendingChange(removal.at(), Optional.empty()));
        }
    }

    /// Completes the pending change if the key of the data was usable by that time.
    private void completePendingUpTo(Instant moment) {
        if (pending.isEmpty()) {
            return;
        }
        Optional<Instant> released =
                keyPeriod().orElseThrow().canLeaveAt(pending.get().at());
        if (released.isPresent() && !released.get().isAfter(moment)) {
            complete(pending.get(), released.get());
        }
    }

    private void complete(PendingChange change, Instant at) {
        KeyPeriod left = keyPeriod().orElseThrow();
        formerPeriods.add(new FormerKeyPeriod(left, at, change.rule()));
        keyOfTheData = Optional.empty();
        keyPeriod = Optional.empty();
        pending = Optional.empty();
        if (change.to().isPresent()) {
            for (Lock lock : left.locks()) {
                if (!lock.from().isAfter(at)) {
                    endedLocks.add(lock.endingAt(at));
                }
            }
            begin(change.to().get(), at);
        } else {
            endedSeries.add(new TimeRange(seriesStart.orElseThrow(), at));
            seriesStart = Optional.empty();
            endedLocks.clear();
        }
    }

    private void begin(Fact.Application application, Instant since) {
        keyOfTheData = Optional.of(application.key().key());
        choices = new ArrayList<>(1); // usually the only one
        choose(application, since);
    }

    /// Adds a choice. [#keyPeriod] builds the period again on its next call, because more choices may follow.
    private void choose(Fact.Application application, Instant from) {
        choices.add(new VersionHistory.Choice(from, application.key().version()));
        keyPeriod = Optional.empty();
    }

    /// The newest application, unless a later removal names the same policy.
    public Optional<Fact.Application> policyInForce() {
        return inForce;
    }

    /// Since when the data is under a customer key without a break.
    public Optional<Instant> seriesStart() {
        return seriesStart;
    }

    /// The present period, if the data is under a customer key.
    public Optional<KeyPeriod> keyPeriod() {
        if (keyPeriod.isEmpty()) {
            keyPeriod = keyOfTheData.map(key -> KeyPeriod.of(key, keys.getOrDefault(key, KeyFacts.NONE), choices));
        }
        return keyPeriod;
    }

    /// The former keys, oldest first.
    public List<FormerKeyPeriod> formerPeriods() {
        return Collections.unmodifiableList(formerPeriods);
    }

    /// The former keys that must be kept after that moment, oldest first (R9, R22).
    public Stream<FormerKeyPeriod> keptAfter(Instant moment) {
        return formerPeriods.stream().filter(former -> former.keptUntil().isAfter(moment));
    }

    /// The last time that the data was under that key and left it.
    public Optional<FormerKeyPeriod> lastUnder(KeyId key) {
        return formerPeriods.reversed().stream()
                .filter(former -> former.period().key().equals(key))
                .findFirst();
    }

    /// When the environment's data last left a customer key, if it ever did.
    Optional<Instant> leftKeyAt() {
        return formerPeriods.isEmpty()
                ? Optional.empty()
                : Optional.of(formerPeriods.getLast().left());
    }

    /// Whether the data was under that former key at that time or later, or the key had to be kept then (R9,
    /// R22).
    boolean expects(KeyId key, Instant at) {
        return formerPeriods.stream()
                .anyMatch(former ->
                        former.period().key().equals(key) && former.keptUntil().isAfter(at));
    }

    /// The rule by which a change waits for the previous key: R22 for a swap, R9 for a removal. Empty if no change
    /// waits.
    public Optional<Rule> blockedBy() {
        return pending.map(PendingChange::rule);
    }

    /// All locks of this series, under former keys and the present one.
    public List<Lock> locks() {
        List<Lock> present = keyPeriod().map(KeyPeriod::locks).orElse(List.of());
        if (endedLocks.isEmpty()) {
            return present;
        }
        List<Lock> locks = new ArrayList<>(endedLocks);
        locks.addAll(present);
        return locks;
    }
}
