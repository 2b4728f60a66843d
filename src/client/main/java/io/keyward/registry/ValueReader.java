package io.keyward.registry;

import io.keyward.registry.client.SchemaId;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;

/// Reads the values of records in Confluent's wire format. Not thread-safe.
public interface ValueReader {
    /// Reads a value that is not a tombstone.
    ///
    /// @throws io.keyward.registry.wire.PayloadException if the value can never be read
    /// @throws io.keyward.registry.client.RegistryUnavailableException if the registry does not answer;
    ///     this says nothing about the value
    Decoded decode(String topic, Headers headers, byte[] value);

    /// A decoded record, with the full name and the id of the writer's schema.
    record Decoded(String writer, SchemaId schema, IndexedRecord value) {}
}
