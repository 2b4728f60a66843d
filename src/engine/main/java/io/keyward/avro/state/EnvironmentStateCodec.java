package io.keyward.avro.state;

import io.keyward.avro.Symbols;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.SeriesMemory;
import io.keyward.domain.Slot;
import io.keyward.domain.Timer;
import io.keyward.domain.decision.Published;
import io.keyward.domain.event.Component;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.Newest;
import io.keyward.state.SlotKind;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The binary form of the state of an environment: `state/EnvironmentState.avsc`.
final class EnvironmentStateCodec {

    private static final Symbols<SlotKind> SLOTS = Symbols.stored(SlotKind.class);

    private EnvironmentStateCodec() {}

    static void write(StateOutput out, EnvironmentState state) {
        facts(out, state.facts());
        slot(out, state.slot());
        PublishedStateCodec.write(out, state.published());
        out.optional(state.dueAt(), StateOutput::time);
        out.list(state.facts().reported(), (to, component) -> to.symbol(DecisionStateCodec.COMPONENTS, component));
        out.optional(
                state.timer()
                        .filter(timer -> !timer.firesAt().equals(timer.dueAt()))
                        .map(Timer::firesAt),
                StateOutput::time);
        out.optional(state.series().present(), EnvironmentStateCodec::known);
        out.list(state.series().ended(), (to, ended) -> {
            known(to, ended.series());
            to.time(ended.end());
        });
    }

    static EnvironmentState read(StateInput in) throws IOException {
        EnvironmentFacts facts = facts(in);
        Slot slot = slot(in);
        Published published = PublishedStateCodec.read(in);
        Optional<Instant> dueAt = in.optional(StateInput::time);
        Set<Component> reported = reported(in);
        Optional<Instant> firesAt = in.optional(StateInput::time);
        Optional<Timer> timer = dueAt.map(due -> new Timer(due, firesAt.orElse(due)));
        SeriesMemory series = new SeriesMemory(
                in.optional(EnvironmentStateCodec::known),
                in.list(from -> new SeriesMemory.Ended(known(from), from.time())));
        return new EnvironmentState(facts.withReported(reported), slot, published, series, timer);
    }

    private static void facts(StateOutput out, EnvironmentFacts facts) {
        out.optional(facts.snapshot(), SnapshotStateCodec::write);
        out.optional(facts.purgedAt(), StateOutput::time);
        FactStateCodec.newest(out, facts.resets(), (to, reset) -> to.stamp(reset.stamp()));
        out.optional(facts.runtimeEnabledAt(), StateOutput::time);
        FactStateCodec.newest(out, facts.allApplications(), (to, application) -> {
            to.stamp(application.stamp());
            to.policy(application.policyId());
            to.reference(application.key());
        });
        FactStateCodec.newest(out, facts.allRemovals(), (to, removal) -> {
            to.stamp(removal.stamp());
            to.policy(removal.policyId());
        });
    }

    private static EnvironmentFacts facts(StateInput in) throws IOException {
        return new EnvironmentFacts(
                in.optional(SnapshotStateCodec::read),
                in.optional(StateInput::time),
                newest(in, from -> new Fact.Reset(from.stamp())),
                in.optional(StateInput::time),
                newest(in, from -> new Fact.Application(from.stamp(), from.policy(), from.reference())),
                newest(in, from -> new Fact.Removal(from.stamp(), from.policy())),
                Set.of());
    }

    private static <T extends Fact> Newest<T> newest(StateInput in, StateInput.Part<T> part) throws IOException {
        return FactStateCodec.newest(in, EnvironmentFacts.CAPACITY, part);
    }

    private static void known(StateOutput out, SeriesMemory.Known series) {
        out.time(series.start());
        out.optional(series.enabledSince(), StateOutput::time);
        out.flag(series.slotHeld());
    }

    private static SeriesMemory.Known known(StateInput in) throws IOException {
        return new SeriesMemory.Known(in.time(), in.optional(StateInput::time), in.flag());
    }

    private static Set<Component> reported(StateInput in) throws IOException {
        List<Component> reported = in.list(from -> from.symbol(DecisionStateCodec.COMPONENTS));
        return reported.isEmpty() ? Set.of() : EnumSet.copyOf(reported);
    }

    private static void slot(StateOutput out, Slot slot) {
        switch (slot) {
            case Slot.None() -> slot(out, SlotKind.NONE, Optional.empty());
            case Slot.Waiting(Optional<Instant> since) -> slot(out, SlotKind.WAITING, since);
            case Slot.Held(Optional<Instant> waitEndedAt) -> slot(out, SlotKind.HELD, waitEndedAt);
        }
    }

    private static void slot(StateOutput out, SlotKind kind, Optional<Instant> since) {
        out.symbol(SLOTS, kind);
        out.optional(since, StateOutput::time);
    }

    private static Slot slot(StateInput in) throws IOException {
        var kind = in.symbol(SLOTS);
        var since = in.optional(StateInput::time);
        return switch (kind) {
            case NONE -> Slot.none();
            case WAITING -> new Slot.Waiting(since);
            case HELD -> new Slot.Held(since);
        };
    }
}
