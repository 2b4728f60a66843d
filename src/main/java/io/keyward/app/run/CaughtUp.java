package io.keyward.app.run;

import io.keyward.app.cluster.ClusterException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells which partitions have caught up: every record that was in the inputs when they were assigned to this
/// instance is decided.
///
/// Until then, facts that an earlier instance published may be missing, and would be published again. That is
/// harmless, so the waiting has a limit: unwatched keys are worse. For one thread at a time.
final class CaughtUp {
    private static final Logger LOG = LoggerFactory.getLogger(CaughtUp.class);

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Supplier<Map<TopicPartition, Long>> ends;
    private final Supplier<Map<TopicPartition, Long>> positions;
    private final Map<Integer, Goal> waiting = new HashMap<>();
    private final Set<Integer> ready = new HashSet<>();

    private record Goal(Map<TopicPartition, Long> ends, Instant since) {
        boolean isReached(Map<TopicPartition, Long> positions) {
            return ends.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
        }
    }

    /// @param ends where each partition of the inputs ends
    /// @param positions the next undecided offset of each
    CaughtUp(Supplier<Map<TopicPartition, Long>> ends, Supplier<Map<TopicPartition, Long>> positions) {
        this.ends = ends;
        this.positions = positions;
    }

    /// Those of the partitions that have caught up.
    Set<Integer> among(Set<Integer> active, Instant now) {
        ready.retainAll(active);
        waiting.keySet().retainAll(active);
        Set<Integer> arrived = new HashSet<>(active);
        arrived.removeAll(ready);
        arrived.removeAll(waiting.keySet());
        try {
            addGoals(arrived, now);
            checkGoals();
        } catch (ClusterException failure) {
            LOG.warn("Cannot find out how far the inputs are decided: {}", failure.getMessage());
        }
        giveUpAfter(LIMIT, now);
        return Set.copyOf(ready);
    }

    private void addGoals(Set<Integer> arrived, Instant now) {
        if (!arrived.isEmpty()) {
            Map<TopicPartition, Long> all = ends.get();
            arrived.forEach(partition -> waiting.put(partition, new Goal(endsOf(partition, all), now)));
        }
    }

    private static Map<TopicPartition, Long> endsOf(int partition, Map<TopicPartition, Long> all) {
        return all.entrySet().stream()
                .filter(end -> end.getKey().partition() == partition)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void checkGoals() {
        if (!waiting.isEmpty()) {
            Map<TopicPartition, Long> reached = positions.get();
            ready.addAll(waiting.entrySet().stream()
                    .filter(goal -> goal.getValue().isReached(reached))
                    .map(Map.Entry::getKey)
                    .toList());
            waiting.keySet().removeAll(ready);
        }
    }

    private void giveUpAfter(Duration limit, Instant now) {
        waiting.entrySet().stream()
                .filter(goal -> goal.getValue().since().isBefore(now.minus(limit)))
                .map(Map.Entry::getKey)
                .forEach(ready::add);
        waiting.keySet().removeAll(ready);
    }
}
