package io.keyward.topology;

import io.keyward.avro.EventReader;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Reads records as valid events, or returns the reason for which a record is refused. The topology and the
/// verification of its state share this class, so both accept the same records. Not thread-safe.
public final class Admission {
    private final EventReader reader;
    private final TopicNames names;
    private final Bounds bounds;

    /// The full name of the schema of each topic that has one, by the topic's full name.
    private final Map<String, String> schemas = new HashMap<>();

    /// @param bounds only the limits for times and for record sizes are used
    public Admission(EventReader reader, TopicNames names, Bounds bounds) {
        this.reader = reader;
        this.names = names;
        this.bounds = bounds;
        for (Topic topic : Topic.values()) {
            topic.valueSchema().ifPresent(schema -> schemas.put(names.name(topic), schema));
        }
    }

    /// The result of reading a record: an event, or a refusal.
    public sealed interface Outcome permits Admitted, Outcome.Refused {
        /// The coordinates at which the record was first read.
        OriginCoordinates origin();

        /// The record is not a valid event.
        ///
        /// @param event the id of the event, if it was readable
        record Refused(OriginCoordinates origin, RefusedException why, Optional<EventId> event) implements Outcome {}
    }

    /// Reads a record of one of the topics that the topology reads.
    ///
    /// @throws io.keyward.registry.client.RegistryException if the registry does not answer; the record may still
    ///     be valid
    public Outcome read(ConsumerRecord<byte[], byte[]> record) {
        return read(
                new OriginCoordinates(record.topic(), record.partition(), record.offset()),
                new Record<>(record.key(), record.value(), Math.max(0, record.timestamp()), record.headers()));
    }

    /// Reads a record that was forwarded, or that does not come from a topic.
    public Outcome read(RecordMetadata metadata, Record<byte[], byte[]> received) {
        OriginCoordinates origin = OriginCoordinates.firstRead(metadata, received.headers(), names);
        Event event;
        try {
            event = event(received, origin);
        } catch (RefusedException refusal) {
            return new Outcome.Refused(origin, refusal, Optional.empty());
        }
        return refusalOfFutureTime(event, received)
                .<Outcome>map(tooEarly -> new Outcome.Refused(
                        origin, tooEarly, Optional.of(event.stamp().eventId())))
                .orElseGet(() -> new Admitted(event, origin, received.value()));
    }

    private Event event(Record<byte[], byte[]> received, OriginCoordinates origin) {
        requireForwardableSize(received);
        if (received.value() == null) {
            throw new RefusedException(
                    RefusalCode.MISSING_VALUE,
                    "The record has no value; every event has one, and events are never deleted.");
        }
        return reader.read(
                origin.topic(), received.value(), received.headers(), expectedSchema(origin), bounds.minTime());
    }

    private Optional<RefusedException> refusalOfFutureTime(Event event, Record<byte[], byte[]> record) {
        Instant received = Instant.ofEpochMilli(record.timestamp());
        if (!event.occurredAt().isAfter(received.plus(bounds.maxFuture()))) {
            return Optional.empty();
        }
        return Optional.of(new RefusedException(
                RefusalCode.TIMESTAMP_IN_FUTURE,
                "occurredAt is " + event.occurredAt() + ", more than " + bounds.maxFuture()
                        + " after the broker's time of the record, " + received + "; check the producer's clock."));
    }

    /// Checked for every record, forwarded or not: whether an event is accepted must not depend on its
    /// partition.
    private void requireForwardableSize(Record<byte[], byte[]> received) {
        long size = RecordSize.of(received);
        if (size > bounds.records().admitted()) {
            throw new RefusedException(
                    RefusalCode.TOO_LARGE,
                    "The record has " + size + " bytes before compression; the limit is "
                            + bounds.records().admitted() + ". No event needs that many.");
        }
    }

    private String expectedSchema(OriginCoordinates origin) {
        String schema = schemas.get(origin.topic());
        if (schema == null) {
            throw new RefusedException(
                    RefusalCode.WRONG_SCHEMA,
                    "The topic " + origin.topic() + " carries no events; send them to the input topics.");
        }
        return schema;
    }
}
