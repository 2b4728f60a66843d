package io.keyward.app;

import io.keyward.app.ClusterAnswers.Question;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/// What lies in the inputs and has not been decided yet: the processor commits an input together with all its outputs.
final class Backlog implements AutoCloseable {
    private final Admin admin;
    private final ClusterAnswers answers;
    private final String group;
    private final List<String> topics;

    private Backlog(Admin admin, ClusterAnswers answers, String group, List<String> topics) {
        this.admin = admin;
        this.answers = answers;
        this.group = group;
        this.topics = topics;
    }

    /// The backlog of the processor that the configuration describes.
    static Backlog of(KeywardConfig config) {
        AdminSettings connection = AdminSettings.of(config.kafka());
        return new Backlog(
                ClusterAnswers.connected(connection),
                new ClusterAnswers(connection),
                config.applicationId(),
                Stream.concat(
                                config.topics().names().inputs().stream(),
                                Stream.of(config.topics().names().rerouted()))
                        .toList());
    }

    /// The partitions that hold undecided records, and how many offsets are between the commit and the end.
    ///
    /// @throws TopicAdminException if the cluster does not answer
    Map<String, Long> open() {
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
    /// @throws TopicAdminException if the cluster does not answer
    Map<TopicPartition, Long> ends() {
        return offsets(partitions(), OffsetSpec.latest());
    }

    /// Up to where each partition of the inputs is decided: the next offset.
    ///
    /// @throws TopicAdminException if the cluster does not answer
    Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>(offsets(partitions(), OffsetSpec.earliest()));
        answers.of(
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                        new Question("The offsets of the group " + group + " cannot be read", AclOperation.DESCRIBE))
                .forEach((partition, commit) -> {
                    if (commit != null) {
                        positions.put(partition, commit.offset());
                    }
                });
        return positions;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private List<TopicPartition> partitions() {
        return answers
                .of(
                        admin.describeTopics(topics).allTopicNames(),
                        new Question("The inputs cannot be described", AclOperation.DESCRIBE))
                .values()
                .stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions().size())
                        .mapToObj(number -> new TopicPartition(topic.name(), number)))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec spec) {
        return answers
                .of(
                        admin.listOffsets(
                                        partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec)),
                                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .all(),
                        new Question("The offsets of the inputs cannot be read", AclOperation.DESCRIBE))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}
