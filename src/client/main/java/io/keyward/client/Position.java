package io.keyward.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// The progress on the inputs of one partition. Every event below the position is among the facts, and no event
/// at or past it is. Refused and rerouted records state no fact, so they may be on either side.
///
/// In the header of an output it identifies the inputs that the output rests on. Its text is the partition and
/// the next offset of each topic of [Topic#readByTheProcessor], in that order: `3:1042,17,0,…`.
///
/// @param partition of all these topics
/// @param next the next offset of each topic, in the order of [Topic#readByTheProcessor]
public record Position(int partition, List<Long> next) {
    /// The header of outputs that holds the position.
    public static final String HEADER = "keyward.position";

    private static final List<Topic> TOPICS = Topic.readByTheProcessor();

    /// @throws IllegalArgumentException if a number is negative, or if there are too few or too many offsets
    public Position {
        next = List.copyOf(next);
        if (partition < 0 || next.size() != TOPICS.size() || next.stream().anyMatch(offset -> offset < 0)) {
            throw new IllegalArgumentException(
                    "Not a partition with %d offsets: %d, %s".formatted(TOPICS.size(), partition, next));
        }
    }

    /// The position before the first record.
    public static Position start(int partition) {
        return of(partition, Map.of());
    }

    /// The position with these next offsets.
    ///
    /// @param next 0 for topics that are missing
    public static Position of(int partition, Map<Topic, Long> next) {
        return new Position(
                partition,
                TOPICS.stream().map(topic -> next.getOrDefault(topic, 0L)).toList());
    }

    /// The position of an output; empty if it has none, or one that this release does not understand.
    public static Optional<Position> of(Headers output) {
        return Optional.ofNullable(output.lastHeader(HEADER))
                .map(Header::value)
                .flatMap(value -> parse(new String(value, StandardCharsets.US_ASCII)));
    }

    /// Parses the text of [#toString]; empty if it is not such a text.
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

    /// The next offset of the topic.
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
