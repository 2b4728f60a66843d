package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Staleness;
import io.keyward.topology.read.OutputReader;
import io.keyward.topology.read.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What was published about an environment, newest first.
///
/// @param next the cursor for `before` of the next page; empty at the end of the list
public record TimelineAnswer(
        String tenantId, String environmentId, List<Entry> entries, Optional<String> next, Staleness staleness)
        implements Answer {
    /// A record of an output topic.
    ///
    /// @param topic its name in the contract, without the prefix
    /// @param partition with `offset`, the coordinates of this record itself
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
            Optional<NamedCause> cause) {
        /// Empty for a record of another writer.
        static Optional<Entry> of(ConsumerRecord<byte[], byte[]> received, OutputReader reader) {
            return reader.readable(received).map(output -> {
                Optional<ObjectNode> value = output instanceof OutputRecord.Published published
                        ? Optional.of(published.value())
                        : Optional.empty();
                return new Entry(
                        output.topic().baseName(),
                        new String(received.key(), StandardCharsets.UTF_8),
                        received.partition(),
                        received.offset(),
                        output.timestamp(),
                        value,
                        value.flatMap(NamedCause::ofOutput));
            });
        }
    }
}
