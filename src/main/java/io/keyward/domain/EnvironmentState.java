package io.keyward.domain;

import io.keyward.domain.decision.Published;
import io.keyward.domain.fact.EnvironmentFacts;
import java.time.Instant;
import java.util.Optional;

/// The stored state of an environment: its facts, its slot, and what was last published about it.
///
/// @param dueAt when it must be decided again if no other event comes (R25)
public record EnvironmentState(EnvironmentFacts facts, Slot slot, Published published, Optional<Instant> dueAt) {
    /// The state of an environment that no event has named.
    public static final EnvironmentState NONE =
            new EnvironmentState(EnvironmentFacts.NONE, Slot.none(), Published.NOTHING, Optional.empty());

    /// The same state with these facts, which nothing has been decided from yet.
    public EnvironmentState with(EnvironmentFacts other) {
        return new EnvironmentState(other, slot, published, dueAt);
    }

    /// The same state with that as what was last published.
    public EnvironmentState with(Published other) {
        return new EnvironmentState(facts, slot, other, dueAt);
    }
}
