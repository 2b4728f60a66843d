package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// A second, plain implementation of the derived words (docs/domain.md), for keys that are only revoked whole: it
/// goes through the events of one environment in order of time.
final class TimeWalk {
    private final List<Event> events;
    private final Map<KeyId, List<Event.KeyRevoked>> open = new HashMap<>();
    final List<String> left = new ArrayList<>();
    Optional<Event.PolicyApplied> inForce = Optional.empty();
    Optional<KeyId> key = Optional.empty();
    Optional<Instant> onKeySince = Optional.empty();
    Optional<Instant> seriesStart = Optional.empty();
    Optional<Rule> waiting = Optional.empty();
    private Optional<Event.PolicyApplied> wanted = Optional.empty();

    private TimeWalk(List<Event> events) {
        this.events = events;
    }

    /// Through events of one environment (without purges and resets) and of its tenant's keys.
    static TimeWalk through(List<Event> events) {
        TimeWalk walk = new TimeWalk(events);
        TreeSet<Instant> times = new TreeSet<>();
        events.forEach(event -> times.add(event.occurredAt()));
        times.forEach(walk::live);
        return walk;
    }

    /// One time: a key is revoked before it is restored, and a removal comes before an application.
    private void live(Instant now) {
        at(now, Event.KeyRevoked.class)
                .forEach(e ->
                        open.computeIfAbsent(e.key(), _ -> new ArrayList<>()).add(e));
        at(now, Event.KeyRestored.class)
                .forEach(e -> open.getOrDefault(e.key(), new ArrayList<>())
                        .removeIf(r -> r.occurredAt().isBefore(now)
                                && (e.cause().isEmpty() || e.cause().get() == r.cause())));
        settle(now);
        for (Event.PolicyRemoved removal : at(now, Event.PolicyRemoved.class)) {
            boolean replaced = at(now, Event.PolicyApplied.class).stream()
                    .anyMatch(a -> !a.policyId().equals(removal.policyId()));
            if (!replaced && inForce.isPresent() && inForce.get().policyId().equals(removal.policyId())) {
                inForce = Optional.empty();
                wanted = Optional.empty();
                waiting = Optional.of(Rule.R9);
                settle(now);
            }
        }
        for (Event.PolicyApplied application : at(now, Event.PolicyApplied.class)) {
            inForce = Optional.of(application);
            if (key.isEmpty()) {
                seriesStart = Optional.of(now);
                begin(application.key().key(), now);
            } else if (key.get().equals(application.key().key())) {
                waiting = Optional.empty();
            } else {
                wanted = inForce;
                waiting = Optional.of(Rule.R22);
                settle(now);
            }
        }
    }

    private <T extends Event> List<T> at(Instant now, Class<T> kind) {
        return events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(e -> e.occurredAt().equals(now))
                .sorted(Comparator.comparing(Event::stamp).thenComparing(TimeWalk::asKept))
                .toList();
    }

    /// Facts with equal stamps are ordered by their text.
    private static String asKept(Event event) {
        return event instanceof Event.PolicyApplied a
                ? new Fact.Application(a.stamp(), a.policyId(), a.key()).toString()
                : event.toString();
    }

    private void settle(Instant now) {
        if (waiting.isEmpty() || unusable(key.orElseThrow())) {
            return;
        }
        left.add(key.get() + " " + now);
        key = Optional.empty();
        onKeySince = Optional.empty();
        if (waiting.get() == Rule.R22) {
            begin(wanted.orElseThrow().key().key(), now);
        } else {
            seriesStart = Optional.empty();
        }
        waiting = Optional.empty();
    }

    private void begin(KeyId under, Instant now) {
        key = Optional.of(under);
        onKeySince = Optional.of(now);
    }

    /// An expired key can still unwrap.
    private boolean unusable(KeyId under) {
        return open.getOrDefault(under, List.of()).stream().anyMatch(r -> r.cause() != RevocationCause.KEY_EXPIRED);
    }
}
