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

/// Where the inputs of the tasks of an instance ended, and when that was asked (R33). Safe for many threads.
public final class InputEnds {
    /// How many answers of a partition are kept for a task that is behind. Beyond, every second one is dropped.
    private static final int MOST = 120;

    private static final List<Topic> TOPICS = Topic.readByTheProcessor();

    private final Map<Integer, Deque<Ends>> answers = new ConcurrentHashMap<>();

    /// An answer.
    ///
    /// @param asked by the [BrokerTime] of the partition, before the question
    /// @param next the offset behind the last record of each topic, in the order of [Topic#readByTheProcessor]
    record Ends(Instant asked, List<Long> next) {}

    /// From now on the ends of the inputs of that partition are asked.
    void assigned(int partition) {
        answers.put(partition, new ArrayDeque<>());
    }

    void left(int partition) {
        answers.remove(partition);
    }

    /// The partitions of which the ends are asked.
    public Set<Integer> partitions() {
        return Set.copyOf(answers.keySet());
    }

    /// Takes an answer.
    ///
    /// @param asked by the [BrokerTime] of the partition, before the question
    /// @param ends of each topic that the topology reads, open transactions included; 0 if it holds nothing
    public void add(int partition, Instant asked, Map<Topic, Long> ends) {
        Ends answer = new Ends(asked, TOPICS.stream().map(ends::get).toList());
        answers.computeIfPresent(partition, (_, known) -> {
            synchronized (known) {
                known.addLast(answer);
                if (known.size() > MOST) {
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

    /// When the latest ends were asked to which that applies. They and earlier ones are forgotten.
    Optional<Instant> latest(int partition, Predicate<Ends> reached) {
        Deque<Ends> known = answers.getOrDefault(partition, new ArrayDeque<>());
        synchronized (known) {
            Optional<Ends> latest = known.reversed().stream().filter(reached).findFirst();
            latest.ifPresent(found -> known.removeIf(earlier -> !earlier.asked().isAfter(found.asked())));
            return latest.map(Ends::asked);
        }
    }
}
