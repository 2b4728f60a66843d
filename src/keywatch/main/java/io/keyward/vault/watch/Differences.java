package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects events that make the facts match the vault. Each search takes earlier events into account.
///
/// @param confirmations the number of equal answers in a row that make a proof
/// @param events those that are collected so far
/// @param early of those that must not be published yet: from when on
record Differences(
        Reconciler.KeyObservation observation,
        Reconciler rules,
        int confirmations,
        List<Event.OfKey> events,
        Map<EventId, Instant> early) {
    Differences(Reconciler.KeyObservation observation, Reconciler rules, int confirmations) {
        this(observation, rules, confirmations, new ArrayList<>(), new HashMap<>());
    }

    /// How long a revocation from another source is trusted.
    Duration grace() {
        return rules.grace();
    }

    /// The collected events that may be published now.
    List<Event.OfKey> publishedBy(Instant now) {
        return events.stream()
                .filter(event -> !now.isBefore(early.getOrDefault(event.stamp().eventId(), now)))
                .toList();
    }

    Evidence evidence() {
        return observation.evidence();
    }

    /// The facts, including the collected events.
    KeyFacts facts() {
        KeyFacts facts = observation.facts();
        for (Event.OfKey event : events) {
            facts = facts.with(event);
        }
        return facts;
    }

    /// The revocations that are still open with the collected events.
    List<Fact.Revocation> open() {
        return facts().openRevocations();
    }

    /// The last answers if there are enough for a proof; otherwise none.
    List<ProbeAnswer> proof(List<ProbeAnswer> answers) {
        return Evidence.last(confirmations, answers);
    }

    /// Whether the answer may prove something, as opposed to a denial that is held.
    boolean counts(ProbeAnswer answer) {
        return !(observation.held() && answer.isDenial());
    }

    /// The id of an event with this content, against the newest fact that it contradicts.
    EventId id(Optional<? extends Fact> against, Object... what) {
        return EventIds.of(observation.tenant(), observation.key(), Arrays.stream(what), against);
    }

    void state(Event.OfKey event) {
        events.add(event);
    }

    /// Collects an event that must not be published before that time.
    void state(Event.OfKey event, Instant notBefore) {
        early.put(event.stamp().eventId(), notBefore);
        events.add(event);
    }
}
