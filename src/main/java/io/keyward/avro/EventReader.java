package io.keyward.avro;

import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.registry.Decoded;
import io.keyward.registry.ValueReader;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.wire.UnreadableException;
import io.keyward.registry.wire.WrongSchemaException;
import org.apache.kafka.common.header.Headers;

/// Reads events from the bytes of records, in Confluent's wire format. For one thread.
public final class EventReader {
    private final ValueReader values;

    public EventReader(ValueSerde serde) {
        values = serde.reader(GeneratedClasses.eventSchemas());
    }

    /// The event that a record's value states.
    ///
    /// @param topic that the record was received from
    /// @param expectedSchema full name of the schema that the record's topic carries
    /// @throws RefusedException if it states none, with the code that says why; a
    ///     [io.keyward.registry.RegistryUnavailableException] passes through, for it says nothing about the record
    public Event read(String topic, byte[] value, Headers headers, String expectedSchema) {
        Decoded decoded = decode(topic, value, headers);
        if (!decoded.writer().equals(expectedSchema)) {
            throw new RefusedException(
                    RefusalCode.WRONG_SCHEMA,
                    "The value is of the schema " + decoded.writer() + " (" + decoded.schema() + "); its topic carries "
                            + expectedSchema + ".");
        }
        return EventCodec.read(decoded.value());
    }

    private Decoded decode(String topic, byte[] value, Headers headers) {
        try {
            return values.decode(topic, headers, value);
        } catch (UnreadableException unreadable) {
            throw new RefusedException(RefusalCode.UNREADABLE, unreadable.getMessage());
        } catch (WrongSchemaException wrong) {
            throw new RefusedException(RefusalCode.WRONG_SCHEMA, wrong.getMessage());
        }
    }
}
