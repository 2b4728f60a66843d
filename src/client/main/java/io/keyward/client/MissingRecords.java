package io.keyward.client;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which of the records that callers ask about do not exist, from the end offsets of their topics. Times are
/// milliseconds of a monotonic clock. For one thread.
///
/// A record counts as missing only by an answer of Kafka to a request sent 10 seconds after the record was first
/// asked about. By then it was stored, and a broker that needs seconds to learn of a new topic, partition or
/// leader knows it.
final class MissingRecords {
    private static final long SETTLES = 10_000;
    private static final long ASKS_AGAIN = 1_000;
    private static final int MOST = 100_000;

    /// When each record was first asked about. The oldest entries are evicted, and start over.
    private final Map<Coordinates, Long> since = new LinkedHashMap<>();

    private final Map<String, Ends> ends = new HashMap<>();

    /// When the end offsets of each topic were last requested.
    private final Map<String, Long> sent = new HashMap<>();

    private final Set<String> due = new TreeSet<>();

    private record Ends(long sent, Map<Integer, Long> byPartition) {}

    /// Why there is no record with these coordinates. Empty if there is one, or if it is not known yet.
    Optional<String> why(Coordinates coordinates, long now) {
        long first = since.computeIfAbsent(coordinates, asked -> now);
        if (since.size() > MOST) {
            since.remove(since.keySet().iterator().next());
        }
        if (now - first >= SETTLES && now - sent.getOrDefault(coordinates.topic(), now - ASKS_AGAIN) >= ASKS_AGAIN) {
            due.add(coordinates.topic());
        }
        Ends known = ends.get(coordinates.topic());
        if (known == null || known.sent() - first < SETTLES) {
            return Optional.empty();
        }
        if (coordinates.offset() < known.byPartition().getOrDefault(coordinates.partition(), 0L)) {
            since.put(coordinates, now); // The topic may be recreated later.
            return Optional.empty();
        }
        return Optional.of(reason(coordinates, known.byPartition()));
    }

    private static String reason(Coordinates coordinates, Map<Integer, Long> ends) {
        if (ends.isEmpty()) {
            return "The topic %s does not exist. It was deleted, or this is another cluster."
                    .formatted(coordinates.topic());
        }
        Long end = ends.get(coordinates.partition());
        return end == null
                ? "The topic %s has %d partitions and no partition %d. This is another cluster or topic."
                        .formatted(coordinates.topic(), ends.size(), coordinates.partition())
                : ("Partition %d of %s ends at offset %d and has no record at %d. "
                                + "The topic was recreated, or this is another cluster.")
                        .formatted(coordinates.partition(), coordinates.topic(), end, coordinates.offset());
    }

    void forget(Coordinates coordinates) {
        since.remove(coordinates);
    }

    /// The topics whose end offsets have to be requested now.
    List<String> due(long now) {
        List<String> topics = List.copyOf(due);
        topics.forEach(topic -> sent.put(topic, now));
        due.clear();
        return topics;
    }

    /// Takes the end offsets of a topic, open transactions included; empty if there is no such topic.
    ///
    /// @param asked when the request was sent
    void answered(String topic, Map<Integer, Long> byPartition, long asked) {
        ends.merge(
                topic,
                new Ends(asked, Map.copyOf(byPartition)),
                (one, other) -> other.sent() < one.sent() ? one : other);
    }
}
