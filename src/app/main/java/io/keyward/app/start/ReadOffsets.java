package io.keyward.app.start;

import io.keyward.client.Topic;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.config.KeywardConfig;
import io.keyward.kafka.KafkaAnswers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// Where an application resumes reading, and where its inputs begin now. The topic of time events is left out: a time
/// event that is deleted unread is written again (R25).
///
/// @param committed the next offset of each of these partitions for which the group has committed one
/// @param beginnings of every partition that is read
record ReadOffsets(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> beginnings) {
    /// @param partitions the count that all inputs share
    static ReadOffsets fetch(ClusterAnswers answers, KeywardConfig config, int partitions) {
        List<TopicPartition> read = Topic.readByTheProcessor().stream()
                .filter(topic -> topic != Topic.TIME_REACHED)
                .map(config.topics().names()::name)
                .flatMap(name -> KafkaAnswers.partitions(name, partitions))
                .toList();
        Map<TopicPartition, Long> committed = answers.committed(config.applicationId());
        committed.keySet().retainAll(read);
        return new ReadOffsets(committed, answers.offsets(read, OffsetSpec.earliest()));
    }

    /// Whether anything has been read that would not be read again.
    boolean hasRead() {
        return beginnings.entrySet().stream()
                .anyMatch(beginning -> committed.getOrDefault(beginning.getKey(), 0L) > beginning.getValue());
    }

    /// How many records of each partition were deleted before they were read. A partition without an offset was
    /// empty when the group last committed, unless the group has none at all.
    Map<TopicPartition, Long> unread() {
        return committed.isEmpty()
                ? Map.of()
                : beginnings.keySet().stream()
                        .filter(partition -> missed(partition) > 0)
                        .collect(Collectors.toMap(Function.identity(), this::missed));
    }

    /// The offset at which each topic begins that does not begin at 0 any more: the greatest of its partitions.
    Map<String, Long> trimmed() {
        Map<String, Long> trimmed = new TreeMap<>();
        beginnings.forEach((partition, beginning) -> {
            if (beginning > 0) {
                trimmed.merge(partition.topic(), beginning, Math::max);
            }
        });
        return trimmed;
    }

    private long missed(TopicPartition partition) {
        return beginnings.get(partition) - committed.getOrDefault(partition, 0L);
    }
}
