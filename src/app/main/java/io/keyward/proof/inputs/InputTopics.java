package io.keyward.proof.inputs;

import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.proof.Subject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// The topics that the topology reads and its changelogs, as they are on the cluster.
///
/// @param partitions their partition count
record InputTopics(Subject subject, int partitions) {
    /// Asks the cluster.
    ///
    /// @throws CommandFailedException if a topic is missing, or has another number of partitions than the others
    /// @throws KafkaException if the cluster refuses or does not answer
    static InputTopics ask(Admin admin, Subject subject) {
        Map<String, Integer> counts =
                subject.partitionCounts(admin, names(subject).toList());
        if (counts.values().stream().distinct().count() > 1) {
            throw new CommandFailedException(
                    "The inputs and the changelogs of the application %s have different numbers of partitions: %s."
                            .formatted(subject.applicationId(), counts));
        }
        return new InputTopics(subject, counts.values().iterator().next());
    }

    private static Stream<String> names(Subject subject) {
        return Stream.concat(
                Topic.readByTheProcessor().stream().map(subject.names()::name),
                FactRows.STORES.stream().sorted().map(subject::changelog));
    }

    /// Every partition of a topic.
    List<TopicPartition> of(String topic) {
        return KafkaAnswers.partitions(topic, partitions).toList();
    }

    /// The partitions of any topic; none if there is no such topic.
    static List<TopicPartition> partitionsOf(Admin admin, String topic) {
        return KafkaAnswers.partitionCounts(admin, List.of(topic)).values().stream()
                .flatMap(count -> KafkaAnswers.partitions(topic, count))
                .toList();
    }

    /// Every partition that a verification reads.
    List<TopicPartition> all() {
        return names(subject).flatMap(topic -> of(topic).stream()).toList();
    }
}
