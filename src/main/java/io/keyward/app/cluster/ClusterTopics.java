package io.keyward.app.cluster;

import io.keyward.app.cluster.ClusterAnswers.Question;
import io.keyward.app.config.AdminSettings;
import io.keyward.app.config.KeywardConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/// Checks that topics exist, before a client would wait for them without end.
///
/// @param options the typed options that name the cluster, for the suggested command
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

    /// The partition count of each topic that exists.
    ///
    /// @param operation what the user is about to do with them
    /// @throws ClusterException if the cluster does not answer within the client's limit
    /// @throws CommandFailedException if the user may not do that
    public Map<String, Integer> existing(Collection<String> names, AclOperation operation) {
        Map<String, Integer> partitions = new LinkedHashMap<>();
        try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
            Map<String, KafkaFuture<TopicDescription>> asked = answers.admin()
                    .describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues();
            List<Denial> denials = asked.keySet().stream()
                    .filter(name -> !isAllowed(answers, name, asked.get(name), operation))
                    .map(name -> Denial.onTopic(operation, name))
                    .toList();
            if (!denials.isEmpty()) {
                throw new CommandFailedException(Denial.explain(denials, answers.bootstrapServers()));
            }
            asked.forEach((name, answer) -> answers.topic(name, answer)
                    .ifPresent(topic -> partitions.put(name, topic.partitions().size())));
        }
        return partitions;
    }

    /// The largest record batch of each topic, in bytes, without topics whose settings the user may not read.
    ///
    /// @throws ClusterException if the cluster does not answer within the client's limit
    public Map<String, Integer> largestRecords(Collection<String> names) {
        Map<String, Integer> largest = new LinkedHashMap<>();
        try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
            answers.admin()
                    .describeConfigs(names.stream()
                            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                            .toList())
                    .values()
                    .forEach((topic, answer) -> answers.getUnless(
                                    AuthorizationException.class,
                                    answer,
                                    new Question(
                                            "The settings of topic " + topic.name() + " cannot be read",
                                            AclOperation.DESCRIBE_CONFIGS))
                            .map(settings -> settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                            .ifPresent(setting -> largest.put(topic.name(), Integer.valueOf(setting.value()))));
        }
        return largest;
    }

    /// A user who may not describe a topic may do nothing else with it.
    private static boolean isAllowed(
            ClusterAnswers answers, String name, KafkaFuture<TopicDescription> answer, AclOperation operation) {
        return !answers.isDenied(answer)
                && answers.topic(name, answer)
                        .flatMap(topic -> Optional.ofNullable(topic.authorizedOperations()))
                        .map(allowed -> allowed.contains(operation))
                        .orElse(true);
    }

    private void requireAll(Collection<String> names, Map<String, Integer> found, String address) {
        List<String> missing = new TreeSet<>(names)
                .stream().filter(name -> !found.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new CommandFailedException("There is no topic %s on %s. Create what is missing with: %s%s"
                    .formatted(
                            String.join(", ", missing),
                            address,
                            TopicFinding.absent(missing.getFirst()).remedy(),
                            options));
        }
    }
}
