package io.keyward.domain;

import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Instants;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// An environment's use of its tenant's limit (R10–R12).
///
/// This is the only stored value that depends on the order of arrival: a slot is never taken away (docs/domain.md,
/// "Stickiness").
public sealed interface Slot {
    /// Neither holds a slot nor waits for one.
    record None() implements Slot {}

    /// Under a customer key, but not enabled yet.
    ///
    /// @param since its position in the tenant's queue, which is the start of its series; empty while it is not
    ///     eligible (R8)
    record Waiting(Optional<Instant> since) implements Slot {}

    /// Enabled.
    ///
    /// @param waitEndedAt when its wait ended; empty if it did not wait
    record Held(Optional<Instant> waitEndedAt) implements Slot {}

    /// Neither holds a slot nor waits for one.
    static Slot none() {
        return new None();
    }

    /// Whether the environment is enabled.
    default boolean held() {
        return this instanceof Held;
    }

    /// Its position in the tenant's queue, if it waits there.
    default Optional<Instant> queuedAt() {
        return this instanceof Waiting(Optional<Instant> since) ? since : Optional.empty();
    }

    /// The slot after a fact of that time.
    ///
    /// @param slotFree whether a slot is free for the environment; evaluated only if it needs one
    default Slot after(EnvironmentFacts facts, History history, BooleanSupplier slotFree, Instant at) {
        if (history.seriesStart().isEmpty() || facts.snapshot().isEmpty()) {
            return none();
        }
        if (held()) {
            return this;
        }
        if (!facts.snapshot().get().value().eligible()) {
            return new Waiting(Optional.empty());
        }
        if (slotFree.getAsBoolean()) {
            return new Held(this instanceof Waiting ? Optional.of(at) : Optional.empty());
        }
        return new Waiting(history.seriesStart());
    }

    /// Since when the environment is enabled: the start of its series, or the end of its wait if that is later.
    default Optional<Instant> enabledSince(Instant seriesStart) {
        return this instanceof Held(Optional<Instant> waitEndedAt)
                ? Optional.of(waitEndedAt.map(w -> Instants.max(w, seriesStart)).orElse(seriesStart))
                : Optional.empty();
    }
}
