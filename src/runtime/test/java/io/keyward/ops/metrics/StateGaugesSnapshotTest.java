package io.keyward.ops.metrics;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.StoreReader.PartitionReader;
import io.keyward.topology.store.StoredEnvironment;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Counts of partitions that are assigned and revoked. The tests set the time.
class StateGaugesSnapshotTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private Set<Integer> active = Set.of();
    private long nanos = -1_000_000;
    private final StateGaugesSnapshot stateGauges = new StateGaugesSnapshot(() -> active, Set.of(), () -> nanos);

    @Test
    void thePartitionsAddUp() {
        serve(0, 1);
        count(0, 3);
        count(1, 4);
        assertThat(environments()).isEqualTo(7);
    }

    @Test
    void whatIsDeletedCountsNoMoreAfterTheNextCount() {
        serve(0);
        count(0, 3);
        count(0, 1);
        assertThat(environments()).isEqualTo(1);
    }

    @Test
    void aPartitionThatGoesElsewhereCountsHereNoMoreFromThatMomentOn() {
        serve(0, 1);
        count(0, 3);
        count(1, 4);
        active = Set.of(0);
        assertThat(environments()).isEqualTo(3);
    }

    @Test
    void aPartitionThatComesBackCountsNothingUntilItIsCountedAgain() {
        serve(0);
        count(0, 3);
        serve();
        serve(0);
        assertThat(stateGauges.total()).isEmpty();
        count(0, 5);
        assertThat(environments()).isEqualTo(5);
    }

    @Test
    void whatHasNotBeenCountedYetIsUnknownAndNotZero() {
        assertThat(series()).isEmpty();
        serve(0);
        assertThat(series()).containsExactly("keyward_census_age_seconds");
        count(0, 3);
        assertThat(series())
                .contains(
                        "keyward_environments",
                        "keyward_deletions_within",
                        "keyward_deadlines_waiting",
                        "keyward_deadline_lag_seconds",
                        "keyward_warnings_open",
                        "keyward_enforcement_components",
                        "keyward_reports_without_environment",
                        "keyward_slots",
                        "keyward_tenants_at_limit");
    }

    @Test
    void whatIsCountedIsTheLeastThereIsWhileAnotherPartitionIsNotCountedYet() {
        serve(0);
        count(0, 3);
        serve(0, 1);
        assertThat(environments()).isEqualTo(3);
        count(1, 4);
        assertThat(environments()).isEqualTo(7);
    }

    @Test
    void aCountedPartitionWithoutEnvironmentsHoldsZero() {
        serve(0);
        count(0, 0);
        assertThat(environments()).isZero();
    }

    @Test
    void aPartitionThatIsNotCountedYetAgesFromTheMomentItCame() {
        serve(0);
        pass(Duration.ofMinutes(2));
        serve(0);
        assertThat(stateGauges.total()).isEmpty();
        assertThat(stateGauges.age()).contains(Duration.ofMinutes(2));
        count(0, 3);
        assertThat(stateGauges.age()).contains(Duration.ZERO);
    }

    @Test
    void aCountThatIsNotCompletedLeavesTheLastOneWhichAges() {
        serve(0);
        count(0, 3);
        pass(Duration.ofMinutes(1));
        stateGauges.begin(0, NOW).environment(locked());
        assertThat(environments()).isEqualTo(3);
        assertThat(stateGauges.age()).contains(Duration.ofMinutes(1));
    }

    @Test
    void aCountIsAsOldAsItsBeginning() {
        serve(0);
        PartitionReader reader = stateGauges.begin(0, NOW);
        pass(Duration.ofSeconds(30));
        reader.complete();
        assertThat(stateGauges.age()).contains(Duration.ofSeconds(30));
    }

    @Test
    void anInstanceWithoutPartitionsCountsNothingAndNothingAges() {
        serve();
        pass(Duration.ofHours(1));
        assertThat(stateGauges.total()).isEmpty();
        assertThat(stateGauges.age()).isEmpty();
    }

    /// R31: no warning covers such reports, because nothing is decided.
    @Test
    void anEnvironmentThatIsReportedCountsUntilASnapshotOrAnApplicationIsKnown() {
        Event.OfEnvironment report = reported(2, "contoso", "hr", "k1");
        assertThat(reportedOnly()).isZero();
        assertThat(reportedOnly(report)).isOne();
        assertThat(reportedOnly(report, reported(3, "contoso", "hr", "k2"))).isOne();
        assertThat(reportedOnly(report, removed(1, "contoso", "hr", "k1"))).isOne();
        assertThat(reportedOnly(clean(1, "contoso", "hr"))).isZero();
        assertThat(reportedOnly(report, clean(1, "contoso", "hr"))).isZero();
        assertThat(reportedOnly(report, applied(1, "contoso", "hr", "k1"))).isZero();
        assertThat(reportedOnly(report, changed(3, "contoso", "hr", Lifecycle.PURGED, FlowInventory.EMPTY)))
                .isZero();
    }

    private double reportedOnly(Event.OfEnvironment... events) {
        EnvironmentFacts facts = EnvironmentFacts.NONE;
        for (Event.OfEnvironment event : events) {
            facts = facts.with(event);
        }
        serve(0);
        PartitionReader reader = stateGauges.begin(0, NOW);
        reader.environment(new StoredEnvironment(new TenantId("contoso"), EnvironmentState.NONE.with(facts)));
        reader.complete();
        return new StateGaugesCollector(stateGauges)
                .collect().stream()
                        .filter(series -> series.getMetadata().getName().equals("keyward_reports_without_environment"))
                        .flatMap(series -> ((GaugeSnapshot) series).getDataPoints().stream())
                        .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
                        .findFirst()
                        .orElseThrow();
    }

    private void serve(Integer... partitions) {
        active = Set.of(partitions);
        stateGauges.serving(active);
    }

    private void count(int partition, int environments) {
        PartitionReader reader = stateGauges.begin(partition, NOW);
        for (int i = 0; i < environments; i++) {
            reader.environment(locked());
        }
        reader.complete();
    }

    private static StoredEnvironment locked() {
        return new StoredEnvironment(
                new TenantId("contoso"), StateGaugesTest.decided(EncryptionState.LOCKED, Optional.empty()));
    }

    private long environments() {
        return stateGauges.total().orElseThrow().of(StateGauge.ENVIRONMENTS).get("LOCKED");
    }

    private Stream<String> series() {
        return new StateGaugesCollector(stateGauges)
                .collect().stream().map(MetricSnapshot::getMetadata).map(MetricMetadata::getName);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
