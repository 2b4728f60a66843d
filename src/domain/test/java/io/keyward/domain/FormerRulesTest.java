package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Reports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// R8: environments of type DEFAULT, in the state in which rules that called them not eligible left them.
class FormerRulesTest {
    private static final Decider DECIDER = new Decider(Profiles.SEED);

    private static EnvironmentFacts facts(EnvironmentType type) {
        return EnvironmentFacts.NONE.with(snapshot(day(1), Inventory.of(type))).with(applied(day(2), "p1", "k1"));
    }

    /// What rules that held back that type stored: they never enabled it.
    private static EnvironmentState heldBack(EnvironmentType type) {
        EnvironmentState heldBack = decide(EnvironmentState.NONE, facts(EnvironmentType.TRIAL), true);
        assertThat(heldBack.slot()).isEqualTo(new Slot.Waiting(Optional.empty()));
        return heldBack.with(facts(type));
    }

    private static EnvironmentState decide(EnvironmentState before, EnvironmentFacts facts, boolean slotFree) {
        return DECIDER.decide(
                        Facts.CONTOSO,
                        Facts.E1,
                        new Decider.Input(
                                before, facts, Reports.NONE, Map.of(), Instant.MIN, Optional.empty(), () -> slotFree),
                        new Cause("PROFILE_CHANGED", "1", day(9), "", 0, -1))
                .after();
    }

    private static EnvironmentState decide(EnvironmentState before, Event.OfEnvironment event) {
        return decide(before, before.facts().with(event), true);
    }

    private static void assertSignal(EnvironmentState state, Signal.Action action, Instant from, TimeRange... gaps) {
        assertThat(state.published().signals().values())
                .hasSize(Profiles.SINKS.size())
                .allMatch(signal -> signal.equals(new Signal(action, from, List.of(gaps))));
    }

    @Test
    void itHasNotWaitedAndIsSuppressedFromItsSeriesStart() {
        EnvironmentState before = heldBack(EnvironmentType.DEFAULT);

        EnvironmentState after = decide(before, before.facts(), true);

        assertThat(after.slot()).isEqualTo(new Slot.Held(Optional.empty()));
        assertThat(after.published().decision().orElseThrow().enabledSince()).contains(day(2));
        assertSignal(after, Signal.Action.SUPPRESS, day(2));
        assertThat(decide(after, after.facts(), true)).as("decided once more").isEqualTo(after);
    }

    /// It makes no difference whether an event or the fan-out reaches an environment first.
    @Test
    void anEventThatComesBeforeTheFanOutFindsItEnabled() {
        EnvironmentState before = heldBack(EnvironmentType.DEFAULT);

        assertSignal(decide(before, removed(day(5), "p1")), Signal.Action.ALLOW, day(5), new TimeRange(day(2), day(5)));
        EnvironmentState kept = decide(before, snapshot(day(5), Inventory.of(EnvironmentType.TRIAL)));
        assertThat(kept.slot()).isEqualTo(new Slot.Held(Optional.empty()));
        assertSignal(kept, Signal.Action.SUPPRESS, day(2));
    }

    @Test
    void withoutAFreeSlotItWaitsFromThenOn() {
        EnvironmentState before = heldBack(EnvironmentType.DEFAULT);

        EnvironmentState after = decide(before, before.facts(), false);

        assertThat(after.slot()).isEqualTo(new Slot.Waiting(Optional.of(day(2))));
        assertThat(decide(after, after.facts(), true).slot()).isEqualTo(new Slot.Held(Optional.of(day(9))));
    }

    /// It became eligible with an event, as ever.
    @Test
    void othersHaveWaited() {
        EnvironmentState before = heldBack(EnvironmentType.TRIAL);

        assertThat(decide(before, snapshot(day(5), production())).slot()).isEqualTo(new Slot.Held(Optional.of(day(9))));
        assertThat(decide(before, snapshot(day(5), Inventory.of(EnvironmentType.DEFAULT)))
                        .slot())
                .isEqualTo(new Slot.Held(Optional.of(day(9))));
    }
}
