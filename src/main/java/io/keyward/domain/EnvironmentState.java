package io.keyward.domain;

import io.keyward.domain.decision.Published;
import io.keyward.domain.fact.EnvironmentFacts;
import java.time.Instant;
import java.util.Optional;

/// The stored state of an environment: its facts, its slot, and what was last published about it.
///
/// @param timer when it must be decided again if no other event comes (R25); empty if time alone changes nothing
public record EnvironmentState(EnvironmentFacts facts, Slot slot, Published published, Optional<Timer> timer) {
    /// The state of an environment that no event has named.
    public static final EnvironmentState NONE =
            new EnvironmentState(EnvironmentFacts.NONE, Slot.none(), Published.NOTHING, Optional.empty());

    /// The same state with these facts, which nothing has been decided from yet.
    public EnvironmentState with(EnvironmentFacts other) {
        return new EnvironmentState(other, slot, published, timer);
    }

    /// The same state with that as what was last published.
    public EnvironmentState with(Published other) {
        return new EnvironmentState(facts, slot, other, timer);
    }

    /// When it must be decided again if no other event comes.
    public Optional<Instant> dueAt() {
        return timer.map(Timer::dueAt);
    }

    /// When its timer fires: no later than [#dueAt], and at a time exactly if something is due.
    public Optional<Instant> firesAt() {
        return timer.map(Timer::firesAt);
    }
}
