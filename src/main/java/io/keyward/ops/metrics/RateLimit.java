package io.keyward.ops.metrics;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/// Lets one line of the log through per subject and minute, and counts the others. Safe for many threads; subjects
/// must be few.
final class RateLimit {
    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

    private final ConcurrentMap<String, Count> counts = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    RateLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Notes an occurrence. Returns how many there have been since the last line about the subject, this one included,
    /// if a line is due now; else 0.
    long due(String subject) {
        long now = nanoTime.getAsLong();
        return counts.computeIfAbsent(subject, _ -> new Count(now)).add(now);
    }

    /// The number of suppressed lines.
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
