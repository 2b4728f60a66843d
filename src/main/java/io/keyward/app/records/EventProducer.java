package io.keyward.app.records;

import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.config.KeywardConfig;
import io.keyward.avro.json.EventLine;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicNames;
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

/// Writes events to the input topics, as any producer would: in order, each safely on the cluster or a failure.
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

    /// A producer for the cluster that the configuration names.
    public static EventProducer connect(KeywardConfig config, SchemaRegistry registry) {
        return new EventProducer(
                config.topics().names(),
                new AvroSerializer(registry, config.registrySettings().serializer()),
                new KafkaProducer<>(
                        producerSettings(config, "keyward-publish"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
    }

    /// Sends the event; that it has arrived is known after [#flush()].
    ///
    /// @param place where the event is written, for the message should Kafka not take it
    /// @throws CommandFailedException if one before it has failed
    void send(EventLine event, String place) {
        throwFailure();
        var _ = submit(event, place);
    }

    /// How many events are known to have arrived.
    public long arrived() {
        return arrived.get();
    }

    private Future<RecordMetadata> submit(EventLine event, String place) {
        String topic = names.name(Topic.ofBaseName(event.topic()).orElseThrow());
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

    /// Sends events each only when the one before has arrived. Each then waits for its batch, so the broker's times
    /// differ and tell the order across topics.
    ///
    /// @throws CommandFailedException if one does not arrive
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

    /// Waits until everything sent has arrived.
    ///
    /// @throws CommandFailedException if something has not
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

    /// The settings of a producer that tells of every record whether it has arrived, and writes none twice.
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
