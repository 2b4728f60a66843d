package io.keyward.client;

import java.util.Objects;

/// The coordinates of a record: its topic, partition and offset.
///
/// @param topic the full name, with the prefix
public record Coordinates(String topic, int partition, long offset) {
    /// @throws IllegalArgumentException if a number is negative
    public Coordinates {
        Objects.requireNonNull(topic, "topic");
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "No record is at partition %d, offset %d of the topic %s: both numbers must be 0 or more."
                            .formatted(partition, offset, topic));
        }
    }
}
