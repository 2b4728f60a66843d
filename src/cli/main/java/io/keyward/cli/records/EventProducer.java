package io.keyward.cli.records;

import io.keyward.client.Coordinates;
import io.keyward.client.EventSender;
import io.keyward.client.TopicNames;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.contract.EventLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes events to the input topics in order; each is acknowledged by the cluster, or fails. For one thread.
public final class EventProducer implements AutoCloseable {
    private static final String CLIENT_ID = "keyward-publish";

    private final TopicNames names;
    private final AvroSerializer serializer;
    private final EventSender sender;
    private final AtomicReference<CommandFailedException> failure = new AtomicReference<>();
    private final AtomicLong arrived = new AtomicLong();

    EventProducer(TopicNames names, AvroSerializer serializer, EventSender sender) {
        this.names = names;
        this.serializer = serializer;
        this.sender = sender;
    }

    public static EventProducer connect(KeywardConfig config, SchemaRegistry registry) {
        return new EventProducer(
                config.topics().names(),
                new AvroSerializer(registry, config.registrySettings().serializer()),
                EventSender.open(EventSender.producerSettings(config.kafka().values(), CLIENT_ID)));
    }

    /// Sends the event; [#flush()] waits for the acknowledgement.
    ///
    /// @param location where the event is written, for the message if Kafka refuses it
    /// @throws CommandFailedException if an earlier event has failed
    public void send(EventLine event, String location) {
        throwFailure();
        var _ = submit(event, location);
    }

    /// The number of acknowledged events.
    public long arrived() {
        return arrived.get();
    }

    private Future<Coordinates> submit(EventLine event, String location) {
        String topic = names.name(event.topic());
        byte[] key =
                event.key().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
        Long timestamp = event.timestamp().map(Instant::toEpochMilli).orElse(null);
        byte[] value = serializer.serialize(topic, event.value().orElseThrow());
        return sender.send(new ProducerRecord<>(topic, null, timestamp, key, value))
                .whenComplete((_, failed) -> {
                    if (failed == null) {
                        arrived.incrementAndGet();
                    } else {
                        failure.compareAndSet(null, notTaken(location, failed));
                    }
                });
    }

    /// Sends each event after the previous one is acknowledged. Each waits for its batch, so the brokers'
    /// timestamps differ and show the order across topics.
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
                throw new CommandFailedException("Not all events were sent: interrupted", interrupted);
            }
        }
    }

    /// Waits until every sent event is acknowledged.
    ///
    /// @throws CommandFailedException if one is not
    public void flush() {
        sender.flush();
        throwFailure();
    }

    @Override
    public void close() {
        if (failure.get() == null) {
            sender.close();
        } else {
            sender.close(Duration.ZERO);
        }
    }

    private void throwFailure() {
        Optional.ofNullable(failure.get()).ifPresent(failed -> {
            throw failed;
        });
    }

    private static CommandFailedException notTaken(String what, Throwable failed) {
        return new CommandFailedException("Kafka did not accept " + what + ": " + failed.getMessage(), failed);
    }
}
