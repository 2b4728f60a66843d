package io.keyward.registry;

import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;

/// Writes the values of records in Confluent's wire format. For one thread.
public interface ValueWriter {
    /// The value's bytes; may change the headers that go with them.
    ///
    /// @throws RegistryUnavailableException if the registry does not answer
    /// @throws RegistryRefusalException if it will not have the schema
    byte[] serialize(String topic, Headers headers, IndexedRecord value);

    /// Asks the registry now for what values of this schema will need, instead of at the first one, if that is
    /// possible. Fails as [#serialize] does.
    void prepare(String topic, Schema schema);
}
