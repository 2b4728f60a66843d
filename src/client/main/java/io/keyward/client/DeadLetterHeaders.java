package io.keyward.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// The headers of a dead-letter record, which state what was refused and why.
public final class DeadLetterHeaders {
    /// The refusal code.
    public static final String REASON = "keyward.reason";

    /// One sentence for people.
    public static final String DETAIL = "keyward.detail";

    /// Kafka Streams' header with the topic that the record was read from.
    public static final String TOPIC = "__streams.errors.topic";

    /// Kafka Streams' header with the partition that the record was read from, in digits. Absent if the source
    /// has no partitions.
    public static final String PARTITION = "__streams.errors.partition";

    /// Kafka Streams' header with the offset that the record was read from, in digits. Absent if the source has
    /// no offsets.
    public static final String OFFSET = "__streams.errors.offset";

    private DeadLetterHeaders() {}

    /// The coordinates of the refused record; empty if the headers do not contain them.
    public static Optional<Coordinates> coordinates(Headers headers) {
        Optional<String> partition = text(headers, PARTITION);
        Optional<String> offset = text(headers, OFFSET);
        if (partition.isEmpty() || offset.isEmpty()) {
            return Optional.empty();
        }
        try {
            int number = Integer.parseInt(partition.get());
            long at = Long.parseLong(offset.get());
            return text(headers, TOPIC).map(topic -> new Coordinates(topic, number, at));
        } catch (IllegalArgumentException withoutCoordinates) {
            return Optional.empty();
        }
    }

    /// Why the record was refused; empty if the headers contain no code.
    public static Optional<Outcome.Refused> refusal(Headers headers) {
        return text(headers, REASON)
                .map(code -> new Outcome.Refused(code, text(headers, DETAIL).orElse("")));
    }

    /// The text of a header; empty if there is no such header.
    public static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
