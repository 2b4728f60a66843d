package io.keyward.intake;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A producer that is replaced after a fatal error. Some errors, such as a failed authentication, leave an idempotent
/// producer in a state in which it refuses every further record.
///
/// Confined to one thread, except for callbacks.
final class RenewedProducer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RenewedProducer.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private Producer<byte[], byte[]> producer;
    private volatile boolean unusable;

    /// Makes the first producer.
    RenewedProducer(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
        this.producer = producers.get();
    }

    /// Sends a record as [Producer#send] does. If the producer refuses it, or an earlier error was fatal, the next
    /// record goes to a new producer, and records in flight fail.
    ///
    /// @throws RuntimeException if the producer is in a fatal state, or no new one can be made
    void send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (unusable) {
            renew();
        }
        try {
            var _ = producer.send(record, (place, failure) -> {
                if (failure instanceof ApplicationRecoverableException) {
                    unusable = true;
                }
                callback.onCompletion(place, failure);
            });
        } catch (RuntimeException failure) {
            // Errors of one record go to the callback.
            unusable = true;
            throw failure;
        }
    }

    private void renew() {
        LOG.warn("The producer is replaced after a fatal error");
        producer.close(Duration.ZERO);
        producer = producers.get();
        unusable = false;
    }

    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }
}
