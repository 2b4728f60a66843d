package io.keyward.registry;

import io.keyward.registry.wire.Datum;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;

/// Writes the values of records in Confluent's wire format. Not thread-safe.
public interface ValueWriter {
    /// Serializes the value. May change the record's headers.
    ///
    /// @throws io.keyward.registry.client.RegistryUnavailableException if the registry does not answer
    /// @throws io.keyward.registry.client.RegistryRefusalException if the registry refuses the schema
    byte[] serialize(String topic, Headers headers, IndexedRecord value);

    /// Serializes the record in the same way, and to the same bytes, as an object of its class.
    byte[] serialize(String topic, Headers headers, Datum value);

    /// Asks the registry now, not at the first value, for the information that values of this schema need, if
    /// this is possible. Fails as [#serialize] does.
    void prepare(String topic, Schema schema);
}
