package io.keyward.chaos.guarantee;

import static io.keyward.chaos.guarantee.SampleRun.without;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the comparison with the plain model finds.
class SameFinalStateTest {
    private final SampleRun run = SampleRun.of(
            changed(1, "contoso", "hr", Lifecycle.ACTIVE, flowsFrom(1)),
            applied(2, "contoso", "hr", "k1"),
            revoked(3, "contoso", "k1"));

    @Test
    void readersBelieveWhatTheModelSays() {
        assertThat(violations(run)).isEmpty();
    }

    @Test
    void aDecisionThatDidNotComeLeavesReadersWithAnOldOne() {
        List<Outputs.Output> decisions = run.outputs().decisions();
        assertThat(violations(run.decisions(without(decisions.size() - 1, decisions))))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.kind()).isEqualTo(Violation.Kind.LOST);
                    assertThat(violation.what()).contains("the decision contoso/hr");
                });
    }

    @Test
    void aWarningThatWasNeverRaisedIsMissed() {
        assertThat(violations(run.warnings(without(0, run.outputs().warnings()))))
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).startsWith("the warning contoso/hr/"));
    }

    @Test
    void aSinkThatWasNeverSuppressedIsMissed() {
        assertThat(violations(run.signals(without(0, run.outputs().signals()))))
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).startsWith("the signal contoso/hr/"));
    }

    @Test
    void whatStandsAfterAPurgeMustNot() {
        SampleRun purged = SampleRun.of(
                clean(1, "contoso", "hr"), changed(2, "contoso", "hr", Lifecycle.PURGED, FlowInventory.EMPTY));
        assertThat(violations(purged)).isEmpty();
        assertThat(violations(purged.decisions(without(1, purged.outputs().decisions()))))
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.DOUBLED);
    }

    private static List<Violation> violations(SampleRun run) {
        return new SameFinalState().check(run.history(), run.outputs());
    }
}
