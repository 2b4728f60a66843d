package io.keyward.domain;

import io.keyward.domain.decision.Published;
import io.keyward.domain.fact.EnvironmentFacts;

/// All that is kept of an environment: its facts, its slot, and what readers were told last.
public record EnvironmentState(EnvironmentFacts facts, Slot slot, Published published) {
    /// An environment never heard of.
    public static final EnvironmentState NONE =
            new EnvironmentState(EnvironmentFacts.NONE, Slot.none(), Published.NOTHING);
}
