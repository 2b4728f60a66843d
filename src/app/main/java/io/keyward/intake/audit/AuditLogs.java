package io.keyward.intake.audit;

import io.keyward.config.AuditSource;
import io.keyward.intake.IntakeObserver;
import io.keyward.intake.Publisher;
import io.keyward.kafka.Stopwatch;
import io.keyward.registry.client.DoublingWait;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the audit logs of all Event Hubs, each by a consumer of its own. No failure ends it: what cannot
/// be read or written is tried again, and every record is published at least once.
public final class AuditLogs implements AutoCloseable {
    /// The source in dead letters and metrics.
    public static final String SOURCE = "audit-log";

    /// How long to wait before it is tried again to read an Event Hub, or to write what it held.
    static final DoublingWait PAUSES = new DoublingWait(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private static final Logger LOG = LoggerFactory.getLogger(AuditLogs.class);

    /// For the deliveries in progress, and then for what is left.
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final List<Reading> readings;

    /// How one Event Hub is read.
    private record Reading(AuditThread task, Thread thread) {}

    private AuditLogs(List<Reading> readings) {
        this.readings = readings;
    }

    /// Starts to read; returns at once.
    public static AuditLogs start(List<AuditSource> sources, Publisher publisher, IntakeObserver observer) {
        AuditPorts ports = new AuditPorts(publisher, observer, InstantSource.system());
        return new AuditLogs(
                sources.stream().map(source -> start(source, ports)).toList());
    }

    private static Reading start(AuditSource source, AuditPorts ports) {
        AuditThread task = new AuditThread(new SourceStatus(source), ports, source::consumer);
        return new Reading(
                task, Thread.ofVirtual().name("keyward-audit-" + source.topic()).start(task));
    }

    /// Event Hubs that can be read, whether they hold anything new or not.
    public int reading() {
        return count(SourceStatus.Phase.READING);
    }

    /// Event Hubs that cannot be read at present. Neither counts one that has not answered yet.
    public int failing() {
        return count(SourceStatus.Phase.FAILING);
    }

    /// Records in the partitions of this process that Kafka has not got yet, as far as the Event Hubs said
    /// lately.
    public long lag() {
        return readings.stream()
                .mapToLong(reading -> reading.task().status().lag())
                .sum();
    }

    /// What has ended the reading of an Event Hub for good, which only a defect can do.
    public Optional<Throwable> failure() {
        return readings.stream()
                .flatMap(reading -> reading.task().failure().stream())
                .findFirst();
    }

    private int count(SourceStatus.Phase phase) {
        return Math.toIntExact(readings.stream()
                .filter(reading -> reading.task().status().phase() == phase)
                .count());
    }

    /// Ends the deliveries in progress and commits them, within a time limit. Then interrupts the rest,
    /// which is read again next time.
    @Override
    public void close() {
        readings.forEach(reading -> reading.task().stop());
        if (!haveEnded()) {
            readings.forEach(reading -> reading.task().interrupt());
            if (!haveEnded()) {
                LOG.warn("Not all readers of audit logs have stopped within {} s", CLOSE_LIMIT.toSeconds() * 2);
            }
        }
    }

    private boolean haveEnded() {
        Stopwatch begun = Stopwatch.start();
        boolean ended = true;
        try {
            for (Reading reading : readings) {
                ended &= reading.thread().join(begun.left(CLOSE_LIMIT));
            }
            return ended;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
