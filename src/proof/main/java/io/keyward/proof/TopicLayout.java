package io.keyward.proof;

import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.topology.KeywardTopology;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// How many partitions the changelogs and the outputs have, and which of them belong together.
///
/// @param changelogs how many partitions each changelog has: as many as the inputs
/// @param outputs how many partitions each output has
public record TopicLayout(int changelogs, Map<Topic, Integer> outputs) {
    /// The outputs that follow from the state.
    public static final List<Topic> OUTPUTS =
            List.of(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS);

    /// Asks the cluster.
    ///
    /// @throws CommandFailedException if a topic is missing, or the changelogs do not fit each other
    /// @throws KafkaException if the cluster refuses or does not answer
    static TopicLayout ask(Admin admin, Subject subject) {
        List<String> changelogs =
                KeywardTopology.stores().stream().map(subject::changelog).toList();
        Map<String, Integer> counts = subject.partitionCounts(
                admin,
                Stream.concat(changelogs.stream(), OUTPUTS.stream().map(subject.names()::name))
                        .toList());
        if (changelogs.stream().map(counts::get).distinct().count() > 1) {
            throw new CommandFailedException(
                    "The changelogs of the application %s have different numbers of partitions: %s. Nothing can be verified until they have as many as the inputs."
                            .formatted(subject.applicationId(), counts));
        }
        Map<Topic, Integer> outputs = new HashMap<>();
        OUTPUTS.forEach(topic -> outputs.put(topic, counts.get(subject.names().name(topic))));
        return new TopicLayout(counts.get(changelogs.getFirst()), outputs);
    }

    /// How many groups there are: a tenant's partitions are all in one of them. Its hash gives its partition of each
    /// topic, and this number divides the number of partitions of each, so that the remainder is the same.
    int groups() {
        return outputs.values().stream()
                .map(BigInteger::valueOf)
                .reduce(BigInteger.valueOf(changelogs), BigInteger::gcd)
                .intValueExact();
    }

    /// The partitions of a group.
    List<TopicPartition> partitions(int group, Subject subject) {
        List<TopicPartition> partitions = new ArrayList<>();
        KeywardTopology.stores().forEach(store -> add(partitions, subject.changelog(store), group, changelogs));
        OUTPUTS.forEach(topic -> add(partitions, subject.names().name(topic), group, outputs.get(topic)));
        return partitions;
    }

    private void add(List<TopicPartition> partitions, String topic, int group, int count) {
        IntStream.iterate(group, partition -> partition < count, partition -> partition + groups())
                .forEach(partition -> partitions.add(new TopicPartition(topic, partition)));
    }
}
