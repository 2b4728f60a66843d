package io.keyward.chaos.cluster;

import io.keyward.testing.process.Patience;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Utils;

/// Questions about the cluster, of which some brokers may be down.
public final class ClusterView implements AutoCloseable {
    private static final String OFFSETS = "__consumer_offsets";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Admin admin;

    ClusterView(String addresses) {
        admin = Admin.create(Map.of("bootstrap.servers", addresses));
    }

    void awaitBrokers(int count) {
        Patience.until(
                count + " brokers form a cluster",
                () -> holds(() -> answer(admin.describeCluster().nodes()).size() == count));
    }

    /// Waits until every replica of every partition is in sync again.
    public void awaitEveryReplica() {
        Patience.until(
                "every replica is in sync",
                () -> holds(() -> describe(answer(admin.listTopics().names())).values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(p -> p.isr().size() == p.replicas().size())));
    }

    /// The id of the broker that coordinates the group.
    public int coordinatorOf(String group) {
        List<TopicPartitionInfo> partitions =
                describe(Set.of(OFFSETS)).get(OFFSETS).partitions();
        return leader(partitions.get(Utils.abs(group.hashCode()) % partitions.size()));
    }

    /// The transactional ids that begin so, and the state of each.
    public Map<String, TransactionDescription> transactions(String prefix) {
        List<String> ids = answer(admin.listTransactions().all()).stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(prefix))
                .toList();
        return answer(admin.describeTransactions(ids).all());
    }

    /// Whether the group has committed all records of the topics.
    public boolean hasCommittedAll(String group, Collection<TopicPartition> inputs) {
        return holds(() -> {
            Map<TopicPartition, Long> ends = ends(inputs, IsolationLevel.READ_COMMITTED);
            Map<TopicPartition, OffsetAndMetadata> committed =
                    answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            return ends.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata commit = committed.get(end.getKey());
                return (commit == null ? 0 : commit.offset()) >= end.getValue();
            });
        });
    }

    /// Whether no transaction is open on any of the partitions, so that no more records become visible.
    public boolean isSettled(Collection<TopicPartition> outputs) {
        return holds(() ->
                ends(outputs, IsolationLevel.READ_COMMITTED).equals(ends(outputs, IsolationLevel.READ_UNCOMMITTED)));
    }

    /// Deletes every topic whose name begins with the prefix.
    public void deleteTopics(String prefix) {
        List<String> topics = answer(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
        answer(admin.deleteTopics(topics).all());
    }

    /// Where each partition ends for read-committed consumers; waits until the cluster answers.
    public Map<TopicPartition, Long> committedEnds(Collection<TopicPartition> partitions) {
        AtomicReference<Map<TopicPartition, Long>> ends = new AtomicReference<>();
        Patience.until(
                "the cluster answers",
                () -> holds(() -> {
                    ends.set(ends(partitions, IsolationLevel.READ_COMMITTED));
                    return true;
                }));
        return ends.get();
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        return answer(admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /// The topics whose names begin so.
    public Map<String, TopicDescription> topics(String prefix) {
        return describe(answer(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toSet()));
    }

    /// What topics whose names begin so have set themselves; what a broker has set for all of them is left out.
    public Map<String, String> ownSettings(String prefix, String setting) {
        List<ConfigResource> resources = topics(prefix).keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return answer(admin.describeConfigs(resources).all()).entrySet().stream()
                .filter(topic ->
                        topic.getValue().get(setting).source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(
                        topic -> topic.getKey().name(),
                        topic -> topic.getValue().get(setting).value()));
    }

    private Map<String, TopicDescription> describe(Set<String> topics) {
        return answer(admin.describeTopics(topics).allTopicNames());
    }

    /// The id of the leader, or of the first replica while there is none.
    private static int leader(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader == null || leader.isEmpty()
                ? partition.replicas().getFirst().id()
                : leader.id();
    }

    /// A question that the cluster cannot answer has the answer no.
    private static boolean holds(Question question) {
        try {
            return question.ask();
        } catch (NoAnswer away) {
            return false;
        }
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RetriableException away
                    ? new NoAnswer(away)
                    : new IllegalStateException(failure.getCause());
        } catch (TimeoutException late) {
            throw new NoAnswer(late);
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }

    @FunctionalInterface
    private interface Question {
        boolean ask();
    }

    private static final class NoAnswer extends RuntimeException {
        NoAnswer(Exception cause) {
            super("The cluster does not answer", cause);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
