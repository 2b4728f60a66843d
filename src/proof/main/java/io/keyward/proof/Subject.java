package io.keyward.proof;

import io.keyward.client.TopicNames;
import io.keyward.cluster.CommandFailedException;
import io.keyward.domain.RuleProfile;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.KeywardTopology;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/// What is verified: an application on a cluster.
///
/// @param kafka the settings of a client of the cluster, without serialization
/// @param applicationId the id that Kafka Streams runs under, which the names of the changelogs start with
/// @param names the names of the topics
/// @param profile the rules by which the application decides
/// @param registry the schemas of the outputs. The caller closes it
public record Subject(
        Map<String, Object> kafka,
        String applicationId,
        TopicNames names,
        RuleProfile profile,
        SchemaRegistry registry) {
    public Subject {
        kafka = Map.copyOf(kafka);
    }

    /// The name of the changelog of a store.
    public String changelog(String store) {
        return KeywardTopology.changelog(applicationId, store);
    }

    /// How many partitions each of these topics has.
    ///
    /// @throws CommandFailedException if one does not exist
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public Map<String, Integer> partitionCounts(Admin admin, List<String> topics) {
        Map<String, Integer> counts = KafkaAnswers.partitionCounts(admin, topics);
        topics.stream().filter(topic -> !counts.containsKey(topic)).findFirst().ifPresent(missing -> {
            throw new CommandFailedException(
                    "There is no topic %s. The application with the id %s has never run on this cluster, or keyward.topics.prefix is another one."
                            .formatted(missing, applicationId));
        });
        return counts;
    }
}
