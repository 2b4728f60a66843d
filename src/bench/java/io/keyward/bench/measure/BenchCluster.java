package io.keyward.bench.measure;

import io.keyward.bench.jvm.ClassPaths;
import io.keyward.bench.jvm.JavaOptions;
import io.keyward.bench.subject.Partitions;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.testing.process.BrokerProgram;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Folders;
import io.keyward.testing.process.Patience;
import io.keyward.topology.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/// The broker and the schema registry of all subjects, in a separate process.
public final class BenchCluster implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");

    private final Path folder;
    private final ChildJvm broker;
    private final JvmProbe probe;
    private final String bootstrapServers;
    private final String registryUrl;
    private final Admin admin;

    private BenchCluster(Path folder, ChildJvm broker, List<String> addresses) {
        this.folder = folder;
        this.broker = broker;
        bootstrapServers = addresses.getFirst();
        registryUrl = addresses.getLast();
        probe = JvmProbe.attach(broker);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /// Starts broker and registry on an empty folder. Returns when both answer.
    public static BenchCluster start(Path folder, ClassPaths classPaths) {
        Path addresses = Folders.make(folder).resolve(BrokerProgram.ADDRESSES);
        ChildJvm broker = JavaOptions.start(
                "The broker",
                new ChildJvm.Program(
                        classPaths.bench(),
                        JavaOptions.with(OPTIONS),
                        BrokerProgram.class.getName(),
                        List.of(folder.toString(), "0")),
                folder.resolve("broker.log"));
        try {
            Patience.until("the broker answers", START_LIMIT, () -> {
                broker.requireAlive();
                return Files.exists(addresses);
            });
            return new BenchCluster(folder, broker, Files.readAllLines(addresses));
        } catch (IOException failure) {
            broker.close();
            throw new UncheckedIOException(failure);
        } catch (RuntimeException | Error failure) {
            broker.close();
            throw failure;
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String registryUrl() {
        return registryUrl;
    }

    JvmProbe probe() {
        return probe;
    }

    /// Creates these topics of the product with the settings of their contracts.
    void create(TopicNames names, Collection<Topic> topics) {
        Topics contracts = Topics.load();
        List<NewTopic> missing = topics.stream()
                .map(topic -> new NewTopic(names.name(topic), Partitions.COUNT, (short) 1)
                        .configs(contracts.contract(topic).config()))
                .toList();
        create(missing);
    }

    /// Creates compacted topics, like the changelogs of Kafka Streams.
    void createCompacted(Collection<String> names) {
        create(names.stream()
                .map(name ->
                        new NewTopic(name, Partitions.COUNT, (short) 1).configs(Map.of("cleanup.policy", "compact")))
                .toList());
    }

    private void create(List<NewTopic> topics) {
        broker.requireAlive();
        answer(admin.createTopics(topics).all());
        Patience.until("the new topics are there", START_LIMIT, () -> {
            Set<String> there = topics(_ -> true);
            return topics.stream().allMatch(topic -> there.contains(topic.name()));
        });
        // Asks every leader. A producer that is earlier may retry in another order, which the broker never accepts.
        var _ = ends(topics.stream().map(NewTopic::name).toList(), IsolationLevel.READ_UNCOMMITTED);
    }

    /// Deletes all topics whose names match. Returns when they are gone.
    void delete(Predicate<String> names) {
        Set<String> doomed = topics(names);
        answer(admin.deleteTopics(doomed).all());
        Patience.until(
                "the old topics are gone", START_LIMIT, () -> topics(names).isEmpty());
    }

    /// The names of the matching topics, without Kafka's internal topics.
    Set<String> topics(Predicate<String> names) {
        return answer(admin.listTopics(new ListTopicsOptions().listInternal(false))
                        .names())
                .stream()
                .filter(names)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The committed offset of the group on each partition.
    Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return offsets.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /// The number of group members that have partitions assigned.
    long membersAtWork(String group) {
        return answer(admin.describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .get(group))
                .members()
                .stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .count();
    }

    /// The end offset of each partition at this isolation level.
    Map<TopicPartition, Long> ends(Collection<String> topics, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> asked = topics.stream()
                .flatMap(topic -> Partitions.of(topic).stream())
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> found = answer(
                admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new BenchException("The broker refuses: " + failure.getCause().getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted", interrupted);
        }
    }

    /// Ends the process and deletes all files but its log.
    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        probe.close();
        broker.kill();
        Folders.delete(folder.resolve(BrokerProgram.DATA));
    }
}
