package io.keyward.app.run;

import io.keyward.cluster.ClusterException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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
///
/// @param ends where each partition of the inputs ends
/// @param positions the next undecided offset of each
/// @param goals of the partitions that are here
record CaughtUp(
        Supplier<Map<TopicPartition, Long>> ends,
        Supplier<Map<TopicPartition, Long>> positions,
        Map<Integer, Goal> goals) {
    private static final Logger LOG = LoggerFactory.getLogger(CaughtUp.class);

    private static final Duration LIMIT = Duration.ofMinutes(2);

    CaughtUp(Supplier<Map<TopicPartition, Long>> ends, Supplier<Map<TopicPartition, Long>> positions) {
        this(ends, positions, new HashMap<>());
    }

    /// What a partition has yet to reach; no ends if it has caught up.
    record Goal(Map<TopicPartition, Long> ends, Instant since) {
        boolean isReached() {
            return ends.isEmpty();
        }

        Goal without(Predicate<Map.Entry<TopicPartition, Long>> reached) {
            Map<TopicPartition, Long> left = new HashMap<>(ends);
            left.entrySet().removeIf(reached);
            return new Goal(left, since);
        }
    }

    /// Those of the partitions that have caught up.
    Set<Integer> among(Set<Integer> active, Instant now) {
        goals.keySet().retainAll(active);
        try {
            addGoals(active, now);
            if (!goals.values().stream().allMatch(Goal::isReached)) {
                Map<TopicPartition, Long> reached = positions.get();
                goals.replaceAll(
                        (_, goal) -> goal.without(end -> reached.getOrDefault(end.getKey(), 0L) >= end.getValue()));
            }
        } catch (ClusterException failure) {
            LOG.warn("Cannot find out how far the inputs are decided: {}", failure.getMessage());
        }
        goals.replaceAll((_, goal) -> goal.since().isBefore(now.minus(LIMIT)) ? goal.without(_ -> true) : goal);
        return goals.keySet().stream()
                .filter(partition -> goals.get(partition).isReached())
                .collect(Collectors.toSet());
    }

    private void addGoals(Set<Integer> active, Instant now) {
        if (!goals.keySet().containsAll(active)) {
            Goal all = new Goal(ends.get(), now);
            active.forEach(partition -> goals.computeIfAbsent(
                    partition, _ -> all.without(end -> end.getKey().partition() != partition)));
        }
    }
}
