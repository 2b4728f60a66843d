package io.keyward.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// How far the inputs of one partition are decided. Every event below the position is among the facts, and none
/// at or behind it. Refused and rerouted records state no fact, so it can lie on either side of them.
///
/// In the header of an output it says which inputs the output rests on. Its text is the partition and the next
/// offset of each topic of [Topic#readByTheProcessor], in that order: `3:1042,17,0,…`.
///
/// @param partition of all these topics
/// @param next the next offset of each topic, in the order of [Topic#readByTheProcessor]
public record Position(int partition, List<Long> next) {
    /// The header of outputs that holds the position.
    public static final String HEADER = "keyward.position";

    private static final List<Topic> TOPICS = Topic.readByTheProcessor();

    /// Copies the offsets.
    ///
    /// @throws IllegalArgumentException if a number is negative, or if there are too few or too many offsets
    public Position {
        next = List.copyOf(next);
        if (partition < 0 || next.size() != TOPICS.size() || next.stream().anyMatch(offset -> offset < 0)) {
            throw new IllegalArgumentException(
                    "Not a partition with %d offsets: %d, %s".formatted(TOPICS.size(), partition, next));
        }
    }

    /// Nothing is decided yet.
    public static Position start(int partition) {
        return of(partition, Map.of());
    }

    /// The position with these next offsets.
    ///
    /// @param next 0 of topics that are left out
    public static Position of(int partition, Map<Topic, Long> next) {
        return new Position(
                partition,
                TOPICS.stream().map(topic -> next.getOrDefault(topic, 0L)).toList());
    }

    /// The position of an output; empty if it has none, or none that this release understands.
    public static Optional<Position> of(Headers output) {
        return Optional.ofNullable(output.lastHeader(HEADER))
                .map(Header::value)
                .flatMap(value -> parse(new String(value, StandardCharsets.US_ASCII)));
    }

    /// Reads the text that [#toString] gives; empty if it is none.
    public static Optional<Position> parse(String text) {
        int colon = text.indexOf(':');
        try {
            return Optional.of(new Position(
                    Integer.parseInt(text.substring(0, Math.max(0, colon))),
                    Arrays.stream(text.substring(colon + 1).split(",", -1))
                            .map(Long::valueOf)
                            .toList()));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /// The next offset of that topic.
    ///
    /// @throws IllegalArgumentException if the processor does not read the topic
    public long next(Topic topic) {
        int index = TOPICS.indexOf(topic);
        if (index < 0) {
            throw new IllegalArgumentException("The processor does not read " + topic);
        }
        return next.get(index);
    }

    @Override
    public String toString() {
        return next.stream().map(String::valueOf).collect(Collectors.joining(",", partition + ":", ""));
    }
}
