package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.LimitWarning;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// R10 to R13 for one environment and for the numbers of one tenant.
class SlotTest {
    private static final Slot HELD = new Slot.Held(Optional.empty());
    private static final Slot QUEUED = new Slot.Waiting(Optional.of(day(2)));
    private static final Slot NOT_ELIGIBLE = new Slot.Waiting(Optional.empty());

    private static final Event.OfEnvironment SNAPSHOT = snapshot(day(1), production());
    private static final Event.OfEnvironment UNMANAGED =
            snapshot(day(1), production().unmanaged());
    private static final Event.OfEnvironment APPLIED = applied(day(2), "p1", "k1");

    private static Slot after(Slot before, boolean free, Event.OfEnvironment... events) {
        EnvironmentFacts facts = EnvironmentFacts.NONE;
        for (Event.OfEnvironment event : events) {
            facts = facts.with(event);
        }
        return before.after(facts, History.of(facts, Map.of()), () -> free, day(9));
    }

    @Test
    void anEnvironmentThatIsEligibleAndUnderAKeyTakesAFreeSlot() {
        assertThat(after(Slot.none(), true, SNAPSHOT, APPLIED)).isEqualTo(HELD);
        assertThat(after(Slot.none(), true, SNAPSHOT)).isEqualTo(Slot.none());
        assertThat(after(Slot.none(), true, APPLIED)).isEqualTo(Slot.none());
        assertThat(after(Slot.none(), true, UNMANAGED, APPLIED)).isEqualTo(NOT_ELIGIBLE);
    }

    @Test
    void withoutAFreeSlotItWaitsInTheQueue() {
        assertThat(after(Slot.none(), false, SNAPSHOT, APPLIED)).isEqualTo(QUEUED);
        assertThat(after(NOT_ELIGIBLE, false, SNAPSHOT, APPLIED)).isEqualTo(QUEUED);
        assertThat(after(QUEUED, false, UNMANAGED, APPLIED)).isEqualTo(NOT_ELIGIBLE);
    }

    @Test
    void aWaitThatEndsIsRemembered() {
        assertThat(after(QUEUED, true, SNAPSHOT, APPLIED)).isEqualTo(new Slot.Held(Optional.of(day(9))));
        assertThat(after(NOT_ELIGIBLE, true, SNAPSHOT, APPLIED)).isEqualTo(new Slot.Held(Optional.of(day(9))));
    }

    @Test
    void aSlotHeldIsKeptUntilTheDataLeavesTheKey() {
        assertThat(after(HELD, false, SNAPSHOT, APPLIED)).isEqualTo(HELD);
        assertThat(after(HELD, false, UNMANAGED, APPLIED)).isEqualTo(HELD);
        assertThat(after(HELD, false, SNAPSHOT, APPLIED, removed(day(3), "p1"))).isEqualTo(Slot.none());
        assertThat(after(HELD, false, SNAPSHOT, APPLIED, purged(day(3)))).isEqualTo(Slot.none());
    }

    @Test
    void aPurgeFreesTheSlotEvenOfWhoHasALaterPolicy() {
        for (Slot before : List.of(HELD, QUEUED, NOT_ELIGIBLE)) {
            assertThat(after(before, true, SNAPSHOT, APPLIED, applied(day(5), "p2", "k1"), purged(day(3))))
                    .isEqualTo(Slot.none());
        }
    }

    @Test
    void enabledSinceTheLaterOfSeriesAndWait() {
        assertThat(HELD.enabledSince(day(4))).contains(day(4));
        assertThat(new Slot.Held(Optional.of(day(3))).enabledSince(day(4))).contains(day(4));
        assertThat(new Slot.Held(Optional.of(justAfter(day(4)))).enabledSince(day(4)))
                .contains(justAfter(day(4)));
        assertThat(QUEUED.enabledSince(day(4))).isEmpty();
        assertThat(Slot.none().enabledSince(day(4))).isEmpty();
    }

    @Test
    void onlyWhoWaitsForASlotStandsInTheQueue() {
        assertThat(QUEUED.queuedAt()).contains(day(2));
        assertThat(NOT_ELIGIBLE.queuedAt()).isEmpty();
        assertThat(HELD.queuedAt()).isEmpty();
        assertThat(Slot.none().queuedAt()).isEmpty();
        assertThat(HELD.held()).isTrue();
        assertThat(QUEUED.held()).isFalse();
    }

    private static TenantState tenant(int limit, int used) {
        return TenantState.NONE.with(limit(day(1), limit)).addSlots(used);
    }

    @Test
    void aSlotIsFreeBelowTheLimit() {
        assertThat(TenantState.NONE.limit()).isEqualTo(25);
        assertThat(TenantState.NONE.addSlots(24).slotFree()).isTrue();
        assertThat(TenantState.NONE.addSlots(25).slotFree()).isFalse();
        assertThat(tenant(0, 0).slotFree()).isFalse();
        assertThat(tenant(2, 3).slotFree()).isFalse();
        assertThat(tenant(2, 3).addSlots(-2).slotFree()).isTrue();
    }

    @Test
    void theLatestLimitHolds() {
        TenantState state = tenant(3, 0);
        assertThat(state.with(limit(day(2), 4)).limit()).isEqualTo(4);
        assertThat(state.with(limit(day(0), 4))).isEqualTo(state);
        assertThat(state.with(limit(day(1), 3))).isEqualTo(state);
    }

    @Test
    void nearTheLimitFromEightyPercentOn() {
        assertThat(tenant(25, 19).limitNear()).isFalse();
        assertThat(tenant(25, 20).limitNear()).isTrue();
        assertThat(tenant(0, 0).limitNear()).isFalse();
        assertThat(tenant(0, 1).limitNear()).isTrue();
        assertThat(tenant(1, 1).limitNear()).isTrue();
        assertThat(tenant(Integer.MAX_VALUE, Integer.MAX_VALUE).limitNear()).isTrue();
    }

    @Test
    void theTenantsWarningIsRaisedOnceAndClearedOnce() {
        TenantState near = tenant(5, 4);
        LimitWarning raised = LimitWarning.between(Facts.CONTOSO, near, "profile", cause(day(3)));
        LimitWarning again = LimitWarning.between(Facts.CONTOSO, raised.state(), "profile", cause(day(4)));
        LimitWarning cleared =
                LimitWarning.between(Facts.CONTOSO, again.state().addSlots(-1), "profile", cause(day(5)));
        LimitWarning calm = LimitWarning.between(Facts.CONTOSO, cleared.state(), "profile", cause(day(6)));

        Publication.OfWarning record =
                (Publication.OfWarning) raised.publication().orElseThrow();
        assertThat(record.key()).isEqualTo("contoso//ENVIRONMENT_LIMIT_NEAR");
        assertThat(record.status()).isEqualTo(Publication.Status.RAISED);
        assertThat(record.message())
                .isEqualTo(
                        "At most 5 environments of this tenant can be enabled for a customer-managed key. This warning is open while 4 or more are enabled. Not all of them are in use.");
        assertThat(record.incident().raisedAt()).isEqualTo(day(3));
        assertThat(raised.state().limitIncident()).contains(record.incident());
        assertThat(again.publication()).isEmpty();
        Publication.OfWarning ended =
                (Publication.OfWarning) cleared.publication().orElseThrow();
        assertThat(ended.status()).isEqualTo(Publication.Status.CLEARED);
        assertThat(ended.incident().before().isOfTheRecordOf(record.incident())).isTrue();
        assertThat(ended.message()).isEqualTo(WarningCode.ENVIRONMENT_LIMIT_NEAR.clearedMessage());
        assertThat(ended.clearedAt()).contains(day(5));
        assertThat(cleared.state().limitIncident()).isEmpty();
        assertThat(LimitWarning.between(Facts.CONTOSO, again.state().addSlots(-1), "profile", cause(day(1)))
                        .publication())
                .as("by an event that came late")
                .hasValueSatisfying(late ->
                        assertThat(((Publication.OfWarning) late).clearedAt()).contains(day(3)));
        assertThat(calm.publication()).isEmpty();
    }

    /// A warning is published when the last slot is taken, and when the limit changes.
    @Test
    void anotherLimitUpdatesTheTenantsWarning() {
        LimitWarning raised = LimitWarning.between(Facts.CONTOSO, tenant(5, 4), "profile", cause(day(3)));
        LimitWarning updated = LimitWarning.between(
                Facts.CONTOSO, raised.state().with(Facts.limit(day(4), 4)), "profile", cause(day(4)));
        LimitWarning full = LimitWarning.between(Facts.CONTOSO, raised.state().addSlots(1), "profile", cause(day(4)));
        assertThat(((Publication.OfWarning) full.publication().orElseThrow())
                        .incident()
                        .severity())
                .isEqualTo(Severity.WARNING);

        Publication.OfWarning record =
                (Publication.OfWarning) updated.publication().orElseThrow();
        Incident before = ((Publication.OfWarning) raised.publication().orElseThrow()).incident();
        assertThat(record.status()).isEqualTo(Publication.Status.UPDATED);
        assertThat(record.incident().id()).isEqualTo(before.id());
        assertThat(record.incident().sequence()).isEqualTo(2);
        assertThat(record.incident().raisedAt()).isEqualTo(day(3));
        assertThat(record.message()).contains("At most 4 environments", "All of them are in use");
    }

    private static Cause cause(Instant at) {
        return new Cause("PolicyApplied", "event", at, "topic", 0, 0);
    }
}
