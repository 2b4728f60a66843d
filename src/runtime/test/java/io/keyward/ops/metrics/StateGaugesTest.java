package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.SeriesMemory;
import io.keyward.domain.Slot;
import io.keyward.domain.Timer;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.IncidentId;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.fact.EnvironmentFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateGaugesTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final StateGauges stateGauges = new StateGauges(Set.of("lake"));

    @Test
    void everyLabelThatIsKnownBeforehandStartsAtZero() {
        assertThat(stateGauges.of(StateGauge.ENVIRONMENTS)).hasSize(5).containsEntry("LOCKED", 0L);
        assertThat(stateGauges.of(StateGauge.WARNINGS_OPEN)).hasSameSizeAs(WarningCode.values());
        assertThat(stateGauges.of(StateGauge.SUPPRESSED)).containsExactly(Map.entry("lake", 0L));
        assertThat(stateGauges.of(StateGauge.DELETIONS_WITHIN)).containsOnlyKeys("1", "3", "7");
        assertThat(stateGauges.of(StateGauge.DELETION_OVERDUE)).containsOnlyKeys("0d", "1d");
        assertThat(stateGauges.of(StateGauge.RECOVERABLE)).containsOnlyKeys("0d", "1d", "7d");
        assertThat(stateGauges.of(StateGauge.DEADLINES_WAITING)).containsExactly(Map.entry("", 0L));
        assertThat(stateGauges.of(StateGauge.TENANTS_AT_LIMIT)).containsExactly(Map.entry("", 0L));
        for (Component component : Component.values()) {
            assertThat(EnforcementStatus.values())
                    .allSatisfy(status -> assertThat(stateGauges.enforcement(component, status))
                            .isZero());
        }
    }

    @Test
    void aComponentCountsByWhatWasPublishedLastOfItsEnforcement() {
        stateGauges.add(enforced(Component.DATAVERSE, EnforcementStatus.ENFORCED), NOW);
        stateGauges.add(enforced(Component.DATAVERSE, EnforcementStatus.ENFORCED), NOW);
        stateGauges.add(enforced(Component.CLOUD_FLOWS, EnforcementStatus.DRIFTED), NOW);
        StateGauges other = new StateGauges(Set.of());
        other.add(enforced(Component.CLOUD_FLOWS, EnforcementStatus.DRIFTED), NOW);
        stateGauges.add(other);
        assertThat(stateGauges.enforcement(Component.DATAVERSE, EnforcementStatus.ENFORCED))
                .isEqualTo(2);
        assertThat(stateGauges.enforcement(Component.DATAVERSE, EnforcementStatus.DRIFTED))
                .isZero();
        assertThat(stateGauges.enforcement(Component.CLOUD_FLOWS, EnforcementStatus.DRIFTED))
                .isEqualTo(2);
    }

    @Test
    void anEnvironmentCountsInTheStateThatWasPublishedLast() {
        stateGauges.add(decided(EncryptionState.LOCKED, Optional.empty()), NOW);
        stateGauges.add(decided(EncryptionState.LOCKED, Optional.empty()), NOW);
        stateGauges.add(decided(EncryptionState.DELETED, Optional.empty()), NOW);
        assertThat(stateGauges.of(StateGauge.ENVIRONMENTS))
                .containsEntry("LOCKED", 2L)
                .containsEntry("DELETED", 1L)
                .containsEntry("CUSTOMER_MANAGED", 0L);
    }

    @Test
    void whatWasPurgedCountsNowhere() {
        stateGauges.add(state(Optional.empty(), Collections.emptySortedMap(), Collections.emptySortedMap()), NOW);
        assertThat(stateGauges.of(StateGauge.ENVIRONMENTS).values()).containsOnly(0L);
    }

    @Test
    void aWarningCountsWhileItIsOpen() {
        SortedMap<WarningCode, Optional<Instant>> warnings = new TreeMap<>();
        warnings.put(WarningCode.KEY_EXPIRING, Optional.of(NOW));
        warnings.put(WarningCode.KEY_REVOKED, Optional.empty());
        stateGauges.add(state(Optional.empty(), warnings, Collections.emptySortedMap()), NOW);
        assertThat(stateGauges.of(StateGauge.WARNINGS_OPEN))
                .containsEntry("KEY_EXPIRING", 1L)
                .containsEntry("KEY_REVOKED", 0L);
    }

    @Test
    void aSinkCountsTheEnvironmentsThatAreSuppressedForIt() {
        SortedMap<String, Signal> signals = new TreeMap<>();
        signals.put("lake", new Signal(Signal.Action.SUPPRESS, NOW, List.of()));
        signals.put("reports", new Signal(Signal.Action.ALLOW, NOW, List.of()));
        stateGauges.add(state(Optional.empty(), Collections.emptySortedMap(), signals), NOW);
        assertThat(stateGauges.of(StateGauge.SUPPRESSED)).containsExactly(Map.entry("lake", 1L));
    }

    @Test
    void aDeletionCountsForEachTimeThatItFallsIntoOrIsOverdue() {
        stateGauges.add(locked(NOW.minus(Duration.ofHours(25))), NOW);
        stateGauges.add(locked(NOW.minus(Duration.ofHours(24))), NOW);
        stateGauges.add(locked(NOW), NOW);
        stateGauges.add(locked(NOW.plus(Duration.ofMillis(1))), NOW);
        stateGauges.add(locked(NOW.plus(Duration.ofHours(24))), NOW);
        stateGauges.add(locked(NOW.plus(Duration.ofHours(25))), NOW);
        stateGauges.add(locked(NOW.plus(Duration.ofDays(8))), NOW);
        assertThat(stateGauges.of(StateGauge.DELETIONS_WITHIN))
                .containsExactly(Map.entry("1", 2L), Map.entry("3", 3L), Map.entry("7", 3L));
        assertThat(stateGauges.of(StateGauge.DELETION_OVERDUE))
                .containsExactly(Map.entry("0d", 3L), Map.entry("1d", 2L));
    }

    @Test
    void everyDeadlineWaitsAndTheEarliestThatHasPassedSaysHowLate() {
        stateGauges.add(due(NOW.plus(Duration.ofDays(3))), NOW);
        stateGauges.add(due(NOW), NOW);
        assertThat(stateGauges.deadlineLag()).isZero();
        stateGauges.add(due(NOW.minus(Duration.ofSeconds(90))), NOW);
        stateGauges.add(due(NOW.minus(Duration.ofSeconds(30))), NOW);
        stateGauges.add(decided(EncryptionState.LOCKED, Optional.empty()), NOW);
        assertThat(stateGauges.of(StateGauge.DEADLINES_WAITING)).containsEntry("", 4L);
        assertThat(stateGauges.deadlineLag()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void anEnvironmentThatNobodyEnablesAgainCountsForEachTimeThatItHasWaited() {
        for (int hours : List.of(1, 24, 25, 7 * 24)) {
            SortedMap<WarningCode, Optional<Instant>> warnings = new TreeMap<>();
            warnings.put(WarningCode.REENABLE_REQUIRED, Optional.of(NOW.minus(Duration.ofHours(hours))));
            stateGauges.add(state(Optional.empty(), warnings, Collections.emptySortedMap()), NOW);
        }
        assertThat(stateGauges.of(StateGauge.RECOVERABLE))
                .containsExactly(Map.entry("0d", 4L), Map.entry("1d", 3L), Map.entry("7d", 1L));
    }

    @Test
    void aTenantIsAtItsLimitWhenItUsesTheWholeOfIt() {
        stateGauges.add(TenantState.NONE.addSlots(24));
        stateGauges.add(TenantState.NONE.addSlots(25));
        stateGauges.add(TenantState.NONE
                .addSlots(26)
                .withLimitNear(Optional.of(incident(WarningCode.ENVIRONMENT_LIMIT_NEAR, NOW))));
        assertThat(stateGauges.of(StateGauge.TENANTS_AT_LIMIT)).containsEntry("", 2L);
        assertThat(stateGauges.of(StateGauge.SLOTS)).containsEntry("", 75L);
        assertThat(stateGauges.of(StateGauge.WARNINGS_OPEN)).containsEntry("ENVIRONMENT_LIMIT_NEAR", 1L);
    }

    @Test
    void censusesAddUp() {
        stateGauges.add(decided(EncryptionState.LOCKED, Optional.empty()), NOW);
        StateGauges other = new StateGauges(Set.of("reports"));
        other.add(decided(EncryptionState.LOCKED, Optional.empty()), NOW);
        other.add(due(NOW.minus(Duration.ofSeconds(20))), NOW);
        stateGauges.add(due(NOW.minus(Duration.ofSeconds(10))), NOW);
        stateGauges.add(other);
        assertThat(stateGauges.of(StateGauge.DEADLINES_WAITING)).containsEntry("", 2L);
        assertThat(stateGauges.deadlineLag()).isEqualTo(Duration.ofSeconds(20));
        assertThat(stateGauges.of(StateGauge.ENVIRONMENTS)).containsEntry("LOCKED", 2L);
        assertThat(stateGauges.of(StateGauge.SUPPRESSED)).containsOnlyKeys("lake", "reports");
    }

    private static EnvironmentState enforced(Component component, EnforcementStatus status) {
        return decided(
                EncryptionState.CUSTOMER_MANAGED, Optional.empty(), Map.of(component, new Enforcement(status, NOW)));
    }

    static EnvironmentState decided(EncryptionState state, Optional<Instant> deletion) {
        return decided(state, deletion, Map.of());
    }

    private static EnvironmentState decided(
            EncryptionState state, Optional<Instant> deletion, Map<Component, Enforcement> enforcement) {
        Decision decision = new Decision(
                state,
                PolicyStatus.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                deletion,
                Map.of(),
                List.of(),
                enforcement);
        return state(Optional.of(decision), Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    static EnvironmentState locked(Instant deletion) {
        return decided(EncryptionState.LOCKED, Optional.of(deletion));
    }

    static EnvironmentState due(Instant at) {
        return new EnvironmentState(
                EnvironmentFacts.NONE, Slot.none(), Published.NOTHING, SeriesMemory.NONE, Optional.of(Timer.at(at)));
    }

    static EnvironmentState state(
            Optional<Decision> decision,
            SortedMap<WarningCode, Optional<Instant>> warnings,
            SortedMap<String, Signal> signals) {
        SortedMap<WarningCode, Optional<Incident>> raised = new TreeMap<>();
        warnings.forEach((code, at) -> raised.put(code, at.map(moment -> incident(code, moment))));
        return new EnvironmentState(
                EnvironmentFacts.NONE,
                Slot.none(),
                new Published(1, decision, raised, signals),
                SeriesMemory.NONE,
                Optional.empty());
    }

    static Incident incident(WarningCode code, Instant raisedAt) {
        return new Incident(new IncidentId(1, "t", 0, 0), 1, raisedAt, code.severity(), List.of(), 0, 0);
    }
}
