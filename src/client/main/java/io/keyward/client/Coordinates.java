package io.keyward.client;

import java.util.Objects;

/// Where Kafka put a record.
///
/// @param topic the full name, with the prefix
public record Coordinates(String topic, int partition, long offset) {
    /// @throws IllegalArgumentException if a number is negative
    public Coordinates {
        Objects.requireNonNull(topic, "topic");
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "No record is at partition %d, offset %d of the topic %s: accepted are numbers from 0."
                            .formatted(partition, offset, topic));
        }
    }
}
