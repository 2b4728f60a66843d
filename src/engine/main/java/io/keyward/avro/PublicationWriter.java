package io.keyward.avro;

import io.keyward.domain.decision.Publication;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.ValueWriter;
import io.keyward.registry.wire.Datum;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;

/// Writes publications, and the processor's own events, as values of records, in Confluent's wire format. Not
/// thread-safe.
public final class PublicationWriter {
    private final ValueWriter values;

    public PublicationWriter(ValueSerde serde) {
        values = serde.writer();
    }

    /// The value of a record in `topic`.
    ///
    /// @param headers the headers of the record; a serde may add to them
    public byte[] bytes(String topic, Headers headers, SpecificRecord value) {
        return values.serialize(topic, headers, value);
    }

    /// The value of a publication's record in `topic`; null (a tombstone) for a retraction.
    ///
    /// @param headers the headers of the record; a serde may add to them
    public byte[] bytes(String topic, Headers headers, Publication publication) {
        Optional<Datum> value = OutputCodec.datum(publication);
        return value.isEmpty() ? null : values.serialize(topic, headers, value.get());
    }
}
