package io.keyward.avro;

import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.Progress;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.ValueWriter;
import io.keyward.registry.wire.Datum;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/// Writes publications, and the processor's own events, as values of records, in Confluent's wire format. Not
/// thread-safe.
public final class PublicationWriter {
    private final ValueWriter values;

    public PublicationWriter(ValueSerde serde) {
        values = serde.writer();
    }

    /// The value of the record of an event of our own in `topic`.
    ///
    /// @param headers the headers of the record; a serde may add to them
    public byte[] bytes(String topic, Headers headers, Event.TimeReached event) {
        return values.serialize(topic, headers, EventWriter.write(event, "keyward"));
    }

    /// The value of the record of an erasure in `topic`.
    ///
    /// @param headers the headers of the record; a serde may add to them
    public byte[] bytes(String topic, Headers headers, Erasure erasure) {
        return values.serialize(topic, headers, ErasureCodec.write(erasure));
    }

    /// The value of the record of progress in `topic`.
    ///
    /// @param headers the headers of the record; a serde may add to them
    public byte[] bytes(String topic, Headers headers, Progress progress) {
        return values.serialize(topic, headers, ProgressCodec.write(progress));
    }

    /// The value of the record in `topic`. It is null (a tombstone) for a retraction.
    ///
    /// @param headers the headers of the record; a serde may add to them
    public byte[] bytes(String topic, Headers headers, Publication publication) {
        Optional<Datum> value = OutputCodec.datum(publication);
        return value.isEmpty() ? null : values.serialize(topic, headers, value.get());
    }
}
