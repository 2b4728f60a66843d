package io.keyward.ops.metrics;

import io.keyward.domain.id.RefusedException;
import io.keyward.topology.LogSubject;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs refused records at most once a minute for each reason, and records on the wrong partition at most once
/// a minute for each topic. Safe for many threads.
final class FlowLog {
    private final Logger log;
    private final RateLimit refusals;
    private final RateLimit detours;

    FlowLog(LongSupplier nanoTime) {
        this(LoggerFactory.getLogger(FlowLog.class), nanoTime);
    }

    FlowLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        refusals = new RateLimit(nanoTime);
        detours = new RateLimit(nanoTime);
    }

    void refused(RefusedException why, LogSubject about) {
        long records = refusals.due(why.code().name());
        if (records > 0) {
            about.addTo(log.atWarn())
                    .log(
                            "Records were refused with {} and sent to the dead letters ({} since the last such line). The"
                                    + " latest is at {}: {}",
                            why.code(),
                            records,
                            about,
                            why.detail());
        }
    }

    void rerouted(String topic, LogSubject about) {
        long records = detours.due(topic);
        if (records > 0) {
            about.addTo(log.atWarn())
                    .log(
                            "Records of {} arrived on wrong partitions ({} since the last such line)."
                                    + " The latest is at {}. Keyward sends them to the right partitions. Nothing is lost, but"
                                    + " these records take longer: let the producer use the tenantId as the record key, and Java's default"
                                    + " partitioner (murmur2).",
                            topic,
                            records,
                            about);
        }
    }

    /// Allows one log line per subject and minute, and counts the suppressed ones. Safe for many threads. The
    /// number of subjects must be small.
    private static final class RateLimit {
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
}
