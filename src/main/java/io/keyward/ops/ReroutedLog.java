package io.keyward.ops;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the log that records lie on partitions that are not their tenants', at most once per topic and minute. Safe
/// for many threads.
final class ReroutedLog {
    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger(ReroutedLog.class);

    private final ConcurrentMap<String, Count> counts = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final Line line;

    ReroutedLog(LongSupplier nanoTime, Line line) {
        this.nanoTime = nanoTime;
        this.line = line;
    }

    static ReroutedLog toTheLog(LongSupplier nanoTime) {
        return new ReroutedLog(nanoTime, ReroutedLog::warn);
    }

    /// Where the lines go.
    interface Line {
        /// Tells of so many records since the last line about this topic.
        void write(String topic, long records);
    }

    void rerouted(String topic) {
        long now = nanoTime.getAsLong();
        long records = counts.computeIfAbsent(topic, _ -> new Count(now)).add(now);
        if (records > 0) {
            line.write(topic, records);
        }
    }

    private static void warn(String topic, long records) {
        LOG.warn(
                "Records of {} lie on partitions that are not their tenants' ({} since the last such line). They are"
                        + " sent on and none is lost, but each takes a detour: let the producer use the tenantId as"
                        + " the record key, and Java's default partitioner (murmur2).",
                topic,
                records);
    }

    /// The records of one topic that no line has told of yet.
    private static final class Count {
        private long untold;
        private long nextLine;

        Count(long firstLine) {
            nextLine = firstLine;
        }

        /// How many records the line that is due now tells of; 0 if none is due.
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
