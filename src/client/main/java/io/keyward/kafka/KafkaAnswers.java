package io.keyward.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Waits for a cluster's answers to a client, within the client's limits.
public final class KafkaAnswers {
    private KafkaAnswers() {}

    /// Waits for an answer.
    ///
    /// @throws KafkaException if the cluster refuses or does not answer
    public static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof KafkaException refused
                    ? refused
                    : new KafkaException(failure.getCause());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    /// The answer; empty if the cluster answers with this error.
    ///
    /// @throws KafkaException if the cluster refuses otherwise or does not answer
    public static <T> Optional<T> getUnless(Class<? extends KafkaException> expected, KafkaFuture<T> answer) {
        try {
            return Optional.of(get(answer));
        } catch (KafkaException failure) {
            if (expected.isInstance(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /// The descriptions of topics by name, without those that do not exist.
    ///
    /// @throws KafkaException if the cluster refuses or does not answer
    public static Map<String, TopicDescription> topics(Admin admin, Collection<String> names) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, answer) -> getUnless(UnknownTopicOrPartitionException.class, answer)
                        .ifPresent(topic -> found.put(name, topic)));
        return found;
    }

    /// The partition counts of topics, without topics that do not exist.
    ///
    /// @throws KafkaException if the cluster refuses or does not answer
    public static Map<String, Integer> partitionCounts(Admin admin, Collection<String> names) {
        Map<String, Integer> counts = new HashMap<>();
        topics(admin, names)
                .forEach((name, topic) -> counts.put(name, topic.partitions().size()));
        return counts;
    }

    /// Requests the first or the end offsets of partitions.
    ///
    /// @param isolation determines where the partitions end
    public static KafkaFuture<Map<TopicPartition, Long>> offsets(
            Admin admin, Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        return admin.listOffsets(asked, new ListOffsetsOptions(isolation))
                .all()
                .thenApply(found -> known(found, ListOffsetsResultInfo::offset));
    }

    /// Requests the committed offset of each partition for which the group has committed one.
    public static KafkaFuture<Map<TopicPartition, Long>> committed(Admin admin, String group) {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .thenApply(commits -> known(commits, OffsetAndMetadata::offset));
    }

    private static <V> Map<TopicPartition, Long> known(Map<TopicPartition, V> answers, Function<V, Long> offset) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, answer -> offset.apply(answer.getValue())));
    }

    /// Every partition of the topics.
    ///
    /// @param counts the partition count of each topic
    public static List<TopicPartition> partitions(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .flatMap(topic -> partitions(topic.getKey(), topic.getValue()))
                .toList();
    }

    /// Every partition of topics with the same partition count.
    public static List<TopicPartition> partitions(Collection<String> topics, int count) {
        return topics.stream().flatMap(topic -> partitions(topic, count)).toList();
    }

    /// Every partition of a topic.
    public static Stream<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count).mapToObj(number -> new TopicPartition(topic, number));
    }
}
