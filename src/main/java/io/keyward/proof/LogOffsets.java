package io.keyward.proof;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Asks a cluster where logs begin and end.
public final class LogOffsets {
    private LogOffsets() {}

    /// The first or the end offsets of partitions.
    ///
    /// @throws ProofException if a topic does not exist any more
    /// @throws KafkaException if the cluster refuses or does not answer
    public static Map<TopicPartition, Long> of(Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer(admin.listOffsets(asked).all(), "A topic was deleted meanwhile.")
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    /// How many offsets the partitions hold now.
    public static long count(Admin admin, Collection<TopicPartition> partitions) {
        return sum(of(admin, partitions, OffsetSpec.latest())) - sum(of(admin, partitions, OffsetSpec.earliest()));
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Waits for an answer.
    ///
    /// @param missing what to say if there is no such topic
    /// @throws ProofException if there is no such topic
    /// @throws KafkaException if the cluster refuses or does not answer
    public static <T> T answer(KafkaFuture<T> answer, String missing) {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new ProofException(missing, failure.getCause());
            }
            throw failure.getCause() instanceof KafkaException refused
                    ? refused
                    : new KafkaException(failure.getCause());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
