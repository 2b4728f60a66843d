package io.keyward.vault.watch;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/// The partitions of the hints that an instance reads: those whose keys it watches.
record HintPartitions(HintConsumer.Source source) {
    /// Assigns the partitions that are this instance's now. Reading begins in a new one with the hints that are young
    /// enough to count, and goes on in the others. After a failure, the assignment is as before.
    void follow(Instant now) {
        Consumer<byte[], byte[]> consumer = source.consumer();
        Set<TopicPartition> ours = source.partitions().get().stream()
                .map(number -> new TopicPartition(source.topic(), number))
                .collect(Collectors.toSet());
        if (ours.equals(consumer.assignment())) {
            return;
        }
        Set<TopicPartition> added = new HashSet<>(ours);
        added.removeAll(consumer.assignment());
        Map<TopicPartition, Long> starts = starts(added, now);
        consumer.assign(ours);
        starts.forEach(consumer::seek);
    }

    /// Asks for the ends first: a partition without young hints starts there, and none that arrives meanwhile is
    /// missed.
    private Map<TopicPartition, Long> starts(Set<TopicPartition> added, Instant now) {
        if (added.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, Long> starts = new HashMap<>(source.consumer().endOffsets(added));
        long young = now.minus(KeptHints.AGE).toEpochMilli();
        Map<TopicPartition, OffsetAndTimestamp> found = source.consumer()
                .offsetsForTimes(added.stream().collect(Collectors.toMap(partition -> partition, _ -> young)));
        found.forEach((partition, first) ->
                Optional.ofNullable(first).ifPresent(known -> starts.put(partition, known.offset())));
        return starts;
    }
}
