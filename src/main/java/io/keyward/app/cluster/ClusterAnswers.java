package io.keyward.app.cluster;

import io.keyward.app.config.AdminSettings;
import io.keyward.app.config.KeywardConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// A client of a cluster. Waits for its answers, at most as long as the client's limit, and explains failures.
public final class ClusterAnswers implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Admin admin;
    private final AdminSettings connection;
    private final AnswerWait wait;

    private ClusterAnswers(AdminSettings connection, AnswerWait wait) {
        this.connection = connection;
        this.wait = wait;
        this.admin = admin(connection);
    }

    /// Makes a client for the cluster that the configuration names; sends no request yet.
    ///
    /// @throws ClusterException if the client cannot be made, for example because no address can be resolved
    public static ClusterAnswers connect(KeywardConfig config) {
        AdminSettings connection = AdminSettings.from(config.kafka());
        return new ClusterAnswers(connection, new AnswerWait(connection));
    }

    /// Announces nothing: for use beside a running instance, which reports outages itself.
    public static ClusterAnswers silently(KeywardConfig config) {
        AdminSettings connection = AdminSettings.from(config.kafka());
        return new ClusterAnswers(connection, new AnswerWait(connection, connection.limit(), _ -> {}));
    }

    private static Admin admin(AdminSettings connection) {
        try {
            return Admin.create(connection.values());
        } catch (KafkaException failure) {
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            throw new ClusterException(
                    "No connection to Kafka at %s: %s. The address is keyward.kafka.bootstrap.servers."
                            .formatted(connection.bootstrapServers(), reason.getMessage()),
                    failure);
        }
    }

    /// Sends the requests whose answers this waits for.
    public Admin admin() {
        return admin;
    }

    public String bootstrapServers() {
        return connection.bootstrapServers();
    }

    @Override
    public void close() {
        admin.close(CLOSE_LIMIT);
    }

    /// What was asked, for the message if the cluster refuses.
    ///
    /// @param failed half a sentence that says what cannot be done, and names the resource
    /// @param needed the operation on it that the user needs
    public record Question(String failed, AclOperation needed) {}

    public <T> T get(KafkaFuture<T> answer, Question question) {
        try {
            return await(answer, question.failed());
        } catch (ExecutionException failure) {
            throw explained(failure.getCause(), question);
        }
    }

    /// The answer; empty if the cluster answers with this error.
    public <T> Optional<T> getUnless(Class<? extends Exception> expected, KafkaFuture<T> answer, Question question) {
        try {
            return Optional.of(await(answer, question.failed()));
        } catch (ExecutionException failure) {
            if (expected.isInstance(failure.getCause())) {
                return Optional.empty();
            }
            throw explained(failure.getCause(), question);
        }
    }

    /// The description of a topic; empty if it does not exist.
    public Optional<TopicDescription> topic(String name, KafkaFuture<TopicDescription> answer) {
        return getUnless(
                UnknownTopicOrPartitionException.class,
                answer,
                new Question("Topic " + name + " cannot be described", AclOperation.DESCRIBE));
    }

    /// The descriptions of topics by name, without those that do not exist.
    public Map<String, TopicDescription> topics(Collection<String> names) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, answer) -> topic(name, answer).ifPresent(description -> found.put(name, description)));
        return found;
    }

    /// The committed offset of each partition for which the group has committed one.
    public Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        get(
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                        new Question("The offsets of the group " + group + " cannot be read", AclOperation.DESCRIBE))
                .forEach((partition, commit) -> {
                    if (commit != null) {
                        committed.put(partition, commit.offset());
                    }
                });
        return committed;
    }

    /// Sets the committed offsets of a group; false if it has members, and nothing was set.
    public boolean commit(String group, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> commits = offsets.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, offset -> new OffsetAndMetadata(offset.getValue())));
        return getUnless(
                        UnknownMemberIdException.class,
                        admin.alterConsumerGroupOffsets(group, commits).all().thenApply(_ -> commits),
                        new Question("The offsets of the group " + group + " cannot be set", AclOperation.READ))
                .isPresent();
    }

    /// The first or the end offsets of partitions, as readers of committed records see them.
    public Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec spec) {
        return get(
                        admin.listOffsets(
                                        partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec)),
                                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .all(),
                        new Question("The offsets of the topics cannot be read", AclOperation.DESCRIBE))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /// Whether the cluster denies the user this question.
    public boolean isDenied(KafkaFuture<?> answer) {
        try {
            await(answer, "Kafka cannot be asked what it allows");
            return false;
        } catch (ExecutionException failure) {
            return failure.getCause() instanceof AuthorizationException;
        }
    }

    /// Polls until the cluster has caught up, at most as long as the client's limit.
    void awaitUntil(BooleanSupplier caughtUp, String failed) {
        long deadline = System.nanoTime() + connection.limit().toNanos();
        while (!caughtUp.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
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

    private ClusterException explained(Throwable cause, Question question) {
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return unreachable(cause);
        }
        if (cause instanceof AuthenticationException) {
            return new ClusterException(
                    "Kafka at %s refuses the credentials: %s. Check keyward.kafka.security.protocol, keyward.kafka.sasl.* and keyward.kafka.ssl.*."
                            .formatted(connection.bootstrapServers(), cause.getMessage()),
                    cause);
        }
        String hint = cause instanceof AuthorizationException
                ? " The user needs the operation %s on it; docs/security.md lists all that each user needs."
                        .formatted(question.needed())
                : "";
        return new ClusterException("%s: %s%s".formatted(question.failed(), cause.getMessage(), hint), cause);
    }

    private ClusterException unreachable(Throwable cause) {
        return new ClusterException(
                "No Kafka broker at %s answered within %d ms. The address is keyward.kafka.bootstrap.servers; if the sandbox is meant, start it with bin/keyward sandbox."
                        .formatted(
                                connection.bootstrapServers(),
                                connection.limit().toMillis()),
                cause);
    }
}
