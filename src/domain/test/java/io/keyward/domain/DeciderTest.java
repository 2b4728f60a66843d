package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private static final Cause CAUSE = new Cause("PolicyApplied", "1", day(9), "topic", 0, 7);

    private final Decider decider = new Decider(Profiles.SEED);

    private static EnvironmentFacts facts(Event.OfEnvironment... events) {
        EnvironmentFacts facts = EnvironmentFacts.NONE;
        for (Event.OfEnvironment event : events) {
            facts = facts.with(event);
        }
        return facts;
    }

    private static EnvironmentFacts underKey() {
        return facts(snapshot(day(1), production()), applied(day(2), "p1", "k1"));
    }

    private DecisionResult decide(EnvironmentState before, EnvironmentFacts facts, BooleanSupplier slotFree) {
        return decide(before, facts, Map.of(), slotFree);
    }

    private DecisionResult decide(
            EnvironmentState before, EnvironmentFacts facts, Map<KeyId, KeyFacts> keys, BooleanSupplier slotFree) {
        return decider.decide(
                Facts.CONTOSO,
                Facts.E1,
                new Decider.Input(before, facts, Reports.NONE, keys, Instant.MIN, Optional.empty(), slotFree),
                CAUSE);
    }

    private static EncryptionState state(DecisionResult result) {
        return result.assessment().orElseThrow().verdict().decision().encryptionState();
    }

    @Test
    void theResultHoldsTheNewStateThePublicationsAndTheReasons() {
        DecisionResult result = decide(EnvironmentState.NONE, underKey(), () -> true);

        Verdict verdict = result.assessment().orElseThrow().verdict();
        assertThat(result.after().facts()).isEqualTo(underKey());
        assertThat(result.after().slot()).isEqualTo(new Slot.Held(Optional.empty()));
        assertThat(result.after().published().decision()).contains(verdict.decision());
        assertThat(result.publications().getFirst()).isInstanceOfSatisfying(Publication.OfDecision.class, decision -> {
            assertThat(decision.tenantId()).isEqualTo(Facts.CONTOSO);
            assertThat(decision.environmentId()).contains(Facts.E1);
            assertThat(decision.ruleProfile()).isEqualTo(Profiles.SEED.name());
            assertThat(decision.cause()).isEqualTo(CAUSE);
            assertThat(decision.decision()).isEqualTo(verdict.decision());
        });
        assertThat(result.explanation()).extracting(Explanation::rule).contains(Rule.R2, Rule.R14);
    }

    @Test
    void decidingAgainChangesAndPublishesNothingAndExplainsTheSame() {
        DecisionResult first = decide(EnvironmentState.NONE, underKey(), () -> true);
        DecisionResult second = decide(first.after(), underKey(), () -> false);

        assertThat(second.after()).isEqualTo(first.after());
        assertThat(second.publications()).isEmpty();
        assertThat(second.explanation()).isEqualTo(first.explanation()).isNotEmpty();
    }

    @Test
    void theSlotIsRequestedOnlyByAnEnvironmentThatNeedsOne() {
        BooleanSupplier never = () -> {
            throw new AssertionError("no slot is needed");
        };
        EnvironmentState holder =
                decide(EnvironmentState.NONE, underKey(), () -> true).after();

        assertThat(state(decide(EnvironmentState.NONE, facts(snapshot(day(1), production())), never)))
                .isEqualTo(EncryptionState.MICROSOFT_MANAGED);
        assertThat(state(decide(holder, underKey(), never))).isEqualTo(EncryptionState.CUSTOMER_MANAGED);
    }

    @Test
    void whatIsKnownOfTheSeriesIsRemembered() {
        assertThat(decide(EnvironmentState.NONE, underKey(), () -> true).after().series())
                .isEqualTo(new SeriesMemory(
                        Optional.of(new SeriesMemory.Known(day(2), Optional.of(day(2)), true)), List.of()));
    }

    /// R15.
    @Test
    void anErasureOfTheTenantIsAGapFromTheBeginning() {
        DecisionResult result = decider.decide(
                Facts.CONTOSO,
                Facts.E1,
                new Decider.Input(
                        EnvironmentState.NONE,
                        underKey(),
                        Reports.NONE,
                        Map.of(),
                        Instant.MIN,
                        Optional.of(day(1)),
                        () -> true),
                CAUSE);

        assertThat(result.after().published().signals().values())
                .hasSize(Profiles.SINKS.size())
                .allMatch(signal ->
                        signal.equals(new Signal(Signal.Action.SUPPRESS, day(2), List.of(TimeRange.upTo(day(1))))));
    }

    /// R15: it is not known when the profile lost it.
    @Test
    void aSuppressedSinkThatNoProfileKnowsIsAllowedAgain() {
        EnvironmentState state =
                decide(EnvironmentState.NONE, underKey(), () -> true).after();
        Decider changed = new Decider(Profiles.SEED, SinkPeriods.always(List.of("DATA_LAKE_EXPORT")));
        Decider.Input input =
                new Decider.Input(state, underKey(), Reports.NONE, Map.of(), Instant.MIN, Optional.empty(), () -> true);

        Map<String, Signal> signals = changed.decide(Facts.CONTOSO, Facts.E1, input, CAUSE)
                .after()
                .published()
                .signals();

        Signal allowed = new Signal(Signal.Action.ALLOW, day(9), List.of(new TimeRange(day(2), day(9))));
        assertThat(signals)
                .isEqualTo(Map.of(
                        "APPLICATION_INSIGHTS",
                        allowed,
                        "DATA_LAKE_EXPORT",
                        new Signal(Signal.Action.SUPPRESS, day(2), List.of()),
                        "TENANT_REPORTING",
                        allowed));
    }

    /// "Warnings" in docs/domain.md: a new display name updates nothing, and a purge does not take it away.
    @Test
    void theLastDisplayNameIsPublished() {
        EnvironmentFacts facts = facts(
                snapshot(day(1), production().machineGroup("g", day(0)).named("Finance")), applied(day(2), "p1", "k1"));
        DecisionResult raised = decide(EnvironmentState.NONE, facts, () -> true);
        assertThat(warning(raised).about().environmentName()).contains("Finance");
        assertThat(warning(raised).message()).contains("environment \"Finance\" (e1)");

        EnvironmentFacts renamed = facts.with(
                snapshot(day(3), production().machineGroup("g", day(0)).named("Books")));
        DecisionResult nothing = decide(raised.after(), renamed, () -> true);
        assertThat(nothing.publications()).isEmpty();

        DecisionResult purged = decide(nothing.after(), renamed.with(purged(day(4))), () -> true);
        assertThat(warning(purged).message()).contains("environment \"Books\" (e1)");
    }

    private static Publication.OfWarning warning(DecisionResult result) {
        return result.publications().stream()
                .filter(Publication.OfWarning.class::isInstance)
                .map(Publication.OfWarning.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEnvironmentWithoutASlotWaits() {
        DecisionResult result = decide(EnvironmentState.NONE, underKey(), () -> false);

        assertThat(result.after().slot()).isEqualTo(new Slot.Waiting(Optional.of(day(2))));
        assertThat(result.explanation()).extracting(Explanation::rule).contains(Rule.R11);
    }

    @Test
    void theFactsOfTheKeysCount() {
        EnvironmentState before =
                decide(EnvironmentState.NONE, underKey(), () -> true).after();
        KeyFacts revoked = KeyFacts.NONE.with(revoked(day(3), "k1"));

        assertThat(state(decide(before, underKey(), Map.of(Facts.key("k1"), revoked), () -> true)))
                .isEqualTo(EncryptionState.LOCKED);
    }

    @Test
    void everythingPublishedOfAPurgedEnvironmentIsRetracted() {
        EnvironmentState before =
                decide(EnvironmentState.NONE, underKey(), () -> true).after();
        DecisionResult result = decide(before, before.facts().with(purged(day(8))), () -> true);

        assertThat(result.assessment()).isEmpty();
        assertThat(result.explanation()).isEmpty();
        assertThat(result.publications()).isNotEmpty().allMatch(Publication.Retraction.class::isInstance);
        assertThat(result.after().slot()).isEqualTo(Slot.none());
    }

    @Test
    void anAssessmentTakesTheSlotAsItIs() {
        Assessment waiting =
                assess(underKey(), new Slot.Waiting(Optional.of(day(2)))).orElseThrow();

        assertThat(waiting.explanation()).extracting(Explanation::rule).contains(Rule.R11);
        assertThat(assess(EnvironmentFacts.NONE, Slot.none())).isEmpty();
    }

    private Optional<Assessment> assess(EnvironmentFacts facts, Slot slot) {
        EnvironmentState state =
                new EnvironmentState(facts, slot, Published.NOTHING, SeriesMemory.NONE, Optional.empty());
        return new KnownEnvironment(Facts.CONTOSO, Facts.E1, state, Reports.NONE, Map.of(), Instant.MIN)
                .assessment(decider);
    }
}
