package io.keyward.domain;

import io.keyward.domain.decision.Published;
import io.keyward.domain.fact.EnvironmentFacts;

/// The stored state of an environment: its facts, its slot, and what was last published about it.
public record EnvironmentState(EnvironmentFacts facts, Slot slot, Published published) {
    /// The state of an environment that no event has named.
    public static final EnvironmentState NONE =
            new EnvironmentState(EnvironmentFacts.NONE, Slot.none(), Published.NOTHING);
}
