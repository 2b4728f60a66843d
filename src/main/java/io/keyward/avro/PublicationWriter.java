package io.keyward.avro;

import io.keyward.domain.Publication;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.ValueWriter;
import org.apache.kafka.common.header.Headers;

/// Writes publications as the values of output records, in Confluent's wire format. For one thread.
public final class PublicationWriter {
    private final ValueWriter values;

    public PublicationWriter(ValueSerde serde) {
        values = serde.writer();
    }

    /// The value of the record in `topic`; null, a tombstone, for a retraction.
    ///
    /// @param headers that the record will have; a serde may add to them
    public byte[] bytes(String topic, Headers headers, Publication publication) {
        return OutputCodec.write(publication)
                .map(value -> values.serialize(topic, headers, value))
                .orElse(null);
    }
}
