package io.keyward.app.start;

import io.keyward.client.Topic;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.ClusterException;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.Denial;
import io.keyward.config.KeywardConfig;
import io.keyward.config.VaultSettings;
import io.keyward.topology.contract.TopicContract;
import io.keyward.topology.contract.Topics;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/// Asks Kafka what the user may do, before Kafka Streams, or the intake, would fail in operation.
///
/// Kafka answers for topics that exist. For a changelog that Kafka Streams has yet to create, the check asks only
/// whether the user may create it.
public record AccessCheck(ClusterAnswers answers, KeywardConfig config) implements AutoCloseable {
    private static final CreateTopicsOptions PRETEND = new CreateTopicsOptions().validateOnly(true);

    public static AccessCheck connect(KeywardConfig config) {
        return new AccessCheck(ClusterAnswers.connect(config), config);
    }

    /// Why the running processor was denied access, and how to fix it.
    public static String explain(KeywardConfig config, AuthorizationException refused) {
        try (AccessCheck access = connect(config)) {
            List<Denial> denials = access.denials();
            return denials.isEmpty() ? refused.getMessage() : access.explain(denials);
        } catch (ClusterException unanswered) {
            return refused.getMessage() + " " + unanswered.getMessage();
        }
    }

    /// Requires that the processor's user misses no permission.
    ///
    /// @throws CommandFailedException that lists every operation that is not allowed
    /// @throws ClusterException if the cluster does not answer
    void require() {
        require(denials());
    }

    /// Requires that the user may write to these topics, as far as they exist.
    ///
    /// @throws CommandFailedException that lists every topic to which it may not
    /// @throws ClusterException if the cluster does not answer
    void requireToWrite(List<String> topics) {
        require(denials(topics, AclOperation.WRITE));
    }

    /// Requires that the user may move the application to more partitions. Kafka is asked about the present
    /// changelogs: those of the next generation, whose names begin alike, do not exist yet.
    ///
    /// @throws CommandFailedException that lists every operation that is not allowed
    /// @throws ClusterException if the cluster does not answer
    public void requireToMove() {
        Map<String, Set<AclOperation>> needed = new LinkedHashMap<>();
        Topics.load().all().stream()
                .filter(TopicContract::sharesPartitionCount)
                .map(TopicContract::topic)
                .forEach(topic -> needed.put(
                        config.topics().names().name(topic),
                        // Kafka demands READ of who commits offsets.
                        Topic.readByTheProcessor().contains(topic)
                                ? EnumSet.of(AclOperation.READ, AclOperation.ALTER)
                                : EnumSet.of(AclOperation.ALTER)));
        require(Stream.concat(denials(needed).stream(), onGroup(AclOperation.READ, config.applicationId()))
                .distinct()
                .toList());
    }

    /// Requires that the user may delete these topics and groups, as far as they exist.
    ///
    /// @throws CommandFailedException that lists everything that it may not delete
    /// @throws ClusterException if the cluster does not answer
    public void requireToDelete(List<String> topics, List<String> groups) {
        require(Stream.concat(
                        denials(topics, AclOperation.DELETE).stream(),
                        groups.stream().flatMap(group -> onGroup(AclOperation.DELETE, group)))
                .toList());
    }

    private void require(List<Denial> denials) {
        if (!denials.isEmpty()) {
            throw new CommandFailedException(explain(denials));
        }
    }

    private List<Denial> denials(List<String> topics, AclOperation needed) {
        return answers.denials(
                topics.stream().collect(Collectors.toMap(topic -> topic, _ -> Set.of(needed), (one, _) -> one)));
    }

    private List<Denial> denials() {
        Map<String, Set<AclOperation>> needed = new LinkedHashMap<>();
        Stream.of(Topic.values())
                .forEach(topic -> needed.put(config.topics().names().name(topic), neededOn(topic)));
        return denials(needed);
    }

    /// What is denied of these operations, and of those on the changelogs, the group and transactions.
    private List<Denial> denials(Map<String, Set<AclOperation>> needed) {
        config.changelogs().forEach(changelog -> needed.put(changelog, needed(Topic.Direction.OWN)));
        return Stream.of(
                        answers.denials(needed).stream(),
                        config.changelogs().stream().flatMap(this::creating),
                        group(),
                        transactions())
                .flatMap(denials -> denials)
                .toList();
    }

    @Override
    public void close() {
        answers.close();
    }

    private Stream<Denial> creating(String topic) {
        NewTopic pretended = new NewTopic(topic, Optional.empty(), Optional.empty());
        return ifDenied(
                answers.admin().createTopics(List.of(pretended), PRETEND).all(),
                Denial.onTopic(AclOperation.CREATE, topic));
    }

    private Stream<Denial> group() {
        String group = config.applicationId();
        return ifDenied(
                answers.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                Denial.onGroup(AclOperation.READ, group));
    }

    private Stream<Denial> ifDenied(KafkaFuture<?> question, Denial denial) {
        return answers.isDenied(question) ? Stream.of(denial) : Stream.empty();
    }

    /// Kafka tells the operations on a group that exists, to who may describe it.
    private Stream<Denial> onGroup(AclOperation needed, String group) {
        Optional<Set<AclOperation>> consumers = allowed(
                answers.admin()
                        .describeConsumerGroups(
                                List.of(group), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                        .describedGroups()
                        .get(group)
                        .thenApply(ConsumerGroupDescription::authorizedOperations),
                group);
        return consumers
                .or(() -> allowed(
                        answers.admin()
                                .describeStreamsGroups(
                                        List.of(group),
                                        new DescribeStreamsGroupsOptions().includeAuthorizedOperations(true))
                                .describedGroups()
                                .get(group)
                                .thenApply(StreamsGroupDescription::authorizedOperations),
                        group))
                .filter(allowed -> !allowed.contains(needed))
                .map(_ -> Denial.onGroup(needed, group))
                .stream();
    }

    /// Empty if there is no such group; no operation if the user may not even describe it.
    private Optional<Set<AclOperation>> allowed(KafkaFuture<Set<AclOperation>> described, String group) {
        return answers.isDenied(described)
                ? Optional.of(Set.of())
                : answers.getUnless(
                        GroupIdNotFoundException.class,
                        described,
                        "The group " + group + " cannot be described",
                        AclOperation.DESCRIBE);
    }

    private Stream<Denial> transactions() {
        String prefix = config.applicationId() + "-";
        return ifDenied(
                answers.admin()
                        .describeTransactions(List.of(prefix + "access-check"))
                        .description(prefix + "access-check"),
                Denial.onTransactionalIds(AclOperation.WRITE, prefix));
    }

    private String explain(List<Denial> denials) {
        return Denial.explain(denials, config.kafka().values().get(KeywardConfig.BOOTSTRAP_SERVERS));
    }

    private Set<AclOperation> neededOn(Topic topic) {
        if (topic == Topic.KEY_HINTS) {
            return neededByTheWatch(AclOperation.READ);
        }
        if (topic == Topic.KEY_WATCH) {
            return neededByTheWatch(AclOperation.WRITE);
        }
        if (topic == Topic.TENANT_ERASED) {
            return needed(Topic.Direction.IN); // the command writes it
        }
        Set<AclOperation> needed = needed(topic.direction());
        if (topic == Topics.UNREAD) {
            needed.add(AclOperation.READ); // commits its offset
        }
        if (config.value(VaultSettings.WATCH) && Topics.keyInputs().contains(topic)) {
            needed.add(AclOperation.WRITE);
        }
        return needed;
    }

    /// On a topic that only the key watch uses. Every processor checks that it is there.
    private Set<AclOperation> neededByTheWatch(AclOperation operation) {
        return EnumSet.of(
                config.value(VaultSettings.WATCH) ? operation : AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
    }

    private static Set<AclOperation> needed(Topic.Direction direction) {
        return switch (direction) {
            case IN -> EnumSet.of(AclOperation.READ, AclOperation.DESCRIBE_CONFIGS);
            case OUT -> EnumSet.of(AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
            case OWN -> EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
        };
    }
}
