package io.keyward.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.chaos.fault.Faults;
import io.keyward.chaos.guarantee.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the table says.
class ChaosReportTest {
    private static final Experiment EXPERIMENT = new Experiment(
            "chaos-1-1",
            Faults.all().getFirst(),
            new StreamsVariant("classic", StreamsVariant.StateStores.TRANSACTIONAL),
            Optional.empty(),
            17);

    private final ChaosReport report = new ChaosReport();

    @Test
    void runsOfOneFaultAreAddedUpAndTheLongestBlockCounts() {
        report.add(result(1_500, Violation.lost("a"), Violation.lost("b")));
        report.add(result(9_260, Violation.doubled("c")));
        assertThat(report.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .contains("one of two killed decided once 2 2 1 9.3")
                .contains("2 experiments, 20 inputs, 12 decisions; 2 times an instance ended by itself");
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void anExperimentWithoutEndIsNotClean() {
        report.add(result(0));
        assertThat(report.isClean()).isTrue();
        report.addFailure(EXPERIMENT, new AssertionError("not ready"));
        assertThat(report.isClean()).isFalse();
        assertThat(report.toString()).contains("seed 17", "not ready");
    }

    @Test
    void aProcessorBrokenOnPurposeIsShownAndIsNoFailure() {
        report.addBroken(result(0, Violation.doubled("c")));
        assertThat(report.isClean()).isTrue();
        assertThat(report.toString()).contains("Broken on purpose");
    }

    private static Experiment.Result result(long blockedMillis, Violation... violations) {
        return new Experiment.Result(
                EXPERIMENT, Map.of("decided once", List.of(violations)), 10, 6, Duration.ofMillis(blockedMillis), 1);
    }
}
