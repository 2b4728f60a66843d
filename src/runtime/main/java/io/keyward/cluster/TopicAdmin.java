package io.keyward.cluster;

import io.keyward.cluster.TopicRow.TopicState;
import io.keyward.config.KeywardConfig;
import io.keyward.config.TopicSettings;
import io.keyward.topology.contract.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates, checks and describes every Keyward topic of one cluster. Changes no existing topic.
///
/// Every call ends within the client's time limit (`default.api.timeout.ms`, 15 s here unless configured).
public final class TopicAdmin implements AutoCloseable {
    private final ClusterAnswers answers;
    private final Admin admin;
    private final TopicSettings settings;
    private final List<String> changelogs;

    /// Creates a client for the configured cluster. Sends no request yet.
    ///
    /// @throws ClusterException if the client cannot be created, for example because no address can be resolved
    public TopicAdmin(KeywardConfig config) {
        this.answers = ClusterAnswers.connect(config);
        this.admin = answers.admin();
        this.settings = config.topics();
        this.changelogs = config.changelogs();
    }

    /// Creates missing topics, and returns once they can be used: a controller confirms a topic before the brokers
    /// know it. If inputs exist already, new ones get their partition count, not the configured one.
    ///
    /// @throws ClusterException if the cluster does not answer or rejects a topic
    public List<TopicOutcome> create() {
        List<TopicRow> before = describe();
        TopicComparison comparison = new TopicComparison(before, answers.bootstrapServers());
        Map<String, NewTopic> missing = before.stream()
                .filter(row -> row.state().isEmpty())
                .collect(Collectors.toMap(TopicRow::name, row -> newTopic(row, comparison)));
        chooseInSyncReplicas(missing.values());
        Map<String, KafkaFuture<Void>> creations =
                admin.createTopics(missing.values()).values();
        List<TopicOutcome> outcomes = before.stream()
                .map(row -> creations.containsKey(row.name())
                        ? created(row.name(), creations.get(row.name()))
                        : TopicOutcome.existed(row.name(), comparison.findings(row.name())))
                .toList();
        answers.awaitUntil(
                () -> answers.topics(settings.names().all()).keySet().containsAll(creations.keySet()),
                "The new topics did not become visible");
        return outcomes;
    }

    /// Compares every topic with its contract, and checks the changelogs that exist.
    ///
    /// @throws ClusterException if the cluster does not answer
    public TopicCheck check() {
        TopicCheck check = check(describe());
        List<TopicFinding> findings = new ArrayList<>(check.findings());
        findings.addAll(changelogs());
        return new TopicCheck(findings, check.warnings(), check.inputPartitions());
    }

    /// Findings about the replicas of existing changelogs that the user may describe. Kafka Streams created them,
    /// perhaps with the broker's defaults.
    ///
    /// @throws ClusterException if the cluster does not answer
    public List<TopicFinding> changelogs() {
        Map<String, TopicState> found =
                states(changelogs.stream().filter(this::isVisible).toList());
        TopicComparison comparison = new TopicComparison(List.of(), answers.bootstrapServers());
        return changelogs.stream()
                .filter(found::containsKey)
                .flatMap(name -> comparison.inSync(name, found.get(name)))
                .toList();
    }

    private boolean isVisible(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return !answers.isDenied(
                        admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
                && !answers.isDenied(
                        admin.describeConfigs(List.of(resource)).values().get(resource));
    }

    /// Compares described topics with their contracts. Sends no request.
    public TopicCheck check(List<TopicRow> described) {
        return new TopicComparison(described, answers.bootstrapServers()).check();
    }

    /// Every topic with its state on the cluster, in the order of the contract.
    ///
    /// @throws ClusterException if the cluster does not answer
    public List<TopicRow> describe() {
        Map<String, TopicState> found = states(settings.names().all());
        return Topics.load().all().stream()
                .map(contract -> {
                    String name = settings.names().name(contract.topic());
                    return new TopicRow(name, contract, Optional.ofNullable(found.get(name)));
                })
                .toList();
    }

    /// The states of the topics that exist, by name.
    private Map<String, TopicState> states(Collection<String> names) {
        Map<String, TopicDescription> found = answers.topics(names);
        Map<String, Map<String, String>> configs = answers.settings(found.keySet());
        return found.values().stream()
                .collect(Collectors.toMap(
                        TopicDescription::name,
                        topic -> new TopicState(
                                topic.partitions().size(),
                                topic.partitions().getFirst().replicas().size(),
                                configs.get(topic.name()))));
    }

    @Override
    public void close() {
        answers.close();
    }

    /// Asks the cluster how many replicas it would create, and sets `min.insync.replicas` to match. If the user
    /// may not ask, the broker's default applies.
    private void chooseInSyncReplicas(Collection<NewTopic> topics) {
        CreateTopicsResult pretended = admin.createTopics(topics, new CreateTopicsOptions().validateOnly(true));
        topics.forEach(topic -> answers.getUnless(
                        ApiException.class,
                        pretended.replicationFactor(topic.name()),
                        "Topic " + topic.name() + " cannot be created",
                        AclOperation.CREATE)
                .filter(replication -> replication >= TopicSettings.ENOUGH_REPLICAS)
                .ifPresent(_ -> {
                    Map<String, String> config = new HashMap<>(topic.configs());
                    config.put(
                            TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                            Integer.toString(TopicSettings.MIN_IN_SYNC_REPLICAS));
                    topic.configs(config);
                }));
    }

    private TopicOutcome created(String name, KafkaFuture<Void> creation) {
        return answers.getUnless(
                        TopicExistsException.class,
                        creation.thenApply(nothing -> TopicOutcome.created(name)),
                        "Topic " + name + " cannot be created",
                        AclOperation.CREATE)
                .orElseGet(() -> TopicOutcome.existed(name, List.of()));
    }

    private NewTopic newTopic(TopicRow row, TopicComparison comparison) {
        int partitions = row.contract().sharesPartitionCount()
                ? comparison.greatestSharedCount().orElse(settings.partitions())
                : settings.partitions();
        return new NewTopic(row.name(), partitions, settings.replication())
                .configs(row.contract().config());
    }

    /// The result of checking all topics.
    ///
    /// @param warnings what should be changed but does not prevent a start
    /// @param inputPartitions the count that all inputs have on the cluster; empty if one is missing or they
    ///     differ
    public record TopicCheck(List<TopicFinding> findings, List<TopicFinding> warnings, OptionalInt inputPartitions) {
        public TopicCheck {
            findings = List.copyOf(findings);
            warnings = List.copyOf(warnings);
        }

        public boolean passed() {
            return findings.isEmpty();
        }
    }
}
