package io.keyward.domain.decision;

import static io.keyward.domain.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// R15: the content of a signal.
class SignalTest {
    private static final TimeRange FIRST = new TimeRange(day(2), day(3));
    private static final TimeRange SECOND = new TimeRange(day(5), day(6));

    @Test
    void aSuppressionThatGoesOnIsNoGap() {
        assertThat(Signal.of(List.of(new TimeRange(day(8), Instant.MAX), FIRST), day(9)))
                .isEqualTo(new Signal(Signal.Action.SUPPRESS, day(8), List.of(FIRST)));
        assertThat(Signal.of(List.of(new TimeRange(Instant.MIN, Instant.MAX)), day(9)))
                .as("no time before 1970 can be published")
                .isEqualTo(new Signal(Signal.Action.SUPPRESS, Instant.EPOCH, List.of()));
    }

    @Test
    void dataMayPassFromTheEndOfTheLastGapOn() {
        assertThat(Signal.of(List.of(SECOND, FIRST), day(9)))
                .isEqualTo(new Signal(Signal.Action.ALLOW, day(6), List.of(FIRST, SECOND)));
        assertThat(Signal.of(List.of(), day(9))).isEqualTo(new Signal(Signal.Action.ALLOW, day(9), List.of()));
    }

    @Test
    void theOldestGapsBecomeOneWhereThereAreTooMany() {
        List<TimeRange> many = IntStream.range(0, Signal.MOST_GAPS + 2)
                .mapToObj(n -> new TimeRange(day(2 * n), day(2 * n + 1)))
                .toList();

        assertThat(Signal.of(many.subList(0, Signal.MOST_GAPS), day(99)).gaps())
                .isEqualTo(many.subList(0, Signal.MOST_GAPS));
        List<TimeRange> gaps = Signal.of(many, day(99)).gaps();
        assertThat(gaps).hasSize(Signal.MOST_GAPS).endsWith(many.getLast());
        assertThat(gaps.getFirst()).isEqualTo(new TimeRange(day(0), day(5)));
    }

    @Test
    void aSuppressionThatEndsBecomesAGap() {
        Signal suppress = new Signal(Signal.Action.SUPPRESS, day(5), List.of(FIRST));

        assertThat(suppress.endedAt(day(6))).isEqualTo(new Signal(Signal.Action.ALLOW, day(6), List.of(FIRST, SECOND)));
        assertThat(suppress.endedAt(day(4)))
                .as("its end is not before its beginning")
                .isEqualTo(new Signal(Signal.Action.ALLOW, day(3), List.of(FIRST)));
    }

    @Test
    void signalsThatShowNothingAreAlike() {
        Signal nothing = new Signal(Signal.Action.ALLOW, day(1), List.of());
        Signal gap = new Signal(Signal.Action.ALLOW, day(3), List.of(FIRST));

        assertThat(nothing.isEquivalentTo(new Signal(Signal.Action.ALLOW, day(9), List.of())))
                .isTrue();
        assertThat(gap.isEquivalentTo(new Signal(Signal.Action.ALLOW, day(3), List.of(FIRST))))
                .isTrue();
        assertThat(gap.isEquivalentTo(nothing)).isFalse();
        assertThat(nothing.isEquivalentTo(gap)).isFalse();
        assertThat(new Signal(Signal.Action.SUPPRESS, day(1), List.of()).isEquivalentTo(nothing))
                .isFalse();
    }
}
