package io.keyward.intake.audit;

import io.keyward.config.AuditSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one Event Hub until it is told to stop. After a failure it begins anew with another consumer.
final class AuditThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditThread.class);

    private final SourceStatus status;
    private final AuditPorts ports;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final CompletableFuture<Void> stopping = new CompletableFuture<>();
    private int failures;
    private volatile Optional<Consumer<byte[], byte[]>> current = Optional.empty();
    private volatile Optional<Throwable> failure = Optional.empty();

    /// @param consumers makes a consumer for each attempt
    AuditThread(SourceStatus status, AuditPorts ports, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.status = status;
        this.ports = ports;
        this.consumers = consumers;
    }

    @Override
    public void run() {
        try {
            while (!stopping.isDone()) {
                attempt();
            }
        } catch (Error defect) {
            status.failing("Its thread has ended: " + defect);
            failure = Optional.of(defect);
            throw defect;
        }
    }

    private void attempt() {
        try {
            read();
        } catch (WakeupException _) {
            LOG.debug("{} is no longer read", status.source());
        } catch (KafkaException refused) {
            pauseAfter(AuditSource.explain(refused));
        } catch (RuntimeException defect) {
            LOG.error("Reading {} has failed", status.source(), defect);
            pauseAfter(defect.toString());
        }
    }

    private void read() {
        Consumer<byte[], byte[]> consumer = consumers.get();
        current = Optional.of(consumer);
        try (AuditSession session = new AuditSession(consumer, ports, status, AuditSession.Pace.DEFAULT)) {
            session.start();
            while (!stopping.isDone()) {
                session.turn();
                failures = 0;
            }
        }
    }

    private void pauseAfter(String why) {
        status.failing(why);
        Duration pause = AuditLogs.PAUSES.after(failures++);
        stopping.copy()
                .completeOnTimeout(null, pause.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    SourceStatus status() {
        return status;
    }

    /// The defect that has ended the thread; empty while it works, or was stopped.
    Optional<Throwable> failure() {
        return failure;
    }

    /// Stops after the delivery in progress.
    void stop() {
        stopping.complete(null);
    }

    /// Stops what the thread waits for. Records whose delivery is in progress are read again next time.
    void interrupt() {
        current.ifPresent(Consumer::wakeup);
    }
}
