package io.keyward.domain;

import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Published;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Register;
import java.time.Instant;
import java.util.Optional;

/// The stored state of an environment: its facts, its slot, and what was last published about it.
///
/// @param series what was known of its series when they ended
/// @param timer when it must be decided again if no other event comes (R25); empty if time alone changes nothing
public record EnvironmentState(
        EnvironmentFacts facts, Slot slot, Published published, SeriesMemory series, Optional<Timer> timer) {
    /// The state of an environment that no event has named.
    public static final EnvironmentState NONE = new EnvironmentState(
            EnvironmentFacts.NONE, Slot.none(), Published.NOTHING, SeriesMemory.NONE, Optional.empty());

    /// The same state with these facts, which nothing has been decided from yet.
    public EnvironmentState with(EnvironmentFacts other) {
        return new EnvironmentState(other, slot, published, series, timer);
    }

    /// The same state with that as what was last published.
    public EnvironmentState with(Published other) {
        return new EnvironmentState(facts, slot, other, series, timer);
    }

    /// Whether former rules held it back because of its type, which these rules do not (R8): up to number 6, DEFAULT
    /// was not eligible. What these rules call eligible has a place in the queue, or a slot.
    boolean isHeldBackByFormerRules() {
        return slot.equals(new Slot.Waiting(Optional.empty()))
                && facts.snapshot()
                        .map(Register::value)
                        .filter(known -> known.type() == EnvironmentType.DEFAULT && known.eligible())
                        .isPresent();
    }

    /// Whether deciding the environment from those facts would publish nothing and change nothing but the facts of
    /// this state. It is told without applying the rules, and only of facts that are repeated: if false, it is not
    /// known.
    ///
    /// Of the times in which such facts differ, the rules use three things:
    /// - The verdict is as of the latest time. Before [#dueAt] a later one changes nothing (R25).
    /// - A count of flows counts if its snapshot is later than `enabledSince` (R3a). Both are, or neither is.
    /// - RECOVERABLE ends when the runtime is seen enabled (R21). The environment is not RECOVERABLE.
    ///
    /// The slot follows from the facts, unless the environment waits in the queue for one (R12). It does not.
    ///
    /// @param repeated the facts of this state with those of an event. This state must have been decided by the
    ///     rules in use, and from all other facts that concern it
    public boolean isKeptBy(EnvironmentFacts repeated) {
        if (facts.snapshot().isEmpty()
                || published.decision().isEmpty()
                || slot.queuedAt().isPresent()
                || !repeated.repeat(facts)) {
            return false;
        }
        Decision decision = published.decision().get();
        Instant before = facts.snapshot().get().stamp().occurredAt();
        Instant now = repeated.snapshot().orElseThrow().stamp().occurredAt();
        return decision.encryptionState() != EncryptionState.RECOVERABLE
                && decision.enabledSince()
                        .map(since -> before.isAfter(since) == now.isAfter(since))
                        .orElse(true)
                && dueAt().map(now::isBefore).orElse(true);
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
