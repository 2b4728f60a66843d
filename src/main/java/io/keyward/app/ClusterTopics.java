package io.keyward.app;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Finds topics on a cluster before a client would wait for them in vain.
final class ClusterTopics {
    private final KeywardConfig config;
    private final String options;

    /// @param options what the user typed to name the cluster, for the command that creates topics
    ClusterTopics(KeywardConfig config, String options) {
        this.config = config;
        this.options = options;
    }

    /// The partition count of each topic.
    ///
    /// @throws TopicAdminException if the cluster does not answer within the client's limit
    /// @throws CommandFailedException if a topic does not exist
    Map<String, Integer> partitions(Collection<String> names) {
        AdminSettings connection = AdminSettings.of(config.kafka());
        ClusterAnswers answers = new ClusterAnswers(connection);
        Map<String, Integer> partitions = new LinkedHashMap<>();
        try (Admin admin = ClusterAnswers.connected(connection)) {
            admin.describeTopics(names)
                    .topicNameValues()
                    .forEach((name, answer) -> answers.unless(
                                    UnknownTopicOrPartitionException.class,
                                    answer,
                                    "Topic " + name + " cannot be described")
                            .ifPresent(found ->
                                    partitions.put(name, found.partitions().size())));
        }
        requireAll(names, partitions, connection.bootstrapServers());
        return partitions;
    }

    private void requireAll(Collection<String> names, Map<String, Integer> found, String address) {
        List<String> missing = new TreeSet<>(names)
                .stream().filter(name -> !found.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new CommandFailedException("There is no topic %s on %s. Create what is missing with: %s%s"
                    .formatted(
                            String.join(", ", missing),
                            address,
                            new TopicFinding.Missing(missing.getFirst()).remedy(),
                            options));
        }
    }
}
