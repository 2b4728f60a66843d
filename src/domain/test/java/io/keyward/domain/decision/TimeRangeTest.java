package io.keyward.domain.decision;

import static io.keyward.domain.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeRangeTest {
    private static TimeRange time(int from, int until) {
        return new TimeRange(day(from), day(until));
    }

    @Test
    void itHoldsItsBeginningAndNotItsEnd() {
        assertThat(time(2, 2).isEmpty()).isTrue();
        assertThat(time(3, 2).isEmpty()).isTrue();
        assertThat(time(2, 3).isEmpty()).isFalse();
        assertThat(time(2, 3).within(time(3, 4)).isEmpty()).isTrue();
        assertThat(time(2, 4).within(time(3, 5))).isEqualTo(time(3, 4));
        assertThat(TimeRange.upTo(day(2)).within(time(1, 5))).isEqualTo(time(1, 2));
        assertThat(new TimeRange(day(2), Instant.MAX).open()).isTrue();
        assertThat(time(2, 3).open()).isFalse();
    }

    @Test
    void timesThatTouchOrOverlapBecomeOne() {
        assertThat(TimeRange.joined(List.of(time(5, 7), time(2, 3), time(3, 4))))
                .containsExactly(time(2, 4), time(5, 7));
        assertThat(TimeRange.joined(List.of(time(2, 9), time(3, 4), time(8, 10))))
                .containsExactly(time(2, 10));
    }

    @Test
    void emptyTimesAreLeftOut() {
        assertThat(TimeRange.joined(List.of())).isEmpty();
        assertThat(TimeRange.joined(List.of(time(3, 3)))).isEmpty();
        assertThat(TimeRange.joined(List.of(time(2, 3)))).containsExactly(time(2, 3));
        assertThat(TimeRange.joined(List.of(time(2, 3), time(5, 5), time(7, 6))))
                .containsExactly(time(2, 3));
    }
}
