package io.keyward.chaos.cluster;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.registry.client.SchemaRegistry;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/// The topics of one experiment, which the load writes to and the checks read, and its schemas.
///
/// @param addresses of the brokers
/// @param partitions how many each topic has
public record ExperimentTopics(String addresses, TopicNames names, int partitions, SchemaRegistry registry) {
    /// The partitions that the processor reads.
    public List<TopicPartition> inputs() {
        return partitionsOf(Topic.readByTheProcessor().stream().map(names::name).toList());
    }

    /// The partitions of all topics.
    public List<TopicPartition> all() {
        return partitionsOf(Stream.of(Topic.values()).map(names::name).toList());
    }

    /// The partitions of the decisions.
    public List<TopicPartition> decisions() {
        return partitionsOf(List.of(names.decisions()));
    }

    /// The partitions to which every task writes every few seconds.
    public List<TopicPartition> progress() {
        return partitionsOf(List.of(names.name(Topic.PROGRESS)));
    }

    List<TopicPartition> partitionsOf(Collection<String> topics) {
        return topics.stream()
                .flatMap(topic -> IntStream.range(0, partitions).mapToObj(number -> new TopicPartition(topic, number)))
                .toList();
    }
}
