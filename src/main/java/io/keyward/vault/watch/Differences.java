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

/// The events that bring the facts in line with what the vault has shown, as far as they have been found: each is
/// looked for in the light of those before.
final class Differences {
    private final KeyObservation matter;
    private final int confirmations;
    private final Duration grace;
    private final List<Event.OfKey> events = new ArrayList<>();
    private KeyFacts facts;

    /// @param confirmations how many answers in a row make a proof
    /// @param grace how long what others have stated is taken at their word
    Differences(KeyObservation matter, int confirmations, Duration grace) {
        this.matter = matter;
        this.confirmations = confirmations;
        this.grace = grace;
        this.facts = matter.facts();
    }

    KeyObservation matter() {
        return matter;
    }

    Evidence evidence() {
        return matter.evidence();
    }

    int confirmations() {
        return confirmations;
    }

    Duration grace() {
        return grace;
    }

    List<Event.OfKey> events() {
        return List.copyOf(events);
    }

    /// The facts with those events among them.
    KeyFacts facts() {
        return facts;
    }

    /// The revocations that are open then.
    List<Fact.Revocation> open() {
        return facts.openRevocations();
    }

    /// The last answers, if there are as many as a proof takes; else none.
    List<ProbeAnswer> proof(List<ProbeAnswer> answers) {
        return Evidence.last(confirmations, answers);
    }

    /// The id of an event that says this, against the newest fact that says otherwise.
    EventId id(Optional<? extends Fact> against, Object... what) {
        return EventIds.of(matter.tenant(), matter.key(), Arrays.stream(what), against);
    }

    void state(Event.OfKey event) {
        events.add(event);
        facts = facts.with(event);
    }
}
