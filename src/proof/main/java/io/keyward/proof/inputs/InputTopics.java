package io.keyward.proof.inputs;

import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.proof.Subject;
import io.keyward.topology.read.GroupOffsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// The topics that the topology reads and its changelogs, as they are on the cluster.
///
/// @param positions what the processor has committed
/// @param partitions their partition count
record InputTopics(Subject subject, Admin admin, GroupOffsets positions, int partitions) {
    /// Takes a step with them, and gives what it gives.
    ///
    /// @throws CommandFailedException if a topic is missing, or has another number of partitions than the others
    /// @throws KafkaException if the cluster refuses or does not answer
    static <T> T with(Subject subject, Function<InputTopics, T> step) {
        try (Admin admin = Admin.create(subject.kafka());
                GroupOffsets group = new GroupOffsets(subject.kafka(), subject.applicationId(), subject.names())) {
            Map<String, Integer> counts =
                    subject.partitionCounts(admin, names(subject).toList());
            if (counts.values().stream().distinct().count() > 1) {
                throw new CommandFailedException(
                        "The inputs and the changelogs of the application %s have different numbers of partitions: %s."
                                .formatted(subject.applicationId(), counts));
            }
            return step.apply(new InputTopics(
                    subject, admin, group, counts.values().iterator().next()));
        }
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
    List<TopicPartition> partitionsOf(String topic) {
        return KafkaAnswers.partitions(KafkaAnswers.partitionCounts(admin, List.of(topic)));
    }

    /// Every partition that a verification reads.
    List<TopicPartition> all() {
        return names(subject).flatMap(topic -> of(topic).stream()).toList();
    }
}
