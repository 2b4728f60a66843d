package io.keyward.avro;

import io.keyward.domain.Publication;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.SchemaRegistry;
import io.keyward.registry.SerializerSettings;

/// Writes publications as the values of output records, in Confluent's wire format. For one thread.
public final class PublicationWriter {
    private final AvroSerializer serializer;

    public PublicationWriter(SchemaRegistry registry, SerializerSettings settings) {
        serializer = new AvroSerializer(registry, settings);
    }

    /// The value of the record in `topic`; null, a tombstone, for a retraction.
    public byte[] bytes(String topic, Publication publication) {
        return OutputCodec.write(publication)
                .map(value -> serializer.serialize(topic, value))
                .orElse(null);
    }
}
