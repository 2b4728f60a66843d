package io.keyward.app.records;

import io.keyward.client.TopicNames;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.contract.EventLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes events to the input topics in order; each is acknowledged by the cluster, or fails.
public final class EventProducer implements AutoCloseable {
    private static final int LIMIT_MILLIS = 30_000;
    private static final int LINGER_MILLIS = 5;

    private final TopicNames names;
    private final AvroSerializer serializer;
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<CommandFailedException> failure = new AtomicReference<>();
    private final AtomicLong arrived = new AtomicLong();

    EventProducer(TopicNames names, AvroSerializer serializer, Producer<byte[], byte[]> producer) {
        this.names = names;
        this.serializer = serializer;
        this.producer = producer;
    }

    public static EventProducer connect(KeywardConfig config, SchemaRegistry registry) {
        return new EventProducer(
                config.topics().names(),
                new AvroSerializer(registry, config.registrySettings().serializer()),
                new KafkaProducer<>(
                        producerSettings(config, "keyward-publish"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
    }

    /// Sends the event; [#flush()] waits for the acknowledgement.
    ///
    /// @param place where the event is written, for the message if Kafka refuses it
    /// @throws CommandFailedException if an earlier event has failed
    public void send(EventLine event, String place) {
        throwFailure();
        var _ = submit(event, place);
    }

    /// The number of acknowledged events.
    public long arrived() {
        return arrived.get();
    }

    private Future<RecordMetadata> submit(EventLine event, String place) {
        String topic = names.name(event.topic());
        byte[] key =
                event.key().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
        Long timestamp = event.timestamp().map(Instant::toEpochMilli).orElse(null);
        byte[] value = serializer.serialize(topic, event.value().orElseThrow());
        return producer.send(new ProducerRecord<>(topic, null, timestamp, key, value), (_, failed) -> {
            if (failed == null) {
                arrived.incrementAndGet();
            } else {
                failure.compareAndSet(null, notTaken(place, failed));
            }
        });
    }

    /// Sends each event after the one before is acknowledged. Each waits for its batch, so the brokers'
    /// timestamps differ and tell the order across topics.
    ///
    /// @throws CommandFailedException if one is not acknowledged
    public void sendInOrder(List<EventLine> events) {
        for (EventLine event : events) {
            try {
                submit(event, "an event").get();
            } catch (ExecutionException failed) {
                throw notTaken("an event", failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CommandFailedException("The events were not all sent: interrupted", interrupted);
            }
        }
    }

    /// Waits until every sent event is acknowledged.
    ///
    /// @throws CommandFailedException if one is not
    public void flush() {
        producer.flush();
        throwFailure();
    }

    @Override
    public void close() {
        producer.close(Duration.ofMillis(failure.get() == null ? LIMIT_MILLIS : 0));
    }

    private void throwFailure() {
        Optional.ofNullable(failure.get()).ifPresent(failed -> {
            throw failed;
        });
    }

    private static CommandFailedException notTaken(String what, Throwable failed) {
        return new CommandFailedException("Kafka did not take " + what + ": " + failed.getMessage(), failed);
    }

    /// The settings of a producer that waits for acknowledgements and writes no record twice.
    public static Map<String, Object> producerSettings(KeywardConfig config, String clientId) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS / 2);
        properties.putAll(config.kafka().values());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return properties;
    }
}
