package io.keyward.app.run;

import io.keyward.app.cluster.ClusterAnswers;
import io.keyward.app.cluster.ClusterAnswers.Question;
import io.keyward.app.cluster.ClusterException;
import io.keyward.app.config.KeywardConfig;
import io.keyward.topology.contract.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/// The input records that are not decided yet: the processor commits an input together with all its outputs.
public final class Backlog implements AutoCloseable {
    private final ClusterAnswers cluster;
    private final String group;
    private final List<String> topics;

    private Backlog(ClusterAnswers cluster, String group, List<String> topics) {
        this.cluster = cluster;
        this.group = group;
        this.topics = topics;
    }

    public static Backlog connect(KeywardConfig config) {
        return new Backlog(
                ClusterAnswers.silently(config),
                config.applicationId(),
                Topic.readByTheTopology().stream()
                        .map(config.topics().names()::name)
                        .toList());
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
        Map<TopicPartition, Long> positions = positions();
        Map<String, Long> open = new TreeMap<>();
        ends().forEach((partition, end) -> {
            long next = positions.getOrDefault(partition, end);
            if (next < end) {
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
        return cluster
                .get(
                        cluster.admin().describeTopics(topics).allTopicNames(),
                        new Question("The inputs cannot be described", AclOperation.DESCRIBE))
                .values()
                .stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions().size())
                        .mapToObj(number -> new TopicPartition(topic.name(), number)))
                .toList();
    }
}
