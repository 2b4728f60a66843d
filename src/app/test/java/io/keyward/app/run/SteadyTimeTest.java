package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Up to when an instance whose clock jumps says that it has decided.
class SteadyTimeTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicReference<Instant> clock = new AtomicReference<>(START);
    private final AtomicReference<Instant> stamped = new AtomicReference<>(START.minusSeconds(60));
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE); // may overflow
    private final SteadyTime time = new SteadyTime(clock::get, nanos::get);

    @Test
    void itIsTheClocks() {
        pass(5);
        assertThat(now()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void aJumpAheadCountsOnlyAsFarAsBrokersHaveStampedRecords() {
        clock.updateAndGet(shown -> shown.plus(HOUR));
        pass(5);
        assertThat(now()).isEqualTo(START.plusSeconds(5));
        stamped.set(START.plusSeconds(8));
        pass(2);
        assertThat(now()).isEqualTo(START.plusSeconds(8));
        pass(2);
        assertThat(now()).isEqualTo(START.plusSeconds(10));
        stamped.set(START.plus(HOUR.multipliedBy(2)));
        assertThat(now()).as("never later than the clock").isEqualTo(clock.get());
    }

    @Test
    void aJumpBackCountsAtOnceAndTheWayForwardIsThatOfAnyJumpAhead() {
        pass(5);
        clock.updateAndGet(shown -> shown.minus(HOUR));
        assertThat(now()).isEqualTo(START.plusSeconds(5).minus(HOUR));
        clock.updateAndGet(shown -> shown.plus(HOUR));
        pass(5);
        assertThat(now()).as("the latest stamp is before the start").isEqualTo(stamped.get());
        stamped.set(START.plusSeconds(20));
        pass(5);
        assertThat(now()).isEqualTo(START.plusSeconds(15));
    }

    /// The machine was suspended: the steady clock stood still.
    @Test
    void aClockThatWasSetRightCountsAsSoonAsABrokerStampsARecord() {
        clock.updateAndGet(shown -> shown.plus(HOUR));
        assertThat(now()).isEqualTo(START);
        stamped.set(START.plus(HOUR));
        assertThat(now()).isEqualTo(START.plus(HOUR));
    }

    private Instant now() {
        return time.now(stamped::get);
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        clock.updateAndGet(shown -> shown.plusSeconds(seconds));
    }
}
