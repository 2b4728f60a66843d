package io.keyward.cli.records;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterTopics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import picocli.CommandLine.TypeConversionException;

/// The outputs that `watch` can follow, by their names on the command line.
public enum WatchedOutput {
    DECISIONS(Topic.ENCRYPTION_DECISIONS),
    WARNINGS(Topic.WARNINGS),
    SUPPRESSIONS(Topic.ANALYTICS_SUPPRESSIONS),
    DEAD_LETTERS(Topic.DEAD_LETTERS);

    private final Topic topic;

    WatchedOutput(Topic topic) {
        this.topic = topic;
    }

    /// Returns the partitions of one output, or of all, that can hold records about a tenant.
    ///
    /// @throws io.keyward.cluster.CommandFailedException if a topic does not exist, or the user may not read it
    public static List<TopicPartition> partitions(
            ClusterTopics cluster, Optional<WatchedOutput> only, Optional<String> tenant) {
        TopicNames names = cluster.config().topics().names();
        List<String> topics = only.map(Stream::of)
                .orElseGet(() -> Stream.of(values()))
                .map(output -> names.name(output.topic))
                .toList();
        return partitions(cluster.partitions(topics, AclOperation.READ), names, tenant);
    }

    /// Returns the partitions that hold a tenant's outputs: one of each topic that is partitioned by the tenant,
    /// and all of the dead letters, which have the keys of the refused records. Without a tenant, all partitions.
    ///
    /// @param counts topic name → the number of its partitions
    static List<TopicPartition> partitions(Map<String, Integer> counts, TopicNames names, Optional<String> tenant) {
        String deadLetters = names.deadLetters();
        return counts.entrySet().stream()
                .flatMap(topic -> tenant.filter(_ -> !topic.getKey().equals(deadLetters))
                        .map(id -> IntStream.of(TenantPartitioner.partitionOf(id, topic.getValue())))
                        .orElseGet(() -> IntStream.range(0, topic.getValue()))
                        .mapToObj(number -> new TopicPartition(topic.getKey(), number)))
                .toList();
    }

    /// The output with that name.
    public static WatchedOutput typed(String word) {
        return Stream.of(values())
                .filter(output -> output.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("unknown output %s; it must be one of %s"
                        .formatted(
                                word, Stream.of(values()).map(Object::toString).collect(Collectors.joining(", ")))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
