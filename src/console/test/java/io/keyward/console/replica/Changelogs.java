package io.keyward.console.replica;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.TopicNames;
import io.keyward.config.ClientSettings;
import io.keyward.domain.Decider;
import io.keyward.domain.event.Event;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.RowKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/// The topics that a replica follows on a real broker, filled by a producer in place of a processor: with what
/// the real topology stores and publishes.
final class Changelogs implements AutoCloseable {
    private static final long MEMORY = 16 << 20;

    private final String bootstrapServers;
    private final FollowedTopics topics;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private int partitions;

    /// @param name of the application, and the prefix of the outputs
    Changelogs(String bootstrapServers, String name) {
        this.bootstrapServers = bootstrapServers;
        topics = new FollowedTopics(name, new TopicNames(name + "."));
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    FollowedTopics topics() {
        return topics;
    }

    Admin admin() {
        return admin;
    }

    ReplicaSettings settings(Path folder) {
        String rules = Decider.rulesOf(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow());
        return new ReplicaSettings(
                new ClientSettings(Map.of("bootstrap.servers", bootstrapServers), Map.of()),
                topics,
                new DatabaseSettings(folder, MEMORY, DatabaseSettings.TIMELINE_KEPT, rules),
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                InstantSource.system());
    }

    /// Creates all topics, and inputs in which nothing waits.
    Changelogs create(int count, Map<String, String> configs) {
        return create(topics.inputs(), count, Map.of()).create(topics.all(), count, configs);
    }

    Changelogs create(Collection<String> names, int count, Map<String, String> configs) {
        partitions = count;
        done(() -> admin.createTopics(names.stream()
                        .map(name -> new NewTopic(name, Optional.of(count), Optional.empty()).configs(configs))
                        .toList())
                .all()
                .get());
        return this;
    }

    void delete(String topic) {
        done(() -> admin.deleteTopics(List.of(topic)).all().get());
    }

    /// Gives every topic that many partitions.
    void extend(int count) {
        partitions = count;
        done(() -> admin.createPartitions(topics.all().stream()
                        .collect(java.util.stream.Collectors.toMap(name -> name, _ -> NewPartitions.increaseTo(count))))
                .all()
                .get());
    }

    /// Writes the records that follow from these events, and returns how many there were.
    int write(Event... events) {
        return write(List.of(events));
    }

    int write(List<? extends Event> events) {
        List<ProducerRecord<byte[], byte[]>> records = recordsOf(events);
        records.forEach(record -> {
            var _ = producer.send(record);
        });
        producer.flush();
        return records.size();
    }

    /// What follows from these events alone.
    List<ProducerRecord<byte[], byte[]>> recordsOf(List<? extends Event> events) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (TopologyHarness harness = TopologyHarness.start()) {
            events.forEach(harness::send);
            KeywardTopology.stores().forEach(store -> {
                try (KeyValueIterator<Bytes, byte[]> rows = harness.store(store).all()) {
                    rows.forEachRemaining(row -> records.add(new ProducerRecord<>(
                            topics.changelog(store),
                            RowKeys.tenant(store, row.key)
                                    .map(tenant -> partitionOf(tenant.value()))
                                    .orElse(0),
                            row.key.get(),
                            row.value)));
                }
            });
            FollowedTopics.OUTPUTS.forEach(topic -> harness.rawOutput(topic)
                    .forEach(output -> records.add(record(topics.names().name(topic), output))));
        }
        return records;
    }

    private ProducerRecord<byte[], byte[]> record(String topic, TestRecord<String, byte[]> output) {
        return new ProducerRecord<>(
                topic,
                partitionOf(output.key().substring(0, output.key().indexOf('/'))),
                output.timestamp(),
                output.key().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                output.value());
    }

    int partitionOf(String tenant) {
        return TenantPartitioner.partitionOf(tenant, partitions);
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        done(() -> producer.send(record).get());
    }

    /// A producer that writes in transactions.
    KafkaProducer<byte[], byte[]> transactional(String id) {
        KafkaProducer<byte[], byte[]> made = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", id),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        made.initTransactions();
        return made;
    }

    private interface Work {
        void run() throws ExecutionException, InterruptedException;
    }

    private static void done(Work work) {
        try {
            work.run();
        } catch (ExecutionException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
