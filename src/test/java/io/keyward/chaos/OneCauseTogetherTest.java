package io.keyward.chaos;

import static io.keyward.chaos.Told.twice;
import static io.keyward.chaos.Told.without;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.RevocationCause;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the check of companions finds: half outputs, of any half.
class OneCauseTogetherTest {
    private final Told told = Told.of(
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
    void everyDecisionHasItsCompanions() {
        assertThat(told.outputs().warnings()).hasSizeGreaterThan(5);
        assertThat(told.outputs().signals()).hasSizeGreaterThan(5);
        assertThat(violations(told)).isEmpty();
    }

    /// Half of a warning that is cleared and raised anew is told by its other half, which no decision lists.
    @Test
    void everyMissingWarningIsMissed() {
        List<Outputs.Output> warnings = told.outputs().warnings();
        assertThat(IntStream.range(0, warnings.size()).mapToObj(n -> violations(told.warnings(without(n, warnings)))))
                .allSatisfy(violations -> assertThat(violations).hasSize(1));
    }

    @Test
    void everyMissingSignalIsMissed() {
        List<Outputs.Output> signals = told.outputs().signals();
        assertThat(IntStream.range(0, signals.size()).mapToObj(n -> violations(told.signals(without(n, signals)))))
                .allSatisfy(violations ->
                        assertThat(violations).extracting(Violation::kind).containsExactly(Violation.Kind.LOST));
    }

    @Test
    void everyRepeatedWarningAndSignalIsDoubled() {
        List<Outputs.Output> warnings = told.outputs().warnings();
        List<Outputs.Output> signals = told.outputs().signals();
        assertThat(violations(told.warnings(twice(0, warnings)).signals(twice(0, signals))))
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.DOUBLED, Violation.Kind.DOUBLED);
    }

    @Test
    void companionsWithoutTheirDecisionAreHalfAnOutput() {
        assertThat(violations(told.decisions(without(2, told.outputs().decisions()))))
                .extracting(Violation::kind)
                .contains(Violation.Kind.DOUBLED);
    }

    private static List<Violation> violations(Told told) {
        return new OneCauseTogether().check(told.history(), told.outputs());
    }
}
