package io.keyward.ops.metrics;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/// Allows one log line per subject and minute, and counts the suppressed ones. Safe for many threads. The
/// number of subjects must be small.
final class RateLimit {
    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

    private final ConcurrentMap<String, Count> counts = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    RateLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Counts an occurrence. If a line is due now, returns the number of occurrences since the last line about
    /// the subject, this one included; else 0.
    long due(String subject) {
        long now = nanoTime.getAsLong();
        return counts.computeIfAbsent(subject, _ -> new Count(now)).add(now);
    }

    /// The occurrences since the last line about one subject.
    private static final class Count {
        private long untold;
        private long nextLine;

        Count(long firstLine) {
            nextLine = firstLine;
        }

        synchronized long add(long now) {
            untold++;
            if (now - nextLine < 0) {
                return 0;
            }
            long told = untold;
            untold = 0;
            nextLine = now + PERIOD_NANOS;
            return told;
        }
    }
}
