package io.keyward.app.run;

import io.keyward.domain.fact.VersionPeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The time up to which an instance may say that it has decided (R33). If its clock jumps ahead, it would let data
/// pass of which nothing is decided yet. So this time is never later than the clock, and passes as fast as a steady
/// clock does, which starts with the clock. If it is behind the clock, it takes up what brokers have stamped. For
/// one thread.
final class SteadyTime {
    static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private Instant last;
    private long at;

    SteadyTime(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        last = clock.instant();
        at = nanoTime.getAsLong();
    }

    /// @param stamped the latest time that a broker has put on a record; asked only if the clock is ahead
    Instant now(Supplier<Instant> stamped) {
        Instant shown = clock.instant();
        long nanos = nanoTime.getAsLong();
        Instant passed = last.plusNanos(nanos - at);
        if (shown.isAfter(passed.plus(TOLERANCE))) {
            passed = VersionPeriod.later(passed, stamped.get());
        }
        last = shown.isBefore(passed) ? shown : passed;
        at = nanos;
        return last;
    }
}
