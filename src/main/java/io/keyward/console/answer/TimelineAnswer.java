package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was published about an environment, newest first.
///
/// @param next the cursor for `before` of the next page; empty at the end of the list
public record TimelineAnswer(
        String tenantId, String environmentId, List<Entry> entries, Optional<String> next, Extent extent)
        implements Answer {
    /// A record of an output topic.
    ///
    /// @param topic its name in the contract, without the prefix
    /// @param partition where the record itself is, like `offset`
    /// @param timestamp when the broker received the record that caused it
    /// @param value the record as published, with the field names of its schema; empty for a tombstone
    /// @param cause the event that caused it; empty for a tombstone
    public record Entry(
            String topic,
            String key,
            int partition,
            long offset,
            Instant timestamp,
            Optional<ObjectNode> value,
            Optional<NamedCause> cause) {}
}
