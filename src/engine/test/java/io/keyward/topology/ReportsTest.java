package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.rotated;
import static io.keyward.topology.KeywardTopologyTest.summaries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of reports in the topology (R28, R29, R32), under the evidence REPORT unless a test
/// says otherwise.
class ReportsTest {
    private static final RuleProfile IGNORE =
            RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow();
    private static final RuleProfile REPORT = IGNORE.with(RuleProfile.Evidence.REPORT);

    private final List<Duration> proven = new ArrayList<>();
    private final FlowObserver observer = new FlowObserver() {
        @Override
        public void proven(Duration sinceDesired) {
            proven.add(sinceDesired);
        }
    };
    private TopologyHarness topology = TopologyHarness.start(REPORT, observer);

    @AfterEach
    void stop() {
        topology.close();
    }

    private void restart(RuleProfile profile) {
        topology.close();
        topology = TopologyHarness.start(profile, observer);
    }

    /// Else the report would be the cause of what the key event does.
    @Test
    void anIgnoredReportDecidesNothingAheadOfAFanOut() {
        topology.close();
        topology = TopologyHarness.start(IGNORE, observer, 1);
        for (String environment : List.of("e1", "e2")) {
            topology.given(clean(1, "contoso", environment), applied(2, "contoso", environment, "k1"));
        }
        topology.given(rotated(3, "contoso", "k1", "v1"));

        assertThat(topology.when(reported(4, "contoso", "e2", "k1"))).isEmpty();
        assertThat(topology.afterAWhile())
                .singleElement()
                .isInstanceOfSatisfying(Publication.OfDecision.class, decision -> {
                    assertThat(decision.environmentId().orElseThrow().value()).isEqualTo("e2");
                    assertThat(decision.cause().eventType()).isEqualTo("KeyRotated");
                });
    }

    @Test
    void aReportProvesThatAComponentIsAsDecided() {
        topology.given(clean(1, "contoso", "e1"), rotated(1, "contoso", "k1", "v1"));
        assertThat(dataverse(topology.when(applied(2, "contoso", "e1", "k1"))))
                .containsExactly(EnforcementStatus.UNREPORTED);
        assertThat(dataverse(topology.when(reported(3, "contoso", "e1", "k1"))))
                .containsExactly(EnforcementStatus.ENFORCED);
        assertThat(proven).containsExactly(Duration.ofDays(1));
        topology.given(reported(4, "contoso", "e1", Component.CLOUD_FLOWS, "", "k1"));
        assertThat(proven).as("each component once").containsExactly(Duration.ofDays(1), Duration.ofDays(2));
    }

    @Test
    void aReportThatArrivesBeforeItsEnvironmentCountsOnceThatIsKnown() {
        assertThat(topology.when(rotated(1, "contoso", "k1", "v1"), reported(3, "contoso", "e1", "k1")))
                .isEmpty();
        topology.given(clean(1, "contoso", "e1"));
        assertThat(dataverse(topology.when(applied(2, "contoso", "e1", "k1"))))
                .containsExactly(EnforcementStatus.ENFORCED);
        assertThat(proven).as("a policy proves nothing").isEmpty();
    }

    @Test
    void aRepeatedReportPublishesAndWritesNothing() {
        enforced();
        List<List<String>> rows = rows();
        assertThat(topology.when(reported(3, "contoso", "e1", "k1"))).isEmpty();
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void aLaterReportOfTheSameIsStoredAndPublishesNothing() {
        enforced();
        List<List<String>> rows = rows();
        assertThat(topology.when(reported(4, "contoso", "e1", "k1"))).isEmpty();
        assertThat(rows()).isNotEqualTo(rows);
        assertThat(proven).containsExactly(Duration.ofDays(1));
    }

    /// R16: the environments of the key are reached by the fan-out, which needs their reports.
    @Test
    void aRotationUnprovesWhateverIsUnderTheKeyAndReportsProveItAgain() {
        enforced();
        topology.given(clean(1, "contoso", "e2"), applied(2, "contoso", "e2", "k1"));
        assertThat(dataverse(topology.when(rotated(5, "contoso", "k1", "v2"))))
                .containsExactly(EnforcementStatus.UNREPORTED, EnforcementStatus.UNREPORTED);
        assertThat(dataverse(topology.when(reported(6, "contoso", "e1", "k1"))))
                .as("it is still under v1")
                .containsExactly(EnforcementStatus.IN_PROGRESS);
    }

    @Test
    void aPurgeVoidsReportsAndDeletesTheirRows() {
        enforced();
        topology.given(reported(3, "contoso", "e1", Component.CLOUD_FLOWS, "store-1", "k1"));
        assertThat(topology.rowsIn(Nodes.ENFORCEMENT)).isEqualTo(6);
        topology.given(changed(4, "contoso", "e1", Lifecycle.PURGED, FlowInventory.EMPTY));
        assertThat(topology.rowsIn(Nodes.ENFORCEMENT)).as("the names stay").isEqualTo(2);
        topology.given(clean(5, "contoso", "e1"));
        assertThat(dataverse(topology.when(applied(6, "contoso", "e1", "k1"))))
                .containsExactly(EnforcementStatus.UNREPORTED);
    }

    @Test
    void aResetThatArrivesLateVoidsTheReportsUpToItsTimeAndNoOthers() {
        enforced();
        topology.given(reported(5, "contoso", "e1", Component.CLOUD_FLOWS, "", "k1"));
        topology.given(changed(4, "contoso", "e1", Lifecycle.RESET, FlowInventory.EMPTY));
        assertThat(topology.rowsIn(Nodes.ENFORCEMENT)).isEqualTo(4);
        topology.given(reported(4, "contoso", "e1", "k1"));
        assertThat(topology.rowsIn(Nodes.ENFORCEMENT)).isEqualTo(4);
    }

    /// R32: what is published is the same to the byte, and the reports are there when they are read.
    @Test
    void whereReportsAreIgnoredTheyAreKeptAndNothingIsDecided() {
        restart(IGNORE);
        enforced();
        assertThat(topology.published()).isEmpty();
        assertThat(topology.rowsIn(Nodes.ENFORCEMENT)).isEqualTo(3);
        assertThat(topology.when(reported(4, "contoso", "e1", "k1"))).isEmpty();
        topology.given(changed(5, "contoso", "e1", Lifecycle.PURGED, FlowInventory.EMPTY));
        assertThat(topology.rowsIn(Nodes.ENFORCEMENT)).isEqualTo(1);
    }

    @Test
    void anotherUseOfReportsDecidesEveryEnvironmentAgainAndPublishesOnlyDifferences() {
        List<Event> events = List.of(
                clean(1, "contoso", "e1"),
                clean(1, "contoso", "e2"),
                clean(1, "contoso", "without-policy"),
                rotated(1, "contoso", "k1", "v1"),
                applied(2, "contoso", "e1", "k1"),
                applied(2, "contoso", "e2", "k1"),
                reported(3, "contoso", "e1", "k1"));
        RestartableTask task = new RestartableTask(observer);
        task.start(IGNORE);
        events.forEach(task::process);
        assertThat(dataverse(task.published())).isEmpty();

        proven.clear();
        task.start(REPORT);
        task.process(clean(1, "contoso", "e1"));
        List<Publication> published = task.published();
        assertThat(summaries(published))
                .containsExactly(
                        "contoso/e1 r3 CUSTOMER_MANAGED SUCCEEDED", "contoso/e2 r3 CUSTOMER_MANAGED SUCCEEDED");
        assertThat(dataverse(published)).containsExactly(EnforcementStatus.ENFORCED, EnforcementStatus.UNREPORTED);
        assertThat(published)
                .allSatisfy(publication -> assertThat(
                                ((Publication.OfDecision) publication).cause().eventType())
                        .isEqualTo("PROFILE_CHANGED"));
        assertThat(proven).as("a changed profile proves nothing").isEmpty();

        task.start(REPORT);
        task.process(reported(3, "contoso", "e1", "k1"));
        assertThat(task.published()).isEmpty();
        task.start(IGNORE);
        task.process(clean(1, "contoso", "e1"));
        assertThat(summaries(task.published()))
                .containsExactly(
                        "contoso/e1 r4 CUSTOMER_MANAGED SUCCEEDED", "contoso/e2 r4 CUSTOMER_MANAGED SUCCEEDED");
    }

    /// A put is not rolled back when a later step throws.
    @Test
    void nothingIsStoredIfTheDecisionCannotBePublished() {
        RestartableTask task = new RestartableTask(observer);
        task.start(REPORT);
        task.process(clean(1, "contoso", "e1"));
        task.process(rotated(1, "contoso", "k1", "v1"));
        task.process(applied(2, "contoso", "e1", "k1"));
        List<String> rows = task.rows();
        task.refuseToPublish();
        assertThatThrownBy(() -> task.process(reported(3, "contoso", "e1", "k1")))
                .hasMessage("refused");
        assertThat(task.rows()).isEqualTo(rows);
    }

    /// DATAVERSE of environment e1 is under k1, and shown to be.
    private void enforced() {
        topology.given(
                clean(1, "contoso", "e1"),
                rotated(1, "contoso", "k1", "v1"),
                applied(2, "contoso", "e1", "k1"),
                reported(3, "contoso", "e1", "k1"));
    }

    private List<List<String>> rows() {
        return KeywardTopology.stores().stream().map(topology::rowsOf).toList();
    }

    /// What the decisions say of DATAVERSE; nothing for a decision that is silent about enforcement.
    private static List<EnforcementStatus> dataverse(List<Publication> published) {
        return published.stream()
                .filter(Publication.OfDecision.class::isInstance)
                .map(publication -> ((Publication.OfDecision) publication).decision())
                .map(Decision::enforcement)
                .filter(enforcement -> !enforcement.isEmpty())
                .map(enforcement -> enforcement.get(Component.DATAVERSE).status())
                .toList();
    }
}
