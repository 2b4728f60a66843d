package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.justBefore;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.event.Component;
import io.keyward.domain.fact.EnvironmentFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What is derived from stored states without applying the rules: whether repeated facts keep what is published,
/// when something is due, what is proven, what may become late, and whether the whole limit is in use.
class PublishedStateTest {
    private static final Slot HELD = new Slot.Held(Optional.empty());
    private static final EnvironmentFacts ON_DAY_5 = factsOf(day(5));

    private static EnvironmentFacts factsOf(Instant at) {
        return EnvironmentFacts.NONE.with(applied(day(2), "p1", "k1")).with(snapshot(at, production()));
    }

    private static Decision decision(
            EncryptionState state, Optional<Instant> enabledSince, Map<Component, Enforcement> enforcement) {
        return new Decision(
                state,
                PolicyStatus.SUCCEEDED,
                Optional.empty(),
                Optional.empty(),
                enabledSince,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                enforcement);
    }

    private static Published published(EncryptionState state, Optional<Instant> enabledSince) {
        return new Published(
                1,
                Optional.of(decision(state, enabledSince, Map.of())),
                Collections.emptySortedMap(),
                Collections.emptySortedMap());
    }

    private static EnvironmentState enabledSince(Instant since) {
        return state(HELD, published(EncryptionState.CUSTOMER_MANAGED, Optional.of(since)));
    }

    private static EnvironmentState state(Slot slot, Published published) {
        return new EnvironmentState(ON_DAY_5, slot, published, SeriesMemory.NONE, Optional.empty());
    }

    @Test
    void otherFactsReplaceOnlyTheFacts() {
        Published published = published(EncryptionState.LOCKED, Optional.empty());
        Optional<Timer> timer = Optional.of(Timer.at(day(9)));

        assertThat(new EnvironmentState(ON_DAY_5, HELD, published, SeriesMemory.NONE, timer).with(factsOf(day(6))))
                .isEqualTo(new EnvironmentState(factsOf(day(6)), HELD, published, SeriesMemory.NONE, timer));
    }

    @Test
    void whatIsPublishedReplacesOnlyWhatWasPublished() {
        Published published = published(EncryptionState.LOCKED, Optional.empty());
        Optional<Timer> timer = Optional.of(Timer.at(day(9)));

        assertThat(new EnvironmentState(ON_DAY_5, HELD, Published.NOTHING, SeriesMemory.NONE, timer).with(published))
                .isEqualTo(new EnvironmentState(ON_DAY_5, HELD, published, SeriesMemory.NONE, timer));
    }

    @Test
    void itIsDueAndFiresAsItsTimerSays() {
        EnvironmentState set = new EnvironmentState(
                ON_DAY_5, HELD, Published.NOTHING, SeriesMemory.NONE, Optional.of(new Timer(day(9), day(8))));

        assertThat(set.dueAt()).contains(day(9));
        assertThat(set.firesAt()).contains(day(8));
        assertThat(EnvironmentState.NONE.dueAt()).isEmpty();
        assertThat(EnvironmentState.NONE.firesAt()).isEmpty();
    }

    @Test
    void aRepeatedSnapshotKeepsTheState() {
        assertThat(enabledSince(day(2)).isKeptBy(factsOf(day(6)))).isTrue();
    }

    @Test
    void factsThatAreNotRepeatedAreNotKnownToKeepIt() {
        assertThat(enabledSince(day(2))
                        .isKeptBy(ON_DAY_5.with(snapshot(day(6), production().unmanaged()))))
                .isFalse();
    }

    @Test
    void withoutASnapshotNothingIsKnown() {
        EnvironmentFacts onlyApplied = EnvironmentFacts.NONE.with(applied(day(2), "p1", "k1"));

        assertThat(enabledSince(day(2)).with(onlyApplied).isKeptBy(onlyApplied)).isFalse();
    }

    @Test
    void withoutADecisionNothingIsKnown() {
        assertThat(state(HELD, Published.NOTHING).isKeptBy(factsOf(day(6)))).isFalse();
    }

    @Test
    void onlyAnEnvironmentInTheQueueMayGetItsSlotNow() {
        Published published = published(EncryptionState.MICROSOFT_MANAGED, Optional.empty());

        assertThat(state(new Slot.Waiting(Optional.of(day(2))), published).isKeptBy(factsOf(day(6))))
                .isFalse();
        assertThat(state(new Slot.Waiting(Optional.empty()), published).isKeptBy(factsOf(day(6))))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void onlyARecoverableEnvironmentMayBeSeenEnabled(EncryptionState state) {
        assertThat(state(HELD, published(state, Optional.empty())).isKeptBy(factsOf(day(6))))
                .isEqualTo(state != EncryptionState.RECOVERABLE);
    }

    /// In days. The snapshot of the state is of day 5.
    @ParameterizedTest(name = "enabled since day {0}, repeated on day {1}: {2}")
    @CsvSource({"4, 6, true", "5, 5, true", "5, 6, false", "6, 6, true", "6, 7, false", "7, 6, true"})
    void bothSnapshotsAreLaterThanTheEnablingOrNeitherIs(int since, int repeated, boolean kept) {
        assertThat(enabledSince(day(since)).isKeptBy(factsOf(day(repeated)))).isEqualTo(kept);
    }

    @Test
    void itIsKeptOnlyBeforeItIsDue() {
        EnvironmentState due = new EnvironmentState(
                ON_DAY_5,
                HELD,
                enabledSince(day(2)).published(),
                SeriesMemory.NONE,
                Optional.of(new Timer(day(9), day(7))));

        assertThat(due.isKeptBy(factsOf(justBefore(day(9))))).isTrue();
        assertThat(due.isKeptBy(factsOf(day(9)))).isFalse();
        assertThat(due.isKeptBy(factsOf(justAfter(day(9))))).isFalse();
    }

    @Test
    void factsRepeatThoseThatDifferOnlyInTheTimesOfTheSnapshot() {
        EnvironmentFacts later = factsOf(day(6));

        assertThat(later).isNotEqualTo(ON_DAY_5);
        assertThat(later.repeat(ON_DAY_5)).isTrue();
        assertThat(ON_DAY_5.repeat(ON_DAY_5)).isTrue();
        assertThat(EnvironmentFacts.NONE.repeat(EnvironmentFacts.NONE)).isTrue();
    }

    @Test
    void factsThatDifferOtherwiseRepeatNothing() {
        List<EnvironmentFacts> others = List.of(
                EnvironmentFacts.NONE.with(applied(day(2), "p1", "k1")),
                ON_DAY_5.with(snapshot(day(6), production().unmanaged())),
                ON_DAY_5.with(applied(day(3), "p2", "k1")),
                ON_DAY_5.with(removed(day(3), "p1")),
                withEnds(Optional.of(day(0)), Optional.empty()),
                withEnds(Optional.empty(), Optional.of(day(0))),
                ON_DAY_5.withReported(Set.of(Component.DATAVERSE)));

        assertThat(others).noneMatch(other -> other.repeat(ON_DAY_5));
        assertThat(others).noneMatch(ON_DAY_5::repeat);
        assertThat(others).allMatch(other -> other.repeat(other));
    }

    private static EnvironmentFacts withEnds(Optional<Instant> purgedAt, Optional<Instant> resetAt) {
        return new EnvironmentFacts(
                ON_DAY_5.snapshot(),
                purgedAt,
                resetAt.map(at -> EnvironmentFacts.NONE.with(Facts.reset(at)).resets())
                        .orElse(EnvironmentFacts.NONE.resets()),
                ON_DAY_5.runtimeEnabledAt(),
                ON_DAY_5.applications(),
                ON_DAY_5.removals(),
                ON_DAY_5.reported());
    }

    @ParameterizedTest(name = "limit {0}, {1} in use: {2}")
    @CsvSource({"2, 1, false", "2, 2, true", "2, 3, true", "1, 1, true", "0, 0, false", "0, 1, true"})
    void aTenantIsAtItsLimitIfAllOfItIsInUse(int stated, int used, boolean atLimit) {
        assertThat(TenantState.NONE.with(limit(day(1), stated)).addSlots(used).atLimit())
                .isEqualTo(atLimit);
    }

    private static Decision proving(Map<Component, Enforcement> enforcement) {
        return decision(EncryptionState.CUSTOMER_MANAGED, Optional.of(day(2)), enforcement);
    }

    private static Enforcement enforced(Instant desiredSince) {
        return new Enforcement(EnforcementStatus.ENFORCED, desiredSince);
    }

    @Test
    void onlyWhatIsEnforcedIsProven() {
        Decision decision = proving(Map.of(
                Component.DATAVERSE, enforced(day(2)),
                Component.CLOUD_FLOWS, new Enforcement(EnforcementStatus.IN_PROGRESS, day(2)),
                Component.DESKTOP_FLOWS, new Enforcement(EnforcementStatus.DRIFTED, day(2))));

        assertThat(decision.proven(Optional.empty())).isEqualTo(Map.of(Component.DATAVERSE, enforced(day(2))));
        assertThat(decision.enforcement()).hasSize(3);
    }

    @Test
    void whatTheDecisionBeforeProvedIsNotProvenAgain() {
        Decision before = proving(Map.of(
                Component.DATAVERSE, enforced(day(2)),
                Component.CLOUD_FLOWS, enforced(day(2)),
                Component.DESKTOP_FLOWS, new Enforcement(EnforcementStatus.IN_PROGRESS, day(2))));
        Decision now = proving(Map.of(
                Component.DATAVERSE, enforced(day(2)),
                Component.CLOUD_FLOWS, enforced(day(3)),
                Component.DESKTOP_FLOWS, enforced(day(2))));

        assertThat(now.proven(Optional.of(before)))
                .containsOnly(
                        Map.entry(Component.CLOUD_FLOWS, enforced(day(3))),
                        Map.entry(Component.DESKTOP_FLOWS, enforced(day(2))));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotEnforcedMayBecomeLateFromOneDayToFourDaysAfterItIsDesired(EnforcementStatus status) {
        Enforcement enforcement = new Enforcement(status, day(2));
        Instant first = day(2).plus(Duration.ofHours(24));
        boolean mayBecomeLate = status != EnforcementStatus.ENFORCED;

        assertThat(enforcement.mayBecomeLateAt(justBefore(first))).isFalse();
        assertThat(enforcement.mayBecomeLateAt(first)).isEqualTo(mayBecomeLate);
        assertThat(enforcement.mayBecomeLateAt(day(4))).isEqualTo(mayBecomeLate);
        assertThat(enforcement.mayBecomeLateAt(day(6))).isEqualTo(mayBecomeLate);
        assertThat(enforcement.mayBecomeLateAt(justAfter(day(6)))).isFalse();
    }
}
