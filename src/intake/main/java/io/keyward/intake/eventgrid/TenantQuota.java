package io.keyward.intake.eventgrid;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How much one tenant may ask of an intake, so that none keeps the others from it. Safe for many threads.
///
/// The rate is that of a token bucket that holds the requests of a minute. Requests that wait for Kafka at the same
/// time are limited, too.
final class TenantQuota {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Duration UNTIL_ONE_ENDS = Duration.ofSeconds(1);

    private final int atOnce;
    private final LongSupplier nanos;

    /// The time in which the bucket gets one token.
    private final long interval;

    /// When the bucket will be full again.
    private long fullAt;

    private int atWork;

    /// @param rate requests in a minute
    /// @param atOnce requests at the same time
    /// @param nanos a clock like [System#nanoTime]
    TenantQuota(int rate, int atOnce, LongSupplier nanos) {
        this.atOnce = atOnce;
        this.nanos = nanos;
        interval = MINUTE / rate;
        fullAt = nanos.getAsLong();
    }

    /// Begins a request. If none may begin now, returns how long to wait, and [#end] must not be called.
    synchronized Optional<Duration> begin() {
        if (atWork == atOnce) {
            return Optional.of(UNTIL_ONE_ENDS);
        }
        long now = nanos.getAsLong();
        long untilFull = Math.max(0, fullAt - now);
        long untilOne = untilFull + interval - MINUTE;
        if (untilOne > 0) {
            return Optional.of(Duration.ofNanos(untilOne));
        }
        fullAt = now + untilFull + interval;
        atWork++;
        return Optional.empty();
    }

    synchronized void end() {
        atWork--;
    }
}
