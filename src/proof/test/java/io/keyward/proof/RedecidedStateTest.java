package io.keyward.proof;

import static io.keyward.domain.Facts.CONTOSO;
import static io.keyward.domain.Facts.E1;
import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.expiring;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.topology.Events.changed;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Decider;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.Report;
import io.keyward.domain.SeriesMemory;
import io.keyward.domain.Slot;
import io.keyward.domain.Timer;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PolicyId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each part of a stored state that is not as the facts say is named, with the rule that says so.
class RedecidedStateTest {
    private static final Cause CAUSE = new Cause("", "", Instant.EPOCH, "", -1, -1);
    private static final Event CREATED = snapshot(day(1), Inventory.production().cloudFlows(1, day(1), day(1)));
    private static final Event APPLIED = applied(day(2), "p1", "k1");

    /// Facts, and the slot that the environment has.
    record Known(Slot slot, List<Event> events) {
        static Known of(Event... events) {
            return new Known(Slot.none(), List.of(events));
        }

        DecisionResult decided(EnvironmentState stored) {
            EnvironmentState before = EnvironmentState.NONE;
            Reports reports = Reports.NONE;
            Map<KeyId, KeyFacts> keys = new HashMap<>();
            for (Event event : events) {
                if (event instanceof Event.OfEnvironment of) {
                    before = before.with(before.facts().with(of));
                    reports = reports.with(of, before.facts());
                } else if (event instanceof Event.OfKey of) {
                    keys.merge(of.key(), KeyFacts.NONE.with(of), (known, _) -> known.with(of));
                }
            }
            EnvironmentState from = stored == null
                    ? new EnvironmentState(before.facts(), slot, Published.NOTHING, SeriesMemory.NONE, Optional.empty())
                    : stored;
            Decider.Input input = new Decider.Input(
                    from, from.facts(), reports, keys, Instant.MIN, Optional.empty(), () -> stored == null);
            return new Decider(Profiles.REPORT).decide(CONTOSO, E1, input, CAUSE);
        }

        EnvironmentState state() {
            return decided(null).after();
        }

        List<Deviation> deviations(EnvironmentState stored) {
            return new RedecidedState(stored, decided(stored)).deviations();
        }
    }

    /// Locked, with a former key that is retained, and reports.
    private static final Known LOCKED = Known.of(
            CREATED,
            APPLIED,
            applied(day(3), "p2", "k2"),
            reported(day(4), Report.of(Component.DATAVERSE).under("k2", "v1", 1)),
            revoked(day(5), "k2"));

    private static final EnvironmentState STATE = LOCKED.state();
    private static final Decision DECISION = STATE.published().decision().orElseThrow();

    @Test
    void whatTheFactsSayDoesNotDeviate() {
        assertThat(DECISION.encryptionState()).isEqualTo(EncryptionState.LOCKED);
        assertThat(DECISION.retainUntil()).isNotEmpty();
        assertThat(DECISION.enforcement()).isNotEmpty();
        assertThat(LOCKED.deviations(STATE)).isEmpty();
    }

    private static EnvironmentState with(Decision decision) {
        Published published = STATE.published();
        return STATE.with(
                new Published(published.revision(), Optional.of(decision), published.warnings(), published.signals()));
    }

    private static EnvironmentState with(
            UnaryOperator<Map<WarningCode, Optional<Incident>>> warnings, UnaryOperator<Map<String, Signal>> signals) {
        Published published = STATE.published();
        return STATE.with(new Published(
                published.revision(),
                published.decision(),
                new TreeMap<>(warnings.apply(new TreeMap<>(published.warnings()))),
                new TreeMap<>(signals.apply(new TreeMap<>(published.signals())))));
    }

    private static <K, V> UnaryOperator<Map<K, V>> put(K key, V value) {
        return map -> {
            map.put(key, value);
            return map;
        };
    }

    private static EnvironmentState with(Slot slot) {
        return new EnvironmentState(STATE.facts(), slot, STATE.published(), STATE.series(), STATE.timer());
    }

    private static EnvironmentState with(Optional<Timer> timer) {
        return new EnvironmentState(STATE.facts(), STATE.slot(), STATE.published(), STATE.series(), timer);
    }

    private static Decision decision(
            EncryptionState state, PolicyStatus status, Optional<PolicyId> policy, Optional<Instant> deletedAt) {
        return new Decision(
                state,
                status,
                policy,
                DECISION.key(),
                DECISION.enabledSince(),
                DECISION.lockedSince(),
                deletedAt,
                DECISION.components(),
                DECISION.retainUntil(),
                DECISION.enforcement());
    }

    private static Decision protecting(Map<Component, ComponentProtection> changes) {
        Map<Component, ComponentProtection> components = new EnumMap<>(DECISION.components());
        components.putAll(changes);
        components.values().removeIf(protection -> protection.reason() == Rule.R32);
        return new Decision(
                DECISION.encryptionState(),
                DECISION.policyStatus(),
                DECISION.policyId(),
                DECISION.key(),
                DECISION.enabledSince(),
                DECISION.lockedSince(),
                DECISION.expectedDeletionAt(),
                components,
                DECISION.retainUntil(),
                DECISION.enforcement());
    }

    private static final Decision BARE = new Decision(
            DECISION.encryptionState(),
            DECISION.policyStatus(),
            DECISION.policyId(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            DECISION.expectedDeletionAt(),
            DECISION.components(),
            List.of(),
            Map.of());

    /// What is stored, and the deviations.
    static Stream<Arguments> stored() {
        Instant due = STATE.dueAt().orElseThrow();
        Incident revoked =
                STATE.published().warnings().get(WarningCode.KEY_REVOKED).orElseThrow();
        Incident told = new Incident(
                revoked.id(),
                revoked.sequence(),
                revoked.raisedAt(),
                revoked.severity(),
                revoked.subjects(),
                revoked.subjectCount(),
                revoked.fingerprint() + 1);
        Incident updated = new Incident(
                revoked.id(),
                revoked.sequence() + 1,
                revoked.raisedAt(),
                revoked.severity(),
                revoked.subjects(),
                revoked.subjectCount(),
                revoked.fingerprint());
        Signal signal = STATE.published().signals().get("TENANT_REPORTING");
        Signal allowed = new Signal(Signal.Action.ALLOW, day(5), List.of());
        List<Component> components = List.copyOf(DECISION.components().keySet());
        Component first = components.getFirst();
        Component second = components.get(1);
        ComponentProtection other = ComponentProtection.of(Protection.UNDETERMINED, Rule.R1);
        ComponentProtection none = ComponentProtection.of(Protection.UNDETERMINED, Rule.R32);
        return Stream.of(
                Arguments.of(
                        with(decision(
                                EncryptionState.CUSTOMER_MANAGED,
                                DECISION.policyStatus(),
                                DECISION.policyId(),
                                DECISION.expectedDeletionAt())),
                        List.of(differs(Rule.R22, "The published encryptionState", "LOCKED", "CUSTOMER_MANAGED"))),
                Arguments.of(
                        with(decision(
                                DECISION.encryptionState(),
                                PolicyStatus.NONE,
                                Optional.of(new PolicyId("p9")),
                                Optional.empty())),
                        List.of(
                                differs(Rule.R22, "The published policyStatus", DECISION.policyStatus(), "NONE"),
                                differs(Rule.R22, "The published policyId", "p2", "p9"),
                                differs(
                                        Rule.R20,
                                        "The published expectedDeletionAt",
                                        DECISION.expectedDeletionAt().orElseThrow(),
                                        null))),
                Arguments.of(
                        with(BARE),
                        List.of(
                                differs(
                                        Rule.R16,
                                        "The published key",
                                        DECISION.key().orElseThrow(),
                                        null),
                                differs(Rule.R14, "The published enabledSince", day(2), null),
                                differs(Rule.R20, "The published lockedSince", day(5), null),
                                differs(Rule.R9, "The published retainUntil", DECISION.retainUntil(), List.of()),
                                differs(Rule.R29, "The published enforcement", DECISION.enforcement(), Map.of()))),
                Arguments.of(
                        with(protecting(Map.of(first, other))),
                        List.of(differs(
                                DECISION.components().get(first).reason(),
                                "The published protection of " + first,
                                words(DECISION.components().get(first)),
                                "UNDETERMINED by R1"))),
                Arguments.of(
                        with(protecting(Map.of(first, none, second, other))),
                        List.of(Deviation.of(
                                DECISION.components().get(first).reason(),
                                Deviation.sentence(
                                                "The published protection of " + first,
                                                words(DECISION.components().get(first)),
                                                null)
                                        + " Different are " + first + ", " + second + "."))),
                Arguments.of(
                        with(put(WarningCode.KEY_REVOKED, Optional.empty()), signals -> signals),
                        List.of(differs(Rule.R20, "The warning KEY_REVOKED", "open", "not open"))),
                Arguments.of(
                        with(put(WarningCode.KEY_EXPIRED, Optional.of(revoked)), signals -> signals),
                        List.of(differs(
                                WarningCode.KEY_EXPIRED.rule(), "The warning KEY_EXPIRED", "not open", "open"))),
                Arguments.of(
                        with(put(WarningCode.KEY_REVOKED, Optional.of(told)), signals -> signals),
                        List.of(differs(Rule.R20, "What the warning KEY_REVOKED told", updated, told))),
                Arguments.of(
                        with(warnings -> warnings, put("TENANT_REPORTING", allowed)),
                        List.of(differs(Rule.R15, "The signal to TENANT_REPORTING", signal, allowed))),
                Arguments.of(
                        with(warnings -> warnings, put("ELSEWHERE", signal)),
                        List.of(differs(
                                Rule.R15, "The signal to ELSEWHERE", signal.endedAt(CAUSE.occurredAt()), signal))),
                Arguments.of(with(Optional.empty()), List.of(differs(Rule.R25, "The deadline", due, null))),
                Arguments.of(
                        with(Optional.of(new Timer(due, due.plusMillis(1)))),
                        List.of(differs(
                                Rule.R25,
                                "The timer, which fires later than the time reached and no later than the deadline",
                                due,
                                due.plusMillis(1)))));
    }

    private static Deviation differs(Rule rule, String what, Object expected, Object found) {
        return Deviation.of(rule, Deviation.sentence(what, expected, found));
    }

    private static String words(ComponentProtection protection) {
        return protection.protection() + " by " + protection.reason();
    }

    @ParameterizedTest
    @MethodSource("stored")
    void eachPartThatDeviatesIsNamed(EnvironmentState stored, List<Deviation> deviations) {
        assertThat(LOCKED.deviations(stored)).isEqualTo(deviations);
    }

    @Test
    void aSlotThatTheFactsDoNotGiveIsNamed() {
        Known left = Known.of(CREATED);
        EnvironmentState held = new EnvironmentState(
                left.state().facts(),
                new Slot.Held(Optional.empty()),
                left.state().published(),
                left.state().series(),
                left.state().timer());
        assertThat(left.deviations(held))
                .containsExactly(differs(
                        Rule.R10, "The place within the tenant's limit", Slot.none(), new Slot.Held(Optional.empty())));
        assertThat(LOCKED.deviations(with(Slot.none())))
                .contains(differs(
                        Rule.R12,
                        "The place within the tenant's limit",
                        new Slot.Waiting(Optional.of(day(2))),
                        Slot.none()));
    }

    @Test
    void whatIsPublishedOfAnUnknownEnvironmentIsNamedUnlessAllOfItIsRetracted() {
        Known unknown = Known.of();
        Deviation expected = Deviation.of(
                Rule.R24,
                "Expected nothing to be published of an environment of which nothing is known, found revision 4.");
        Published all = STATE.published();
        Published empty = Published.NOTHING;
        for (Published published : List.of(
                new Published(4, all.decision(), empty.warnings(), empty.signals()),
                new Published(4, empty.decision(), all.warnings(), empty.signals()),
                new Published(4, empty.decision(), empty.warnings(), all.signals()))) {
            assertThat(unknown.deviations(EnvironmentState.NONE.with(published)))
                    .containsExactly(expected);
        }
        assertThat(unknown.deviations(EnvironmentState.NONE.with(
                        new Published(4, empty.decision(), empty.warnings(), empty.signals()))))
                .isEmpty();
    }

    /// Neither the rules nor the timer explain it.
    @Test
    void anyOtherDifferenceIsNamedAsAWhole() {
        DecisionResult decided = LOCKED.decided(STATE);
        Published another = new Published(
                STATE.published().revision() + 1,
                STATE.published().decision(),
                STATE.published().warnings(),
                STATE.published().signals());
        assertThat(new RedecidedState(STATE, new DecisionResult(STATE.with(another), List.of(), decided.assessment()))
                        .deviations())
                .containsExactly(new Deviation(
                        Optional.empty(), Deviation.sentence("What was published", another, STATE.published())));
    }

    /// Facts of an environment of which nothing was published, what should have been, and by which rule.
    static Stream<Arguments> unpublished() {
        Event twoVersions = rotated(day(1), "k1", "v1");
        return Stream.of(
                Arguments.of(Known.of(CREATED), "MICROSOFT_MANAGED", Rule.R1),
                Arguments.of(
                        Known.of(snapshot(day(1), Inventory.production().unmanaged()), APPLIED),
                        "MICROSOFT_MANAGED",
                        Rule.R8),
                Arguments.of(
                        new Known(new Slot.Held(Optional.empty()), List.of(CREATED, APPLIED)),
                        "CUSTOMER_MANAGED",
                        Rule.R2),
                Arguments.of(
                        new Known(new Slot.Waiting(Optional.of(day(2))), List.of(CREATED, APPLIED)),
                        "CUSTOMER_MANAGED",
                        Rule.R11),
                Arguments.of(LOCKED, "LOCKED", Rule.R22),
                Arguments.of(Known.of(CREATED, APPLIED, revoked(day(5), "k1")), "LOCKED", Rule.R20),
                Arguments.of(
                        Known.of(
                                CREATED,
                                APPLIED,
                                twoVersions,
                                rotated(day(5), "k1", "v1", "v2"),
                                revoked(day(6), "k1", "v1")),
                        "LOCKED",
                        Rule.R17),
                Arguments.of(
                        Known.of(
                                CREATED,
                                APPLIED,
                                twoVersions,
                                revoked(day(6), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED)),
                        "LOCKED",
                        Rule.R23),
                Arguments.of(
                        Known.of(CREATED, APPLIED, revoked(day(5), "k1"), restored(day(6), unpinned("k1"))),
                        "RECOVERABLE",
                        Rule.R21),
                Arguments.of(
                        Known.of(CREATED, APPLIED, changed(1, "contoso", "e1", Lifecycle.DELETED, FlowInventory.EMPTY)),
                        "DELETED",
                        Rule.R24),
                Arguments.of(
                        Known.of(CREATED, APPLIED, removed(day(3), "p1"), expiring(day(3), "k1", "v1", day(9))),
                        "MICROSOFT_MANAGED",
                        Rule.R1));
    }

    @ParameterizedTest
    @MethodSource("unpublished")
    void aDecisionThatWasNotPublishedIsNamedWithTheRuleOfItsState(Known known, String state, Rule rule) {
        EnvironmentState stored = known.state();
        Published nothing = new Published(
                0,
                Optional.empty(),
                stored.published().warnings(),
                stored.published().signals());
        EnvironmentState unpublished = stored.with(nothing);
        EnvironmentState inItsSlot = known.slot() instanceof Slot.Waiting
                ? new EnvironmentState(
                        unpublished.facts(), known.slot(), nothing, unpublished.series(), unpublished.timer())
                : unpublished;
        assertThat(known.deviations(inItsSlot)).contains(differs(rule, "The published decision", state, null));
    }
}
