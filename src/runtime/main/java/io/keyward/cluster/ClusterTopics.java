package io.keyward.cluster;

import io.keyward.config.AdminSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.kafka.KafkaAnswers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;

/// Checks that topics exist before a client would wait for them forever.
///
/// @param options the command-line options that name the cluster, repeated in suggested commands
public record ClusterTopics(KeywardConfig config, String options) {
    /// The partition count of each topic.
    ///
    /// @param operation what the user is about to do with them
    /// @throws ClusterException if the cluster does not answer within the client's limit
    /// @throws CommandFailedException if a topic does not exist, or the user may not do that
    public Map<String, Integer> partitions(Collection<String> names, AclOperation operation) {
        Map<String, Integer> partitions = existing(names, operation);
        requireAll(names, partitions, AdminSettings.from(config.kafka()).bootstrapServers());
        return partitions;
    }

    /// Opens the committed records of topics.
    ///
    /// @throws ClusterException if the cluster does not answer within the client's limit
    /// @throws CommandFailedException if a topic does not exist, or the user may not read it
    public CommittedLog committed(Collection<String> names) {
        return CommittedLog.open(
                Map.copyOf(config.kafka().values()), KafkaAnswers.partitions(partitions(names, AclOperation.READ)));
    }

    /// The partition count of each topic that exists.
    ///
    /// @param operation what the user is about to do with them
    /// @throws ClusterException if the cluster does not answer within the client's limit
    /// @throws CommandFailedException if the user may not do that
    public Map<String, Integer> existing(Collection<String> names, AclOperation operation) {
        try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
            List<Denial> denials =
                    answers.denials(names.stream().collect(Collectors.toMap(name -> name, _ -> Set.of(operation))));
            if (!denials.isEmpty()) {
                throw new CommandFailedException(Denial.explain(denials, answers.bootstrapServers()));
            }
            Map<String, Integer> partitions = new LinkedHashMap<>();
            answers.topics(names)
                    .forEach((name, topic) ->
                            partitions.put(name, topic.partitions().size()));
            return partitions;
        }
    }

    /// The maximum record batch of each topic, in bytes, without topics whose settings the user may not read.
    ///
    /// @throws ClusterException if the cluster does not answer within the client's limit
    public Map<String, Integer> largestRecords(Collection<String> names) {
        Map<String, Integer> largest = new LinkedHashMap<>();
        try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
            answers.settingsIfAllowed(names)
                    .forEach((topic, settings) ->
                            largest.put(topic, Integer.valueOf(settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))));
        }
        return largest;
    }

    private void requireAll(Collection<String> names, Map<String, Integer> found, String address) {
        List<String> missing = new TreeSet<>(names)
                .stream().filter(name -> !found.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new CommandFailedException("There is no topic %s on %s. Create missing topics with: %s%s"
                    .formatted(
                            String.join(", ", missing),
                            address,
                            TopicFinding.absent(missing.getFirst()).remedy(),
                            options));
        }
    }
}
