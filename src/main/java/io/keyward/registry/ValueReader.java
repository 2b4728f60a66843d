package io.keyward.registry;

import org.apache.kafka.common.header.Headers;

/// Reads the values of records in Confluent's wire format. For one thread.
public interface ValueReader {
    /// Reads a value that is no tombstone.
    ///
    /// @throws PayloadException if it will never be readable
    /// @throws RegistryUnavailableException if the registry does not answer, which is no fault of the value
    Decoded decode(String topic, Headers headers, byte[] value);
}
