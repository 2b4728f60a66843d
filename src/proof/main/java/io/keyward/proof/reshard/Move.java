package io.keyward.proof.reshard;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.GenerationTopic;
import io.keyward.config.Generation;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.contract.TopicContract;
import io.keyward.topology.contract.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// Which application is to be moved, and to how many partitions.
///
/// @param kafka the settings of every client, without serialization
/// @param applicationId as configured, whatever its generation
/// @param partitions the count that all inputs shall have
/// @param patience how long to wait until the members of a stopped application have left its group
public record Move(
        Map<String, Object> kafka, String applicationId, TopicNames names, int partitions, Duration patience) {
    public Move {
        kafka = Map.copyOf(kafka);
    }

    String applicationId(int generation) {
        return Generation.applicationId(applicationId, generation);
    }

    String changelog(int generation, String store) {
        return KeywardTopology.changelog(applicationId(generation), store);
    }

    List<String> changelogs(int generation) {
        return KeywardTopology.stores().stream()
                .map(store -> changelog(generation, store))
                .toList();
    }

    /// The topics that all have the same partition count.
    List<String> sharedTopics() {
        return Topics.load().all().stream()
                .filter(TopicContract::sharesPartitionCount)
                .map(contract -> names.name(contract.topic()))
                .toList();
    }

    /// All partitions that the topology reads.
    ///
    /// @param count how many each topic has
    List<TopicPartition> inputs(int count) {
        return KafkaAnswers.partitions(names.names(Topic.readByTheProcessor()), count);
    }

    GenerationTopic generations() {
        return GenerationTopic.of(applicationId);
    }

    /// The command that does, or finishes, a move.
    static String command(int partitions) {
        return "bin/keyward reshard run --partitions " + partitions;
    }
}
