package io.keyward.intake.audit;

import io.keyward.config.AuditSource;
import io.keyward.topology.Outages;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads an Event Hub by one consumer: publishes the records of each poll, and commits their offsets once
/// Kafka has acknowledged all. If Kafka does not, it reads them again after a pause. It polls all the time,
/// so that it stays in its group. For one thread.
final class AuditSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditSession.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final AuditSource source;
    private final Consumer<byte[], byte[]> consumer;
    private final AuditPorts ports;
    private final SourceStatus status;
    private final Pace pace;
    private final Map<TopicPartition, OffsetAndMetadata> acknowledged = new HashMap<>();
    private Optional<Batch> inFlight = Optional.empty();
    private int failures;
    private Instant resumesAt = Instant.MIN;
    private Instant looksAt = Instant.MIN;

    /// @param poll how long a poll waits for records
    /// @param look how often the Event Hub is asked how far it reaches
    /// @param answer how long it is waited for an answer
    record Pace(Duration poll, Duration look, Duration answer) {
        static final Pace DEFAULT = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(10));
    }

    /// @param consumer is closed with this object
    AuditSession(Consumer<byte[], byte[]> consumer, AuditPorts ports, SourceStatus status, Pace pace) {
        this.source = status.source();
        this.consumer = consumer;
        this.ports = ports;
        this.status = status;
        this.pace = pace;
    }

    /// Joins the group.
    ///
    /// @throws org.apache.kafka.common.KafkaException if the Event Hub does not answer, does not exist, or
    ///     may not be read
    void start() {
        look();
        consumer.subscribe(List.of(source.topic()), new Rebalances());
    }

    /// One poll, and the delivery of what it gives.
    ///
    /// @throws org.apache.kafka.common.KafkaException if the Event Hub cannot be read with this consumer
    void turn() {
        lookIfDue();
        commit();
        if (ports.clock().instant().isBefore(resumesAt)) {
            stayInGroup(pace.poll());
            return;
        }
        consumer.resume(consumer.assignment());
        ConsumerRecords<byte[], byte[]> records = consumer.poll(pace.poll());
        if (!records.isEmpty()) {
            deliver(records);
        }
    }

    private void deliver(ConsumerRecords<byte[], byte[]> records) {
        Instant received = ports.clock().instant();
        Batch batch = Batch.publish(source, records, ports);
        inFlight = Optional.of(batch);
        while (!batch.isSettledWithin(pace.poll())) {
            stayInGroup(Duration.ZERO);
        }
        inFlight = Optional.empty();
        batch.failure().ifPresentOrElse(failure -> repeat(batch, failure), () -> taken(batch, received));
    }

    private void taken(Batch batch, Instant received) {
        acknowledged.putAll(batch.goesOn());
        batch.items().forEach(item -> ports.observer().item(AuditLogs.SOURCE, item));
        ports.observer()
                .delivered(
                        AuditLogs.SOURCE,
                        Duration.between(received, ports.clock().instant()));
        if (failures > 0) {
            LOG.info("Kafka acknowledges the records of {} again", source);
        }
        failures = 0;
        commit();
    }

    private void repeat(Batch batch, Throwable failure) {
        if (failures == 0) {
            LOG.warn(
                    "Kafka did not acknowledge records of {}; they are read again until it does: {}",
                    source,
                    Outages.innermost(failure).toString());
        }
        batch.begins().forEach(consumer::seek);
        resumesAt = ports.clock().instant().plus(AuditLogs.PAUSES.after(failures++));
    }

    /// Polls without taking records. What a partition gives that was assigned just now is read again later.
    private void stayInGroup(Duration wait) {
        consumer.pause(consumer.assignment());
        Batch.begins(consumer.poll(wait)).forEach(consumer::seek);
    }

    /// Without a commit, records are read again after a rebalance, which changes nothing.
    private void commit() {
        if (acknowledged.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(acknowledged, pace.answer());
            acknowledged.clear();
        } catch (RetriableException | RebalanceInProgressException notNow) {
            LOG.debug("Offsets of {} are committed later: {}", source, notNow.toString());
        } catch (CommitFailedException noMember) {
            LOG.debug("Partitions of {} have gone to another consumer: {}", source, noMember.toString());
            acknowledged.clear();
        }
    }

    private void lookIfDue() {
        if (ports.clock().instant().isBefore(looksAt)) {
            return;
        }
        try {
            look();
        } catch (TimeoutException noAnswer) {
            status.failing("It does not answer: " + noAnswer.getMessage());
        }
    }

    /// Polls do not show whether the Event Hub answers, nor does an empty assignment, which is normal if
    /// other consumers of the group read all partitions.
    private void look() {
        looksAt = ports.clock().instant().plus(pace.look());
        Map<TopicPartition, Long> ends = source.ends(consumer, pace.answer());
        status.reading(consumer.assignment().stream()
                .filter(ends::containsKey)
                .mapToLong(partition -> Math.max(0, ends.get(partition) - consumer.position(partition, pace.answer())))
                .sum());
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    }

    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit();
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            acknowledged.keySet().removeAll(partitions);
            inFlight.ifPresent(batch -> batch.forget(partitions));
        }
    }
}
