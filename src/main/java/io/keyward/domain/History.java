package io.keyward.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The derived words of the domain (section 4) for one environment, computed from the facts alone: policy in force,
/// key of the data, on this key since, series, what is blocked, which keys were left.
///
/// It goes through applications and removals in order of time, a removal before an application of the same time (the
/// safer reading). What is blocked waits; the next step replaces it, for it is the newest word that counts once the
/// key is usable again.
public final class History {
    private final Map<KeyId, KeyFacts> keys;
    private final List<FormerStay> former = new ArrayList<>();
    private final List<Lock> endedLocks = new ArrayList<>();
    private Optional<Fact.Application> inForce = Optional.empty();
    private Optional<Stay> stay = Optional.empty();
    private List<Stay.Choice> choices = new ArrayList<>();
    private Optional<Instant> seriesStart = Optional.empty();
    private Optional<Wish> wish = Optional.empty();

    /// A swap (to that application) or a removal (to none) asked for at a time, not in effect yet.
    private record Wish(Instant at, Optional<Fact.Application> to) {}

    private History(Map<KeyId, KeyFacts> keys) {
        this.keys = keys;
    }

    /// The history of an environment with these facts, whose applications name these keys; a key without facts may be
    /// missing.
    public static History of(EnvironmentFacts environment, Map<KeyId, KeyFacts> keys) {
        History history = new History(keys);
        Stream.<Fact.OfPolicy>concat(
                        environment.removals().facts().stream(), environment.applications().facts().stream())
                .sorted(Comparator.comparing(Fact.OfPolicy::at)
                        .thenComparing(f -> f instanceof Fact.Application)
                        .thenComparing(Fact::stamp))
                .forEach(history::step);
        history.grantUpTo(Instant.MAX);
        return history;
    }

    private void step(Fact.OfPolicy fact) {
        grantUpTo(fact.at());
        switch (fact) {
            case Fact.Application application -> apply(application);
            case Fact.Removal removal -> remove(removal);
        }
    }

    private void apply(Fact.Application application) {
        inForce = Optional.of(application);
        if (stay.isEmpty()) {
            seriesStart = Optional.of(application.at());
            begin(application, application.at());
        } else if (stay.get().key().equals(application.key().key())) {
            wish = Optional.empty();
            choices.add(new Stay.Choice(application.at(), application.key().version()));
            stay = Optional.of(new Stay(application.key().key(), factsOf(application), choices));
        } else {
            wish = Optional.of(new Wish(application.at(), inForce));
        }
    }

    private void remove(Fact.Removal removal) {
        if (inForce.isPresent() && inForce.get().policyId().equals(removal.policyId())) {
            inForce = Optional.empty();
            wish = Optional.of(new Wish(removal.at(), Optional.empty()));
        }
    }

    /// Lets what is waiting take effect if the key of the data was usable by that time.
    private void grantUpTo(Instant moment) {
        if (wish.isEmpty()) {
            return;
        }
        Optional<Instant> released = stay.orElseThrow().releasableAt(wish.get().at());
        if (released.isPresent() && !released.get().isAfter(moment)) {
            grant(wish.get(), released.get());
        }
    }

    private void grant(Wish granted, Instant at) {
        Stay left = stay.orElseThrow();
        former.add(new FormerStay(left, at));
        stay = Optional.empty();
        wish = Optional.empty();
        if (granted.to().isPresent()) {
            left.locks().stream()
                    .filter(lock -> !lock.from().isAfter(at))
                    .forEach(lock -> endedLocks.add(lock.endingAt(at)));
            begin(granted.to().get(), at);
        } else {
            seriesStart = Optional.empty();
            endedLocks.clear();
        }
    }

    private void begin(Fact.Application application, Instant since) {
        choices =
                new ArrayList<>(List.of(new Stay.Choice(since, application.key().version())));
        stay = Optional.of(new Stay(application.key().key(), factsOf(application), choices));
    }

    private KeyFacts factsOf(Fact.Application application) {
        return keys.getOrDefault(application.key().key(), KeyFacts.NONE);
    }

    /// The newest application, unless a later removal names the same policy.
    public Optional<Fact.Application> policyInForce() {
        return inForce;
    }

    /// Since when the data is under a customer key without a break.
    public Optional<Instant> seriesStart() {
        return seriesStart;
    }

    /// The present stay, if the data is under a customer key.
    Optional<Stay> stay() {
        return stay;
    }

    /// The keys left, oldest first.
    List<FormerStay> former() {
        return List.copyOf(former);
    }

    /// When the environment's data last left a customer key, if it ever did.
    Optional<Instant> leftKeyAt() {
        return former.isEmpty()
                ? Optional.empty()
                : Optional.of(former.getLast().left());
    }

    /// Whether a swap or a removal waits for the previous key to be usable (R9, R22), and by which rule.
    Optional<Rule> blockedBy() {
        return wish.map(w -> w.to().isPresent() ? Rule.R22 : Rule.R9);
    }

    /// Every lock of this series, under earlier keys and the present one.
    Stream<Lock> locks() {
        return Stream.concat(endedLocks.stream(), stay.stream().flatMap(s -> s.locks().stream()));
    }
}
