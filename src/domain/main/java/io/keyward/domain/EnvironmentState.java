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
/// @param timer when it must be decided again if no other event arrives (R25); empty if time alone changes nothing
public record EnvironmentState(
        EnvironmentFacts facts, Slot slot, Published published, SeriesMemory series, Optional<Timer> timer) {
    /// The state of an environment that no event has named.
    public static final EnvironmentState NONE = new EnvironmentState(
            EnvironmentFacts.NONE, Slot.none(), Published.NOTHING, SeriesMemory.NONE, Optional.empty());

    /// The same state with these facts, from which nothing has been decided yet.
    public EnvironmentState with(EnvironmentFacts other) {
        return new EnvironmentState(other, slot, published, series, timer);
    }

    /// The same state with this as what was last published.
    public EnvironmentState with(Published other) {
        return new EnvironmentState(facts, slot, other, series, timer);
    }

    /// Whether former rules held it back because of its type although the present rules do not (R8): up to rules
    /// number 6, DEFAULT was not eligible. An environment that the present rules call eligible waits in the queue
    /// or has a slot.
    boolean isHeldBackByFormerRules() {
        return slot.equals(new Slot.Waiting(Optional.empty()))
                && facts.snapshot()
                        .map(Register::value)
                        .filter(known -> known.type() == EnvironmentType.DEFAULT && known.eligible())
                        .isPresent();
    }

    /// Whether deciding the environment from those facts would publish nothing and would change only the facts of
    /// this state. Determined without applying the rules, and only for repeated facts; false means unknown.
    ///
    /// The rules use three of the times in which repeated facts can differ:
    /// - The verdict is as of the latest time. Before [#dueAt] a later one changes nothing (R25).
    /// - A count of flows counts if its snapshot is later than `enabledSince` (R3a). Either both snapshots are
    ///   later, or neither is.
    /// - RECOVERABLE ends when the runtime is seen enabled (R21). The environment must not be RECOVERABLE.
    ///
    /// The slot follows from the facts, unless the environment waits in the queue (R12). It must not wait.
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

    /// When it must be decided again if no other event arrives.
    public Optional<Instant> dueAt() {
        return timer.map(Timer::dueAt);
    }

    /// When its timer fires: no later than [#dueAt], and present exactly if something is due.
    public Optional<Instant> firesAt() {
        return timer.map(Timer::firesAt);
    }
}
