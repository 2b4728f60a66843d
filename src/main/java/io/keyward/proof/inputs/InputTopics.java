package io.keyward.proof.inputs;

import io.keyward.proof.ProofException;
import io.keyward.proof.Subject;
import io.keyward.topology.contract.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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
        return answer(
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
            int count = answer(
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

    /// The first or the end offsets of partitions.
    static Map<TopicPartition, Long> offsets(Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer(admin.listOffsets(asked).all(), "A topic was deleted meanwhile.")
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private static <T> T answer(KafkaFuture<T> answer, String missing) {
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
