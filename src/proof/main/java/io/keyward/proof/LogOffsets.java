package io.keyward.proof;

import io.keyward.cluster.CommandFailedException;
import io.keyward.kafka.KafkaAnswers;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Asks a cluster where logs begin and end.
public final class LogOffsets {
    private LogOffsets() {}

    /// The first or the end offsets of partitions.
    ///
    /// @throws CommandFailedException if a topic does not exist any more
    /// @throws KafkaException if the cluster refuses or does not answer
    public static Map<TopicPartition, Long> of(Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec) {
        return KafkaAnswers.getUnless(
                        UnknownTopicOrPartitionException.class,
                        KafkaAnswers.offsets(admin, partitions, spec, IsolationLevel.READ_UNCOMMITTED))
                .orElseThrow(() -> new CommandFailedException("A topic was deleted meanwhile."));
    }

    /// How many offsets the partitions hold now.
    public static long count(Admin admin, Collection<TopicPartition> partitions) {
        return sum(of(admin, partitions, OffsetSpec.latest())) - sum(of(admin, partitions, OffsetSpec.earliest()));
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
