package io.keyward.app.run;

import io.keyward.client.Topic;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.ClusterException;
import io.keyward.config.KeywardConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// The input records that are not decided yet: the processor commits an input together with all its outputs.
public record Backlog(ClusterAnswers cluster, String group, List<String> topics) implements AutoCloseable {

    public static Backlog connect(KeywardConfig config) {
        return new Backlog(
                ClusterAnswers.silently(config.kafka()),
                config.applicationId(),
                config.topics().names().names(Topic.readByTheProcessor()));
    }

    /// Whether the coordinator of the processor's group answers a new client.
    static boolean coordinatorAnswers(KeywardConfig config) {
        try (Backlog backlog = connect(config)) {
            backlog.cluster.committed(backlog.group);
            return true;
        } catch (ClusterException noAnswer) {
            return false;
        }
    }

    /// The partitions that hold undecided records, and how many offsets are between the commit and the end.
    ///
    /// @throws ClusterException if the cluster does not answer
    public Map<String, Long> undecided() {
        return undecided(_ -> true);
    }

    /// The same of some partitions of each topic.
    Map<String, Long> undecided(IntPredicate partitions) {
        Map<TopicPartition, Long> positions = positions();
        Map<String, Long> open = new TreeMap<>();
        ends().forEach((partition, end) -> {
            long next = positions.getOrDefault(partition, end);
            if (next < end && partitions.test(partition.partition())) {
                open.put(partition.topic() + " partition " + partition.partition(), end - next);
            }
        });
        return open;
    }

    /// Where each partition of the inputs ends.
    ///
    /// @throws ClusterException if the cluster does not answer
    Map<TopicPartition, Long> ends() {
        return cluster.offsets(partitions(), OffsetSpec.latest());
    }

    /// The next undecided offset of each partition of the inputs.
    ///
    /// @throws ClusterException if the cluster does not answer
    Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>(cluster.offsets(partitions(), OffsetSpec.earliest()));
        positions.putAll(cluster.committed(group));
        return positions;
    }

    @Override
    public void close() {
        cluster.close();
    }

    private List<TopicPartition> partitions() {
        return cluster.partitions(topics);
    }
}
