package io.keyward.intake.audit;

import io.keyward.config.AuditSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether an Event Hub can be read. Logs once when that changes. Any number of threads may read; one writes.
final class SourceStatus {
    private static final Logger LOG = LoggerFactory.getLogger(SourceStatus.class);

    private final AuditSource source;
    private volatile Phase phase = Phase.CONNECTING;
    private volatile long lag;

    SourceStatus(AuditSource source) {
        this.source = source;
    }

    enum Phase {
        CONNECTING,
        READING,
        FAILING
    }

    AuditSource source() {
        return source;
    }

    Phase phase() {
        return phase;
    }

    /// How many records were not read yet when the Event Hub last answered.
    long lag() {
        return lag;
    }

    void reading(long newLag) {
        lag = newLag;
        if (phase != Phase.READING) {
            phase = Phase.READING;
            LOG.info("Audit logs are read from {}", source);
        }
    }

    /// @param why a sentence for an operator
    void failing(String why) {
        if (phase == Phase.FAILING) {
            LOG.debug("{} still cannot be read: {}", source, why);
        } else {
            phase = Phase.FAILING;
            LOG.warn("Audit logs cannot be read from {}; it is tried again and again: {}", source, why);
        }
    }
}
