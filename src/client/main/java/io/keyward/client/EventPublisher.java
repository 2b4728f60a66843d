package io.keyward.client;

import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Publishes events to Keyward, each to the topic of its class and the partition of its tenant, and returns their
/// outcome. Thread-safe.
///
/// When [#publish] completes, Kafka has stored the event. The processor reads it later and may refuse it: see
/// [#outcome].
public final class EventPublisher implements AutoCloseable {
    private static final String CLIENT_ID = "keyward-publisher";

    private final Settings settings;
    private final SchemaRegistry registry;
    private final AvroSerializer serializer;
    private final EventSender sender;
    private OutcomeReader outcomes;
    private boolean closed;

    private EventPublisher(Settings settings, SchemaRegistry registry) {
        this.settings = settings;
        this.registry = registry;
        this.serializer =
                new AvroSerializer(registry, settings.registrySettings().serializer());
        this.sender = EventSender.open(EventSender.producerSettings(settings.kafka(), CLIENT_ID));
    }

    /// Opens a publisher. Neither Kafka nor the registry has to be reachable yet.
    ///
    /// @throws IllegalArgumentException if a setting of the registry is missing, unknown or invalid
    /// @throws org.apache.kafka.common.KafkaException if Kafka does not accept its settings
    public static EventPublisher connect(Settings settings) {
        return new EventPublisher(settings, settings.connectToRegistry());
    }

    /// Sends an event. Events of one tenant and class that one thread sends are stored in that order. May block
    /// on the registry and on Kafka's metadata, within the limits of their settings.
    ///
    /// @param event of a class of `io.keyward.event` that has an input topic
    /// @return completes with the coordinates once all in-sync replicas have the event. Completes exceptionally
    ///     if Kafka or the registry rejects it or takes too long. The event may be stored even then: publish it
    ///     again with the same `eventId`.
    /// @throws IllegalArgumentException if it is not such an event, has no tenantId, or has a time before 2015 or
    ///     an `occurredAt` more than a day ahead of this machine's clock
    public CompletableFuture<Coordinates> publish(SpecificRecord event) {
        String topic = settings.topics().name(topic(event));
        String tenantId = tenantId(event);
        EventTime.requireAll(event, InstantSource.system());
        try {
            int partition = TenantPartitioner.partitionOf(tenantId, sender.partitions(topic));
            byte[] key = tenantId.getBytes(StandardCharsets.UTF_8);
            return sender.send(new ProducerRecord<>(topic, partition, key, serialize(topic, event)));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private byte[] serialize(String topic, SpecificRecord event) {
        synchronized (serializer) {
            return serializer.serialize(topic, event);
        }
    }

    private static Topic topic(SpecificRecord event) {
        String schema = event.getSchema().getFullName();
        List<Topic> inputs = Topic.inputs();
        return inputs.stream()
                .filter(topic -> topic.valueSchema().filter(schema::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s is not an event of Keyward; must be one of %s."
                        .formatted(
                                schema,
                                inputs.stream()
                                        .flatMap(topic -> topic.valueSchema().stream())
                                        .collect(Collectors.joining(", ")))));
    }

    private static String tenantId(SpecificRecord event) {
        Object tenantId = event.get(event.getSchema().getField("tenantId").pos());
        if (tenantId == null) {
            throw new IllegalArgumentException(
                    event.getSchema().getName() + " has no tenantId; it must be the id of the tenant.");
        }
        return tenantId.toString();
    }

    /// The outcome of the event with these coordinates, as far as it is known now (R33). A refused event is never
    /// reported as decided.
    ///
    /// The first call starts a thread that reads `progress` and `dead-letters` from the earliest offset. Until it
    /// has caught up, and while it fails, the answer is [Outcome.Pending]. The user needs the right to read both
    /// topics. An answer can go back to pending after the processor has recovered its state.
    ///
    /// If nothing is known of a record for 10 seconds, the reader asks Kafka whether it exists. If it does not,
    /// the answer is [Outcome.Unknown]. An acknowledged record is never unknown while it is stored. If a topic
    /// was recreated and has grown past the old record, the answer is about the new one.
    ///
    /// @param coordinates as returned by [#publish], of this publisher or another one for the same topics
    /// @throws IllegalArgumentException if they are not in an input topic
    /// @throws IllegalStateException if the publisher is closed
    public Outcome outcome(Coordinates coordinates) {
        return reader().outcome(Objects.requireNonNull(coordinates, "place"));
    }

    private synchronized OutcomeReader reader() {
        if (closed) {
            throw new IllegalStateException("the publisher is closed");
        }
        if (outcomes == null) {
            outcomes = new OutcomeReader(settings, registry);
        }
        return outcomes;
    }

    /// Waits up to 30 seconds until every event is acknowledged; events that are not acknowledged by then fail.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (outcomes != null) {
                outcomes.close();
            }
        }
        sender.close();
        registry.close();
    }
}
