package io.keyward.chaos.guarantee;

import static io.keyward.chaos.guarantee.SampleRun.twice;
import static io.keyward.chaos.guarantee.SampleRun.without;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.RevocationCause;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The check of warnings and signals finds every half output.
class OneCauseTogetherTest {
    private final SampleRun run = SampleRun.of(
            applied(1, "contoso", "hr", "k1"),
            changed(2, "contoso", "hr", Lifecycle.ACTIVE, flowsFrom(1)),
            revoked(3, "contoso", "k1"),
            revoked(3, "contoso", "k1", RevocationCause.NETWORK_BLOCKED),
            restored(4, "contoso", "k1"),
            removed(5, "contoso", "hr", "k1"),
            applied(6, "contoso", "hr", "k2"),
            changed(7, "contoso", "hr", Lifecycle.PURGED, FlowInventory.EMPTY),
            applied(8, "contoso", "hr", "k2"));

    @Test
    void everyDecisionHasItsWarningsAndSignals() {
        assertThat(run.outputs().warnings()).hasSizeGreaterThan(5);
        assertThat(run.outputs().signals()).hasSizeGreaterThan(5);
        assertThat(violations(run)).isEmpty();
    }

    /// The sequence shows it, and if it is raised or cleared, its decision, too.
    @Test
    void everyMissingWarningIsMissed() {
        List<Outputs.Output> warnings = run.outputs().warnings();
        assertThat(IntStream.range(0, warnings.size()).mapToObj(n -> violations(run.warnings(without(n, warnings)))))
                .allSatisfy(violations -> assertThat(violations)
                        .isNotEmpty()
                        .allMatch(violation -> violation.kind() == Violation.Kind.LOST));
    }

    @Test
    void everyMissingSignalThatADecisionAsksForIsMissed() {
        List<Outputs.Output> signals = run.outputs().signals();
        List<Integer> lost = IntStream.range(0, signals.size())
                .mapToObj(n -> violations(run.signals(without(n, signals))))
                .map(violations -> {
                    assertThat(violations).allMatch(violation -> violation.kind() == Violation.Kind.LOST);
                    return violations.size();
                })
                .toList();
        assertThat(lost).containsOnly(0, 1);
        assertThat(lost.stream().filter(violations -> violations == 1))
                .as("three sinks that are suppressed and allowed twice; other signals tell gaps, or that all is gone")
                .hasSize(12);
    }

    @Test
    void everyRepeatedWarningAndSignalIsDoubled() {
        List<Outputs.Output> warnings = run.outputs().warnings();
        List<Outputs.Output> signals = run.outputs().signals();
        assertThat(violations(run.warnings(twice(0, warnings)).signals(twice(0, signals))))
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.DOUBLED, Violation.Kind.DOUBLED, Violation.Kind.DOUBLED);
    }

    /// R15: a series that becomes known late leaves a gap, and no other decision.
    @Test
    void aSignalThatTellsALateGapRepeatsTheRevisionOfTheDecision() {
        SampleRun late = SampleRun.of(
                changed(5, "contoso", "hr", Lifecycle.RESET, FlowInventory.EMPTY),
                clean(6, "contoso", "hr"),
                applied(10, "contoso", "hr", "k1"),
                applied(2, "contoso", "hr", "k1"));
        assertThat(late.outputs().signals()).hasSize(6);
        assertThat(violations(late)).isEmpty();
    }

    @Test
    void warningsAndSignalsWithoutTheirDecisionAreDoubled() {
        assertThat(violations(run.decisions(without(2, run.outputs().decisions()))))
                .extracting(Violation::kind)
                .contains(Violation.Kind.DOUBLED);
    }

    private static List<Violation> violations(SampleRun run) {
        return new OneCauseTogether().check(run.history(), run.outputs());
    }
}
