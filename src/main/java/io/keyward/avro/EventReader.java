package io.keyward.avro;

import io.keyward.domain.Event;
import io.keyward.domain.RefusalCode;
import io.keyward.domain.RefusedException;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.Decoded;
import io.keyward.registry.ReaderSchemas;
import io.keyward.registry.SchemaRegistry;
import io.keyward.registry.UnreadableException;
import io.keyward.registry.WrongSchemaException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Headers;

/// Reads events from the bytes of records, in Confluent's wire format. For one thread.
public final class EventReader {
    private final AvroDeserializer deserializer;

    public EventReader(SchemaRegistry registry) {
        List<Schema> schemas = TopicRecords.ofInputs().values().stream()
                .map(type -> GeneratedClasses.data().getSchema(type))
                .toList();
        deserializer =
                AvroDeserializer.specific(registry, ReaderSchemas.of(schemas), EventReader.class.getClassLoader());
    }

    /// The event that a record's value states.
    ///
    /// @param expectedSchema full name of the schema that the record's topic carries
    /// @throws RefusedException if it states none, with the code that says why; a
    ///     [io.keyward.registry.RegistryUnavailableException] passes through, for it says nothing about the record
    public Event read(byte[] value, Headers headers, String expectedSchema) {
        Decoded decoded = decode(value, headers);
        if (!decoded.writer().equals(expectedSchema)) {
            throw new RefusedException(
                    RefusalCode.WRONG_SCHEMA,
                    "The value is of the schema " + decoded.writer() + " (" + decoded.schema() + "); its topic carries "
                            + expectedSchema + ".");
        }
        return EventCodec.read(decoded.value());
    }

    private Decoded decode(byte[] value, Headers headers) {
        try {
            return deserializer.decode(value, headers);
        } catch (UnreadableException unreadable) {
            throw new RefusedException(RefusalCode.UNREADABLE, unreadable.getMessage());
        } catch (WrongSchemaException wrong) {
            throw new RefusedException(RefusalCode.WRONG_SCHEMA, wrong.getMessage());
        }
    }
}
