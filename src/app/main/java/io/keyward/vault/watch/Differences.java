package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EventId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Collects events that make the facts match the vault. Each search takes earlier events into account.
///
/// @param confirmations the number of equal answers in a row that make a proof
/// @param grace how long a revocation from another source is trusted
/// @param events those that are collected so far
record Differences(Reconciler.KeyObservation observation, int confirmations, Duration grace, List<Event.OfKey> events) {
    Differences(Reconciler.KeyObservation observation, int confirmations, Duration grace) {
        this(observation, confirmations, grace, new ArrayList<>());
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

    /// The id of an event with this content, against the newest fact that it contradicts.
    EventId id(Optional<? extends Fact> against, Object... what) {
        return EventIds.of(observation.tenant(), observation.key(), Arrays.stream(what), against);
    }

    void state(Event.OfKey event) {
        events.add(event);
    }
}
