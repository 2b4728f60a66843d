package io.keyward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What becomes of a discrepancy from round to round.
class SuspectedDiscrepanciesTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final TenantId FABRIKAM = new TenantId("fabrikam");

    private final SuspectedDiscrepancies suspects = new SuspectedDiscrepancies();

    @Test
    void whatASecondRoundShowsUnchangedIsAFindingOnce() {
        round(true, wrong("hr", 1));
        assertThat(suspects.any()).isTrue();
        assertThat(suspects.concern(CONTOSO)).isTrue();
        assertThat(suspects.concern(FABRIKAM)).isFalse();
        assertThat(suspects.findings()).isEmpty();
        round(false, wrong("hr", 1));
        assertThat(suspects.findings()).containsExactly(wrong("hr", 1).finding());
        assertThat(suspects.any()).isFalse();
        round(true, wrong("hr", 1));
        round(true, wrong("hr", 1));
        assertThat(suspects.findings()).hasSize(1);
        assertThat(suspects.unverifiable()).isEmpty();
        assertThat(suspects.omitted()).isZero();
    }

    @Test
    void whatIsGoneInTheSecondRoundIsNoFinding() {
        round(true, wrong("hr", 1));
        round(false);
        assertThat(suspects.any()).isFalse();
        assertThat(suspects.concern(CONTOSO)).isFalse();
        assertThat(suspects.findings()).isEmpty();
    }

    @Test
    void whatRestsOnAChangedRecordIsLookedAtAgain() {
        round(true, wrong("hr", 1));
        round(false, wrong("hr", 2));
        assertThat(suspects.findings()).isEmpty();
        assertThat(suspects.unverifiable())
                .singleElement()
                .satisfies(left -> assertThat(left.sentence())
                        .isEqualTo("It kept changing, and looked wrong whenever it was read. Last: Wrong."));
        round(false, wrong("hr", 2));
        assertThat(suspects.findings()).hasSize(1);
    }

    @Test
    void whatAwaitsASweepIsNeverAFinding() {
        Discrepancy awaits = wrong("hr", 1).untilAFanOutEnds();
        round(true, awaits);
        round(false, awaits);
        assertThat(suspects.findings()).isEmpty();
        assertThat(suspects.unverifiable())
                .singleElement()
                .satisfies(left -> assertThat(left.sentence())
                        .isEqualTo("A fan-out that has not ended still has to decide it. Until then: Wrong."));
    }

    @Test
    void anEnvironmentThatWasRightIsNotLookedAtAgain() {
        round(true, wrong("hr", 1));
        round(false, wrong("hr", 2), wrong("it", 1));
        round(false, wrong("hr", 2), wrong("it", 1));
        assertThat(suspects.findings()).containsExactly(wrong("hr", 2).finding());
    }

    @Test
    void findingsBeyondTheListAreCounted() {
        Discrepancy[] many = IntStream.rangeClosed(0, Report.LISTED)
                .mapToObj(number -> wrong("hr", number))
                .toArray(Discrepancy[]::new);
        round(true, many);
        assertThat(suspects.unverifiable()).hasSize(Report.LISTED);
        assertThat(suspects.omitted()).isEqualTo(1);
        round(false, many);
        assertThat(suspects.findings()).hasSize(Report.LISTED);
        assertThat(suspects.omitted()).isEqualTo(1);
    }

    private void round(boolean all, Discrepancy... now) {
        suspects.update(CONTOSO, List.of(now), all);
    }

    private static Discrepancy wrong(String environment, long evidence) {
        return new Discrepancy(
                new ProofFinding(
                        "topic",
                        0,
                        7,
                        Optional.of(CONTOSO),
                        Optional.of(new EnvironmentId(environment)),
                        new Deviation(Optional.empty(), "Wrong.")),
                false,
                List.of(evidence));
    }
}
