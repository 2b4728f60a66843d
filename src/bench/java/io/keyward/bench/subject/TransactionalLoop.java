package io.keyward.bench.subject;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Reads the inputs, processes each record, and commits the outputs and the offsets in one transaction every
/// 100 ms. This gives exactly-once semantics with plain Kafka clients.
final class TransactionalLoop {
    private static final long COMMIT_NANOS =
            Duration.ofMillis(SubjectJob.COMMIT_MILLIS).toNanos();

    private final SubjectJob job;
    private final RecordOrder feed;
    private final Work work;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    TransactionalLoop(SubjectJob job, RecordOrder feed, Work work) {
        this.job = job;
        this.feed = feed;
        this.work = work;
    }

    /// Sends a record in the open transaction.
    @FunctionalInterface
    interface Output {
        void send(ProducerRecord<byte[], byte[]> outgoing);
    }

    /// Processes each record.
    interface Work {
        void process(ConsumerRecord<byte[], byte[]> received, Output output);

        /// Sends the records that are written once per transaction.
        default void beforeCommit(Output output) {}
    }

    /// Runs until the process ends.
    void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(job);
                KafkaProducer<byte[], byte[]> producer = Clients.transactionalProducer(job)) {
            producer.initTransactions();
            consumer.subscribe(job.inputs());
            while (true) {
                transaction(consumer, producer);
            }
        }
    }

    private void transaction(KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {
        Output output = outgoing -> send(producer, outgoing);
        producer.beginTransaction();
        long due = System.nanoTime() + COMMIT_NANOS;
        for (long left = COMMIT_NANOS; left > 0; left = due - System.nanoTime()) {
            feed.take(consumer, Duration.ofNanos(left), received -> work.process(received, output));
        }
        work.beforeCommit(output);
        producer.sendOffsetsToTransaction(feed.offsets(), consumer.groupMetadata());
        producer.commitTransaction();
    }

    private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> outgoing) {
        if (failure.get() != null) {
            throw new IllegalStateException("A record was not taken", failure.get());
        }
        var _ = producer.send(outgoing, (_, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }
}
