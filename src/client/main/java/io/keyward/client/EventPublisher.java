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

/// Publishes events to Keyward, each to the topic of its class and to the partition of its tenant, and tells
/// what has become of them. Safe for many threads.
///
/// Kafka has stored an event once [#publish] completes. The processor reads it later, and may refuse it: ask
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

    /// Opens a publisher. Neither Kafka nor the registry need answer yet.
    ///
    /// @throws IllegalArgumentException if a setting of the registry is missing, unknown or invalid
    /// @throws org.apache.kafka.common.KafkaException if Kafka does not accept its settings
    public static EventPublisher connect(Settings settings) {
        return new EventPublisher(settings, settings.connectToRegistry());
    }

    /// Sends an event. Events of one tenant and class that one thread sends are stored in that order. May wait
    /// for the registry and for Kafka's metadata, within the limits of their settings.
    ///
    /// @param event of a class of `io.keyward.event` that has an input topic
    /// @return completes with the place once all in-sync replicas have the event; exceptionally if Kafka or the
    /// registry does not take it, or takes too long. It may be stored all the same then: publish it again with
    /// the same `eventId`.
    /// @throws IllegalArgumentException if it is no such event, has no tenantId, or has a time before 2015, or an
    /// `occurredAt` more than a day ahead of this machine's clock
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
                .orElseThrow(() -> new IllegalArgumentException("%s is no event for Keyward: accepted are %s."
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
                    event.getSchema().getName() + " has no tenantId: accepted is the id of the tenant.");
        }
        return tenantId.toString();
    }

    /// What has become of the event at that place, as far as is known now (R33). Never decided if
    /// it was refused.
    ///
    /// The first call starts a reader of `progress` and `dead-letters`, which reads both from the beginning
    /// on a thread of its own. Until it has, and while it fails, the answer is [Outcome.Pending]. The user
    /// needs the right to read both topics. An answer can go back to pending after the processor has
    /// recovered its state.
    ///
    /// If nothing is known of a record for 10 seconds, Kafka is asked whether it is there; if it is not, the answer
    /// is [Outcome.Unknown]. A record that has been acknowledged is never unknown while it is stored. If a
    /// topic was recreated, and has grown beyond the old record, the answer is about the new one.
    ///
    /// @param coordinates as [#publish] gave it, or another publisher for the same topics
    /// @throws IllegalArgumentException if it is not in an input topic
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

    /// Waits up to 30 seconds until every event is acknowledged; what is not fails.
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
