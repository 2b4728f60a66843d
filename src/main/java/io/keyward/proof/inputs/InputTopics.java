package io.keyward.proof.inputs;

import io.keyward.proof.LogOffsets;
import io.keyward.proof.ProofException;
import io.keyward.proof.Subject;
import io.keyward.topology.contract.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/// The topics that the topology reads and its changelogs, as they are on the cluster.
///
/// @param partitions their partition count
record InputTopics(Subject subject, int partitions) {
    /// Asks the cluster.
    ///
    /// @throws ProofException if a topic is missing, or has another number of partitions than the others
    /// @throws KafkaException if the cluster refuses or does not answer
    static InputTopics ask(Admin admin, Subject subject) {
        List<String> names = Stream.concat(
                        Topic.readByTheTopology().stream().map(subject.names()::name),
                        FactRows.STORES.stream().sorted().map(subject::changelog))
                .toList();
        Map<String, Integer> counts = new HashMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, found) -> counts.put(name, partitions(name, found, subject)));
        if (counts.values().stream().distinct().count() > 1) {
            throw new ProofException(
                    "The inputs and the changelogs of the application %s have different numbers of partitions: %s."
                            .formatted(subject.applicationId(), counts));
        }
        return new InputTopics(subject, counts.values().iterator().next());
    }

    private static int partitions(String name, KafkaFuture<TopicDescription> found, Subject subject) {
        return LogOffsets.answer(
                        found,
                        "There is no topic %s. The application with the id %s has never run on this cluster, or keyward.topics.prefix is another one."
                                .formatted(name, subject.applicationId()))
                .partitions()
                .size();
    }

    /// Every partition of a topic.
    List<TopicPartition> of(String topic) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /// The partitions of any topic; none if there is no such topic.
    static List<TopicPartition> partitionsOf(Admin admin, String topic) {
        try {
            int count = LogOffsets.answer(
                            admin.describeTopics(List.of(topic))
                                    .topicNameValues()
                                    .get(topic),
                            topic)
                    .partitions()
                    .size();
            return IntStream.range(0, count)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
        } catch (ProofException missing) {
            return List.of();
        }
    }

    /// Every partition that a verification reads.
    List<TopicPartition> all() {
        List<TopicPartition> all = new ArrayList<>();
        Topic.readByTheTopology().forEach(topic -> all.addAll(of(subject.names().name(topic))));
        FactRows.STORES.forEach(store -> all.addAll(of(subject.changelog(store))));
        return all;
    }
}
