package io.keyward.cluster;

import io.keyward.config.AdminSettings;
import io.keyward.config.ClientSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.UnusableSettings;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.kafka.Stopwatch;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// An admin client for one cluster. Waits for answers up to the client's time limit and explains failures.
public final class ClusterAnswers implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LOOK_UP = Duration.ofSeconds(1);

    private final Admin admin;
    private final AdminSettings connection;
    private final AnswerWait wait;

    private ClusterAnswers(ClientSettings kafka, AdminSettings connection, AnswerWait wait) {
        this.connection = connection;
        this.wait = wait;
        try {
            this.admin = Admin.create(connection.values());
        } catch (KafkaException failure) {
            throw new ClusterException(
                    "No connection to Kafka at %s: %s"
                            .formatted(connection.bootstrapServers(), UnusableSettings.explain(failure, kafka)),
                    failure);
        }
    }

    /// Creates a client for the configured cluster. Sends no request yet.
    ///
    /// @throws ClusterException if the client cannot be created, for example because no address can be resolved
    public static ClusterAnswers connect(KeywardConfig config) {
        AdminSettings connection = AdminSettings.from(config.kafka());
        return new ClusterAnswers(config.kafka(), connection, new AnswerWait(connection));
    }

    /// Like [#connect], for a process that starts: waits longer for a cluster that is not up, or not in DNS, yet.
    public static ClusterAnswers patiently(KeywardConfig config) {
        AdminSettings connection = AdminSettings.forStart(config.kafka());
        AnswerWait wait = new AnswerWait(connection);
        Stopwatch stopwatch = Stopwatch.start();
        while (true) {
            try {
                return new ClusterAnswers(config.kafka(), connection, wait);
            } catch (ClusterException failure) {
                if (!UnusableSettings.isUnresolved(failure) || stopwatch.hasReached(connection.limit())) {
                    throw failure;
                }
                wait.announce(stopwatch.left(connection.limit()));
                LockSupport.parkNanos(LOOK_UP.toNanos());
            }
        }
    }

    /// Reports no waits: for use beside a running instance, which reports outages itself.
    public static ClusterAnswers silently(ClientSettings kafka) {
        AdminSettings connection = AdminSettings.from(kafka);
        AnswerWait wait = new AnswerWait(connection, connection.limit(), _ -> {});
        return new ClusterAnswers(kafka, connection, wait);
    }

    /// The client that sends the requests whose answers this class waits for.
    public Admin admin() {
        return admin;
    }

    public String bootstrapServers() {
        return connection.bootstrapServers();
    }

    /// Abandons a pending request.
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    /// Waits for an answer.
    ///
    /// @param failed a clause that says what failed and names the resource
    /// @param needed the operation on the resource that the user must be allowed
    public <T> T get(KafkaFuture<T> answer, String failed, AclOperation needed) {
        return get(answer, failed, needed + " on it");
    }

    private <T> T get(KafkaFuture<T> answer, String failed, String needed) {
        try {
            return await(answer, failed);
        } catch (ExecutionException failure) {
            throw explained(failure.getCause(), failed, needed);
        }
    }

    /// Waits for an answer; returns empty if the cluster answers with the expected error.
    public <T> Optional<T> getUnless(
            Class<? extends Exception> expected, KafkaFuture<T> answer, String failed, AclOperation needed) {
        return getUnless(expected, answer, failed, needed + " on it");
    }

    private <T> Optional<T> getUnless(
            Class<? extends Exception> expected, KafkaFuture<T> answer, String failed, String needed) {
        try {
            return Optional.of(await(answer, failed));
        } catch (ExecutionException failure) {
            if (expected.isInstance(failure.getCause())) {
                return Optional.empty();
            }
            throw explained(failure.getCause(), failed, needed);
        }
    }

    /// The number of brokers in the cluster.
    public int brokers() {
        return get(admin.describeCluster().nodes(), "The cluster cannot be described", AclOperation.DESCRIBE)
                .size();
    }

    /// The description of a topic; empty if it does not exist.
    public Optional<TopicDescription> topic(String name, KafkaFuture<TopicDescription> answer) {
        return topic(name, answer, AclOperation.DESCRIBE);
    }

    private Optional<TopicDescription> topic(String name, KafkaFuture<TopicDescription> answer, AclOperation needed) {
        return getUnless(
                UnknownTopicOrPartitionException.class,
                answer,
                "Topic " + name + " cannot be described",
                needed + " on the topic " + name);
    }

    /// The descriptions of the topics that exist, by name.
    public Map<String, TopicDescription> topics(Collection<String> names) {
        return topics(names, AclOperation.DESCRIBE);
    }

    /// Like [#topics(Collection)], for a user who needs another operation; being allowed that one includes
    /// DESCRIBE.
    public Map<String, TopicDescription> topics(Collection<String> names, AclOperation needed) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, answer) ->
                        topic(name, answer, needed).ifPresent(description -> found.put(name, description)));
        return found;
    }

    /// The partitions of the topics that exist.
    public List<TopicPartition> partitions(Collection<String> names) {
        return topics(names).values().stream()
                .flatMap(topic ->
                        KafkaAnswers.partitions(topic.name(), topic.partitions().size()))
                .toList();
    }

    /// The effective settings of topics, by topic name.
    public SortedMap<String, Map<String, String>> settings(Collection<String> topics) {
        SortedMap<String, Map<String, String>> settings = new TreeMap<>();
        describeSettings(topics)
                .forEach((topic, answer) ->
                        settings.put(topic.name(), values(get(answer, unreadable(topic), needed(topic)))));
        return settings;
    }

    /// Like [#settings], without topics whose settings the user may not read.
    SortedMap<String, Map<String, String>> settingsIfAllowed(Collection<String> topics) {
        SortedMap<String, Map<String, String>> settings = new TreeMap<>();
        describeSettings(topics)
                .forEach((topic, answer) -> getUnless(
                                AuthorizationException.class, answer, unreadable(topic), needed(topic))
                        .ifPresent(config -> settings.put(topic.name(), values(config))));
        return settings;
    }

    private Map<ConfigResource, KafkaFuture<Config>> describeSettings(Collection<String> topics) {
        return admin.describeConfigs(topics.stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                        .toList())
                .values();
    }

    private static String unreadable(ConfigResource topic) {
        return "The settings of topic " + topic.name() + " cannot be read";
    }

    private static String needed(ConfigResource topic) {
        return AclOperation.DESCRIBE_CONFIGS + " on the topic " + topic.name();
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    /// The operations that the user may not perform on these topics. Topics that do not exist are left out.
    ///
    /// @param needed the operations needed on each topic
    public List<Denial> denials(Map<String, Set<AclOperation>> needed) {
        return admin
                .describeTopics(needed.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues()
                .entrySet()
                .stream()
                .flatMap(answer -> denials(answer.getKey(), answer.getValue(), needed.get(answer.getKey())))
                .toList();
    }

    private Stream<Denial> denials(String topic, KafkaFuture<TopicDescription> described, Set<AclOperation> needed) {
        if (isDenied(described)) {
            // READ and WRITE imply DESCRIBE, so the user has neither. The rest is checked once they are granted.
            return needed.stream()
                    .filter(operation -> operation != AclOperation.DESCRIBE_CONFIGS)
                    .map(operation -> Denial.onTopic(operation, topic));
        }
        return topic(topic, described).flatMap(found -> Optional.ofNullable(found.authorizedOperations())).stream()
                .flatMap(allowed -> needed.stream().filter(operation -> !allowed.contains(operation)))
                .map(operation -> Denial.onTopic(operation, topic));
    }

    /// The committed offsets of the group, for each partition that has one.
    public Map<TopicPartition, Long> committed(String group) {
        return get(
                KafkaAnswers.committed(admin, group),
                "The offsets of the group " + group + " cannot be read",
                AclOperation.DESCRIBE);
    }

    /// Sets the committed offsets of a group. Returns false, and sets nothing, if the group has members.
    public boolean commit(String group, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> commits = offsets.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, offset -> new OffsetAndMetadata(offset.getValue())));
        return getUnless(
                        UnknownMemberIdException.class,
                        admin.alterConsumerGroupOffsets(group, commits).all().thenApply(_ -> commits),
                        "The offsets of the group " + group + " cannot be set",
                        AclOperation.READ)
                .isPresent();
    }

    /// The earliest or the end offsets of partitions, as `read_committed` consumers see them.
    public Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec spec) {
        return offsets(partitions, spec, IsolationLevel.READ_COMMITTED);
    }

    /// The end offsets of partitions, records of open transactions included.
    public Map<TopicPartition, Long> written(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
        String topics = partitions.stream()
                .map(TopicPartition::topic)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return get(
                KafkaAnswers.offsets(admin, partitions, spec, isolation),
                "The offsets of the topics " + topics + " cannot be read",
                AclOperation.DESCRIBE + " on the topics " + topics);
    }

    /// Whether the cluster denies the user this request.
    public boolean isDenied(KafkaFuture<?> answer) {
        try {
            await(answer, "The allowed operations cannot be read");
            return false;
        } catch (ExecutionException failure) {
            return failure.getCause() instanceof AuthorizationException;
        }
    }

    /// Polls until the condition holds, up to the client's time limit.
    void awaitUntil(BooleanSupplier caughtUp, String failed) {
        Stopwatch stopwatch = Stopwatch.start();
        while (!caughtUp.getAsBoolean()) {
            if (stopwatch.hasReached(connection.limit())) {
                throw new ClusterException(
                        "%s within %d ms.".formatted(failed, connection.limit().toMillis()),
                        new TimeoutException(failed));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private <T> T await(KafkaFuture<T> answer, String failed) throws ExecutionException {
        try {
            return wait.get(answer);
        } catch (TimeoutException failure) {
            throw unreachable(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new ClusterException(failed + ": interrupted", failure);
        }
    }

    private ClusterException explained(Throwable cause, String failed, String needed) {
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return unreachable(cause);
        }
        if (cause instanceof AuthenticationException) {
            String what = cause instanceof SslAuthenticationException
                    ? "No TLS connection to Kafka at %s: %s."
                    : "Kafka at %s refuses the credentials: %s.";
            Throwable why = cause.getCause() == null ? cause : cause.getCause();
            return new ClusterException(
                    what.formatted(connection.bootstrapServers(), why.getMessage())
                            + " Check keyward.kafka.security.protocol, keyward.kafka.sasl.* and keyward.kafka.ssl.*.",
                    cause);
        }
        String what = "%s: %s".formatted(failed, cause.getMessage());
        return cause instanceof AuthorizationException
                ? new ClusterException(
                        "%s The user needs the operation %s; docs/security.md lists all operations that each user needs."
                                .formatted(what, needed),
                        cause,
                        needed)
                : new ClusterException(what, cause);
    }

    private ClusterException unreachable(Throwable cause) {
        return new ClusterException(
                "No Kafka broker at %s answered within %d ms. Check keyward.kafka.bootstrap.servers and keyward.kafka.security.protocol; if you mean the sandbox, start it with bin/keyward sandbox."
                        .formatted(
                                connection.bootstrapServers(),
                                connection.limit().toMillis()),
                cause);
    }
}
