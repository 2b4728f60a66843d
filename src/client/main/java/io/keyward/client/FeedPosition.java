package io.keyward.client;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/// Up to where the notices of a topic have been handled.
///
/// @param topic Kafka's id of it: a topic that is made anew under the same name has another one
/// @param next the offset behind the last one that was handled, by partition; of others nothing was handled
record FeedPosition(Uuid topic, Map<Integer, Long> next) {
    private static final Pattern TEXT = Pattern.compile("[\\w-]{22}:(\\d{1,9}=\\d{1,18}(,\\d{1,9}=\\d{1,18})*)?");

    FeedPosition {
        next = Map.copyOf(next);
    }

    /// Reads what [#toString()] wrote.
    ///
    /// @throws IllegalArgumentException if it did not
    static FeedPosition parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no position in the warnings: accepted are %s, %s, and what WarningFeed.position() has returned, "
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
