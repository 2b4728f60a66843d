package io.keyward.vault.watch;

import io.keyward.avro.KeyHintCodec;
import io.keyward.domain.event.KeyHint;
import io.keyward.registry.ValueReader;
import io.keyward.registry.client.DoublingWait;
import io.keyward.registry.client.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the hints of this instance's partitions and passes them on, from ten minutes before an instance got the
/// partition. Uses no consumer group, so every hint reaches the instance that watches the key.
///
/// A failure ends nothing: without hints the keys are probed at the usual times. Reading is tried again from the same
/// record.
public final class HintConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HintConsumer.class);

    private static final Duration WAIT = Duration.ofMillis(200);
    private static final DoublingWait PAUSES = new DoublingWait(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Source source;
    private final Hints hints;
    private final Observer observer;
    private final InstantSource clock;
    private final HintPartitions partitions;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private int failures;
    private Instant quietUntil = Instant.MIN;

    /// What to read.
    ///
    /// @param consumer without a group; is closed with this object
    /// @param partitions the numbers of this instance's partitions, at any time
    public record Source(
            String topic, Consumer<byte[], byte[]> consumer, ValueReader reader, Supplier<Set<Integer>> partitions) {}

    /// Takes hints.
    public interface Hints {
        /// Returns at once.
        ///
        /// @param at when the hint was written
        /// @param result gets what becomes of it, on any thread
        void hinted(KeyHint hint, Instant at, java.util.function.Consumer<HintResult> result);
    }

    /// Receives what happens, on any thread. Must be fast and must not throw.
    ///
    /// @param hinted gets what became of each hint
    /// @param failed runs each time when the hints cannot be read
    public record Observer(java.util.function.Consumer<HintResult> hinted, Runnable failed) {}

    public HintConsumer(Source source, Hints hints, Observer observer, InstantSource clock) {
        this.source = source;
        this.hints = hints;
        this.observer = observer;
        this.clock = clock;
        this.partitions = new HintPartitions(source);
        this.thread = Thread.ofPlatform().name("keyward-key-hints").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!isClosing(Duration.ZERO)) {
                step();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            source.consumer().close();
        }
    }

    private void step() throws InterruptedException {
        try {
            partitions.follow(clock.instant());
            if (source.consumer().assignment().isEmpty()) {
                isClosing(WAIT);
                return;
            }
            take(source.consumer().poll(WAIT));
            if (failures > 0) {
                LOG.info("The hints about keys can be read again");
            }
            failures = 0;
        } catch (RuntimeException failure) {
            if (!isClosing(Duration.ZERO)) {
                failed(failure);
            }
        }
    }

    private void failed(RuntimeException failure) throws InterruptedException {
        observer.failed().run();
        warn("The hints about keys cannot be read now; until then, keys are probed at the usual times: {}", failure);
        isClosing(PAUSES.after(failures++));
    }

    /// Takes each record once. After a failure, reading goes on from the record that failed.
    private void take(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, Long> next = new HashMap<>();
        records.partitions()
                .forEach(partition -> next.put(
                        partition, records.records(partition).getFirst().offset()));
        try {
            for (ConsumerRecord<byte[], byte[]> hint : records) {
                take(hint);
                next.put(new TopicPartition(hint.topic(), hint.partition()), hint.offset() + 1);
            }
        } catch (RuntimeException failure) {
            next.forEach(source.consumer()::seek);
            throw failure;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> hint) {
        Instant at = Instant.ofEpochMilli(hint.timestamp());
        if (at.isBefore(clock.instant().minus(KeptHints.AGE))) {
            observer.hinted().accept(HintResult.LATE);
        } else {
            read(hint)
                    .ifPresentOrElse(
                            known -> hints.hinted(known, at, observer.hinted()),
                            () -> observer.hinted().accept(HintResult.UNREADABLE));
        }
    }

    private Optional<KeyHint> read(ConsumerRecord<byte[], byte[]> hint) {
        if (hint.value() == null) {
            return Optional.empty();
        }
        try {
            return KeyHintCodec.read(source.reader()
                    .decode(hint.topic(), hint.headers(), hint.value())
                    .value());
        } catch (RegistryException outage) {
            throw outage;
        } catch (RuntimeException unreadable) {
            warn(
                    "Skipping %s partition %d offset %d: not a hint: {}"
                            .formatted(hint.topic(), hint.partition(), hint.offset()),
                    unreadable);
            return Optional.empty();
        }
    }

    private void warn(String text, RuntimeException cause) {
        Instant now = clock.instant();
        if (!now.isBefore(quietUntil)) {
            quietUntil = now.plus(BETWEEN_WARNINGS);
            LOG.warn(text, cause.toString());
        }
    }

    /// Waits for the close, for at most this time.
    private boolean isClosing(Duration wait) throws InterruptedException {
        return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Stops reading.
    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            source.consumer().close();
            return;
        }
        source.consumer().wakeup();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
