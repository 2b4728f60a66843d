package io.keyward.vault.watch;

import io.keyward.avro.EventWriter;
import io.keyward.avro.KeyWatchCodec;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.event.Event;
import io.keyward.registry.ValueWriter;
import io.keyward.topology.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Writes events to the input topics, as an upstream service does. Uses its own thread, because the registry or
/// the cluster may block it.
public final class KafkaFactPublisher implements FactPublisher, AutoCloseable {
    /// The source in the events.
    public static final String SOURCE = "keyward-vault-watch";

    private final TopicNames names;
    private final ValueWriter values;
    private final Producer<byte[], byte[]> producer;
    private final Duration closeLimit;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("keyward-vault-publish").daemon().factory());
    private volatile boolean closed;

    /// @param producer must be idempotent and use `acks=all`; is closed with this object
    /// @param closeLimit how long the close waits for the remaining events
    public KafkaFactPublisher(
            TopicNames names, ValueWriter values, Producer<byte[], byte[]> producer, Duration closeLimit) {
        this.names = names;
        this.values = values;
        this.producer = producer;
        this.closeLimit = closeLimit;
    }

    @Override
    public CompletableFuture<RecordPosition> publish(Event.OfKey event) {
        return publish(Topics.of(event), event.tenantId().value(), () -> Optional.of(EventWriter.write(event, SOURCE)));
    }

    /// Publishes how well a key is watched. Use another publisher than for facts: a topic that takes no records would
    /// delay them.
    public CompletableFuture<RecordPosition> publish(WatchReport report) {
        return publish(
                Topic.KEY_WATCH,
                KeyWatchCodec.key(report.tenant(), report.key()),
                () -> report.status().map(status -> KeyWatchCodec.write(report.tenant(), report.key(), status)));
    }

    private CompletableFuture<RecordPosition> publish(
            Topic topic, String key, Supplier<Optional<? extends IndexedRecord>> value) {
        CompletableFuture<RecordPosition> result = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                if (closed) {
                    throw new IllegalStateException("the instance stops");
                }
                send(names.name(topic), key.getBytes(StandardCharsets.UTF_8), value.get(), result);
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    /// @param content empty for a tombstone
    private void send(
            String topic,
            byte[] key,
            Optional<? extends IndexedRecord> content,
            CompletableFuture<RecordPosition> result) {
        Headers headers = new RecordHeaders();
        byte[] value = content.map(written -> values.serialize(topic, headers, written))
                .orElse(null);
        var _ = producer.send(new ProducerRecord<>(topic, null, null, key, value, headers), (place, failure) -> {
            if (failure == null) {
                result.complete(
                        new RecordPosition(new TopicPartition(place.topic(), place.partition()), place.offset()));
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /// Sends the remaining events within a time limit. Then interrupts blocked calls and reports the rest as
    /// failed.
    @Override
    public void close() {
        thread.shutdown();
        if (!hasEnded()) {
            closed = true;
            thread.shutdownNow().forEach(Runnable::run);
            hasEnded();
        }
        producer.close(closeLimit);
    }

    private boolean hasEnded() {
        try {
            return thread.awaitTermination(closeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
