package io.keyward.client;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/// The point up to which the notices of a topic have been handled.
///
/// @param topic Kafka's id of the topic: a topic recreated under the same name has another id
/// @param next the offset after the last handled record, by partition; nothing was handled on other partitions
record FeedPosition(Uuid topic, Map<Integer, Long> next) {
    private static final Pattern TEXT = Pattern.compile("[\\w-]{22}:(\\d{1,9}=\\d{1,18}(,\\d{1,9}=\\d{1,18})*)?");

    FeedPosition {
        next = Map.copyOf(next);
    }

    /// Parses the text of [#toString()].
    ///
    /// @throws IllegalArgumentException if it is not such a text
    static FeedPosition parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a position in the warnings; must be %s, %s, or a result of WarningFeed.position(), "
                                    .formatted(text, WarningFeed.FROM_NOW, WarningFeed.FROM_BEGINNING)
                            + "which is the topic's id, ':', and PARTITION=OFFSET of each partition, separated by commas.");
        }
        String offsets = text.substring(text.indexOf(':') + 1);
        return new FeedPosition(
                Uuid.fromString(text.substring(0, text.indexOf(':'))),
                Arrays.stream(offsets.split(",", -1))
                        .filter(offset -> !offset.isEmpty())
                        .map(offset -> offset.split("=", -1))
                        .collect(Collectors.toMap(
                                offset -> Integer.valueOf(offset[0]),
                                offset -> Long.valueOf(offset[1]),
                                (one, other) -> Math.min(one, other))));
    }

    @Override
    public String toString() {
        return new TreeMap<>(next)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(",", topic + ":", ""));
    }
}
