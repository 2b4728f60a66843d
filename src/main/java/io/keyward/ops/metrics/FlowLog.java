package io.keyward.ops.metrics;

import io.keyward.domain.id.RefusedException;
import io.keyward.topology.LogSubject;
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
                            "Records are refused as {} and lie in the dead letters ({} since the last such line). The"
                                    + " newest is that at {}: {}",
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
                            "Records of {} lie on partitions that are not their tenants' ({} since the last such line)."
                                    + " The newest is that at {}. They are sent on and none is lost, but each takes a"
                                    + " detour: let the producer use the tenantId as the record key, and Java's default"
                                    + " partitioner (murmur2).",
                            topic,
                            records,
                            about);
        }
    }
}
