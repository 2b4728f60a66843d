package io.keyward.ops.metrics;

import io.keyward.domain.id.RefusedException;
import io.keyward.topology.LogSubject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs refused records at most once a minute for each reason, and records on the wrong partition at most once a
/// minute for each topic. Safe for many threads.
final class FlowLog {
    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final LongSupplier nanoTime;
    /// Occurrences that were not logged, by reason or topic; so there are few keys.
    private final Map<String, Long> unlogged = new HashMap<>();

    private final Map<String, Long> nextLines = new HashMap<>();

    FlowLog(LongSupplier nanoTime) {
        this(LoggerFactory.getLogger(FlowLog.class), nanoTime);
    }

    FlowLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    void refused(RefusedException why, LogSubject about) {
        long records = due(why.code().name());
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
        long records = due(topic);
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

    /// Counts an occurrence. If a line is due now, returns the number of occurrences since the last line about the
    /// subject, including this one; otherwise 0.
    private synchronized long due(String subject) {
        long now = nanoTime.getAsLong();
        long records = unlogged.merge(subject, 1L, Long::sum);
        if (now - nextLines.getOrDefault(subject, now) < 0) {
            return 0;
        }
        unlogged.remove(subject);
        nextLines.put(subject, now + PERIOD_NANOS);
        return records;
    }
}
