package io.keyward.topology;

import io.keyward.client.Topic;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The end offsets of the inputs of an instance's tasks, and the times at which they were queried
/// (R33). Thread-safe.
public final class InputEnds {
    /// How many answers of a partition are kept for a task that lags. When there are more, every second
    /// one is dropped.
    private static final int CAPACITY = 120;

    private static final List<Topic> TOPICS = Topic.readByTheProcessor();

    private final Map<Integer, Deque<Ends>> answers = new ConcurrentHashMap<>();

    /// @param queriedAt the [BrokerTime] of the partition before the query
    /// @param next the offset after the last record of each topic, in the order of [Topic#readByTheProcessor]
    record Ends(Instant queriedAt, List<Long> next) {}

    /// From now on the ends of the inputs of that partition are queried.
    void assigned(int partition) {
        answers.put(partition, new ArrayDeque<>());
    }

    void revoked(int partition) {
        answers.remove(partition);
    }

    /// The partitions whose ends are queried.
    public Set<Integer> partitions() {
        return Set.copyOf(answers.keySet());
    }

    /// Adds an answer.
    ///
    /// @param queriedAt the [BrokerTime] of the partition before the query
    /// @param ends the end offset of each topic that the topology reads, open transactions included; 0 if
    ///     it is empty
    public void add(int partition, Instant queriedAt, Map<Topic, Long> ends) {
        Ends answer = new Ends(queriedAt, TOPICS.stream().map(ends::get).toList());
        answers.computeIfPresent(partition, (_, known) -> {
            synchronized (known) {
                known.addLast(answer);
                if (known.size() > CAPACITY) {
                    thin(known);
                }
            }
            return known;
        });
    }

    private static void thin(Deque<Ends> known) {
        boolean drop = false;
        for (Iterator<Ends> all = known.iterator(); all.hasNext(); drop = !drop) {
            all.next();
            if (drop) {
                all.remove();
            }
        }
    }

    /// The query time of the latest ends that match. Removes them and earlier ones.
    Optional<Instant> latest(int partition, Predicate<Ends> reached) {
        Deque<Ends> known = answers.getOrDefault(partition, new ArrayDeque<>());
        synchronized (known) {
            Optional<Ends> latest = known.reversed().stream().filter(reached).findFirst();
            latest.ifPresent(
                    found -> known.removeIf(earlier -> !earlier.queriedAt().isAfter(found.queriedAt())));
            return latest.map(Ends::queriedAt);
        }
    }
}
