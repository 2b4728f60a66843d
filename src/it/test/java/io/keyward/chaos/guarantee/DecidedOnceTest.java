package io.keyward.chaos.guarantee;

import static io.keyward.chaos.guarantee.SampleRun.twice;
import static io.keyward.chaos.guarantee.SampleRun.without;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the check of revisions and causes finds.
class DecidedOnceTest {
    private final SampleRun run = SampleRun.of(
            clean(1, "contoso", "hr"),
            applied(2, "contoso", "hr", "k1"),
            revoked(3, "contoso", "k1"),
            restored(4, "contoso", "k1"));

    @Test
    void decisionsWithoutGapOrRepeatAreRight() {
        assertThat(run.outputs().decisions()).hasSize(4);
        assertThat(violations(run)).isEmpty();
    }

    @Test
    void aMissingDecisionLeavesAGapAndAnInputUndecided() {
        assertThat(violations(run.decisions(without(1, run.outputs().decisions()))))
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.LOST, Violation.Kind.LOST);
    }

    @Test
    void theLastDecisionIsMissedByItsInput() {
        assertThat(violations(run.decisions(without(3, run.outputs().decisions()))))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.what()).contains("topic=cmk.key-restored, partition=0, offset=0"));
    }

    @Test
    void aRepeatedDecisionIsDoubled() {
        assertThat(violations(run.decisions(twice(2, run.outputs().decisions()))))
                .extracting(Violation::kind)
                .containsOnly(Violation.Kind.DOUBLED)
                .isNotEmpty();
    }

    @Test
    void anOlderRevisionAfterANewerOneIsDoubled() {
        List<Outputs.Output> swapped = new ArrayList<>(run.outputs().decisions());
        Collections.swap(swapped, 1, 2);
        assertThat(violations(run.decisions(swapped)))
                .extracting(Violation::kind)
                .containsExactlyInAnyOrder(Violation.Kind.LOST, Violation.Kind.DOUBLED);
    }

    @Test
    void revisionsGoOnAfterAPurge() {
        SampleRun purged = SampleRun.of(
                clean(1, "contoso", "hr"),
                changed(2, "contoso", "hr", Lifecycle.PURGED, FlowInventory.EMPTY),
                clean(3, "contoso", "hr"));
        assertThat(purged.outputs().decisions()).hasSize(3);
        assertThat(violations(purged))
                .as("the purge takes the decision back, and causes none")
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).contains("offset=1"));
    }

    private static List<Violation> violations(SampleRun run) {
        return new DecidedOnce().check(run.history(), run.outputs());
    }
}
