package io.keyward.avro;

import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.registry.ValueReader;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.wire.UnreadableException;
import io.keyward.registry.wire.WrongSchemaException;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/// Reads events from records in Confluent's wire format. Not thread-safe.
public final class EventReader {
    private final ValueReader values;

    public EventReader(ValueSerde serde) {
        values = serde.reader(GeneratedClasses.eventSchemas());
    }

    /// The event in a record's value.
    ///
    /// @param topic the topic that the record was received from
    /// @param expectedSchema the full name of the schema of the topic's records
    /// @param minTime the earliest time that an event may contain
    /// @throws RefusedException if the value is not an event; its code is the reason. A
    ///     [io.keyward.registry.client.RegistryUnavailableException] propagates, because the record may still be
    ///     valid
    public Event read(String topic, byte[] value, Headers headers, String expectedSchema, Instant minTime) {
        try {
            ValueReader.Decoded decoded = values.decode(topic, headers, value);
            if (!decoded.writer().equals(expectedSchema)) {
                throw new RefusedException(
                        RefusalCode.WRONG_SCHEMA,
                        "The value has the schema " + decoded.writer() + " (" + decoded.schema()
                                + "); the topic requires " + expectedSchema + ".");
            }
            return EventCodec.read(decoded.value(), minTime);
        } catch (UnreadableException unreadable) {
            throw new RefusedException(RefusalCode.UNREADABLE, unreadable.getMessage());
        } catch (WrongSchemaException wrong) {
            throw new RefusedException(RefusalCode.WRONG_SCHEMA, wrong.getMessage());
        }
    }
}
