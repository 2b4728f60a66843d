package io.keyward.chaos.guarantee;

import static io.keyward.chaos.guarantee.SampleRun.twice;
import static io.keyward.chaos.guarantee.SampleRun.without;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
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

    /// No decision lists a warning that is cleared and raised again: each half shows that the other is missing.
    @Test
    void everyMissingWarningIsMissed() {
        List<Outputs.Output> warnings = run.outputs().warnings();
        assertThat(IntStream.range(0, warnings.size()).mapToObj(n -> violations(run.warnings(without(n, warnings)))))
                .allSatisfy(violations -> assertThat(violations).hasSize(1));
    }

    @Test
    void everyMissingSignalIsMissed() {
        List<Outputs.Output> signals = run.outputs().signals();
        assertThat(IntStream.range(0, signals.size()).mapToObj(n -> violations(run.signals(without(n, signals)))))
                .allSatisfy(violations ->
                        assertThat(violations).extracting(Violation::kind).containsExactly(Violation.Kind.LOST));
    }

    @Test
    void everyRepeatedWarningAndSignalIsDoubled() {
        List<Outputs.Output> warnings = run.outputs().warnings();
        List<Outputs.Output> signals = run.outputs().signals();
        assertThat(violations(run.warnings(twice(0, warnings)).signals(twice(0, signals))))
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.DOUBLED, Violation.Kind.DOUBLED);
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
