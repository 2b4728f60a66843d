package io.keyward.console.replica;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.ClientSettings;
import io.keyward.console.replica.ReplicaStatus.Phase;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.FreePorts;
import io.keyward.topology.Events;
import io.keyward.topology.store.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may happen to the topics of a replica, on a real broker. Each test has topics of its own.
class ReplicaIT {
    private static final AtomicInteger CASES = new AtomicInteger();
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final EnvironmentId HR = new EnvironmentId("hr");
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    @TempDir
    private static Path brokerFolder;

    private static EmbeddedKafka kafka;

    @TempDir
    private Path folder;

    private final Changelogs changelogs = new Changelogs(kafka.bootstrapServers(), "case" + CASES.incrementAndGet());

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(brokerFolder, 0);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @AfterEach
    void close() {
        changelogs.close();
    }

    @Test
    void whatIsCommittedIsKnownAndARestartReadsNothingTwice() {
        changelogs.create(3, COMPACTED);
        int written = changelogs.write(
                clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), reported(3, "contoso", "lab", "k1"));
        try (Replica replica = ready()) {
            assertThat(replica.status().records()).isEqualTo(written);
            assertThat(environments(replica)).containsExactly("contoso/hr CUSTOMER_MANAGED");
            assertThat(users(replica)).containsExactly("hr", "lab");
            assertThat(timeline(replica)).isNotEmpty();
            changelogs.write(clean(1, "fabrikam", "it"));
            within().until(() -> environments(replica).size() == 2);
            assertThat(missing(replica)).isEmpty();
        }
        try (Replica again = ready()) {
            assertThat(again.status().records()).isZero();
            assertThat(environments(again)).hasSize(2);
            assertThat(users(again)).containsExactly("hr", "lab");
        }
    }

    /// Of the key `k1`.
    private static List<String> users(Replica replica) {
        List<String> users = new ArrayList<>();
        try (ReplicaView view = replica.view(Caller.ANYBODY)) {
            view.eachUser(Events.key("k1"), row -> users.add(row.environment().value()));
        }
        return users;
    }

    @Test
    void aKilledReplicaGoesOnWhereItWas() throws IOException {
        changelogs.create(2, COMPACTED);
        int written = changelogs.write(clean(1, "contoso", "hr"));
        Path log = folder.resolve("child.log");
        try (ChildJvm child = ChildJvm.start(
                "replica",
                ChildJvm.Program.of(
                                ReplicaChild.class,
                                kafka.bootstrapServers(),
                                changelogs.topics().applicationId(),
                                folder.resolve("replica"))
                        .small()
                        .command(),
                log,
                log)) {
            within().until(() -> Files.readString(log).contains("READY after " + written));
            child.kill();
        }
        int more = changelogs.write(clean(1, "fabrikam", "it"));
        try (Replica again = ready()) {
            assertThat(again.status().records()).isEqualTo(more);
            assertThat(environments(again)).hasSize(2);
        }
    }

    @Test
    void noAbortedRecordIsEverSeen() {
        changelogs.create(2, COMPACTED);
        changelogs.write(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
        List<ProducerRecord<byte[], byte[]>> aborted = changelogs.recordsOf(
                List.of(clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), revoked(3, "contoso", "k1")));
        try (Replica replica = ready();
                KafkaProducer<byte[], byte[]> producer = changelogs.transactional("aborting")) {
            long before = replica.status().records();
            for (int transaction = 0; transaction < 100; transaction++) {
                producer.beginTransaction();
                aborted.forEach(record -> {
                    var _ = producer.send(record);
                });
                producer.flush();
                producer.abortTransaction();
            }
            changelogs.write(clean(1, "fabrikam", "it"));
            within().until(() -> environments(replica).size() == 2);
            assertThat(environments(replica)).contains("contoso/hr CUSTOMER_MANAGED");
            within().until(() -> replica.status().lag() == 0);
            assertThat(replica.status().records() - before)
                    .isEqualTo(changelogs
                            .recordsOf(List.of(clean(1, "fabrikam", "it")))
                            .size());
        }
        assertThat(readUncommitted()).isGreaterThan(100L * aborted.size());
    }

    /// How many records a reader gets that does not ask for committed ones only.
    private long readUncommitted() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            changelogs
                    .topics()
                    .all()
                    .forEach(topic -> consumer.partitionsFor(topic)
                            .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long count = 0;
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                count += consumer.poll(Duration.ofMillis(100)).count();
            }
            return count;
        }
    }

    @Test
    void aTransactionThatStaysOpenIsTold() {
        changelogs.create(2, COMPACTED);
        changelogs.write(clean(1, "contoso", "hr"));
        String topic = changelogs.topics().changelog(Nodes.ENVIRONMENTS);
        try (Replica replica = ready();
                KafkaProducer<byte[], byte[]> producer = changelogs.transactional("hanging")) {
            producer.beginTransaction();
            changelogs.recordsOf(List.of(clean(1, "contoso", "it"))).forEach(record -> {
                var _ = producer.send(record);
            });
            producer.flush();
            within().until(() -> missing(replica).stream()
                    .anyMatch(sentence -> sentence.contains(topic + "-" + changelogs.partitionOf("contoso"))
                            && sentence.contains("transaction")));
            assertThat(replica.status().lag()).isZero();
            assertThat(environments(replica)).hasSize(1);
            producer.commitTransaction();
            within().until(() -> environments(replica).size() == 2);
            within().until(() -> missing(replica).isEmpty());
        }
    }

    @Test
    void addedPartitionsAreFollowed() {
        changelogs.create(1, COMPACTED);
        changelogs.write(clean(1, "contoso", "hr"));
        try (Replica replica = ready()) {
            changelogs.extend(4);
            String tenant = List.of("fabrikam", "northwind", "adatum", "litware").stream()
                    .filter(name -> changelogs.partitionOf(name) > 0)
                    .findFirst()
                    .orElseThrow();
            changelogs.write(clean(1, tenant, "it"));
            within().until(() -> environments(replica).size() == 2);
            within().until(() -> missing(replica).isEmpty());
            try (ReplicaView view = replica.view(Caller.ANYBODY)) {
                assertThat(view.staleness(new TenantId(tenant)).position().keySet())
                        .isNotEmpty()
                        .allMatch(partition -> partition.endsWith("-" + changelogs.partitionOf(tenant)));
            }
        }
    }

    @Test
    void aTopicThatWasCreatedAnewWhileWeReadStartsTheReplicaAnew() {
        changelogs.create(1, COMPACTED);
        changelogs.write(clean(1, "contoso", "hr"), clean(1, "contoso", "it"));
        try (Replica replica = ready()) {
            recreateEnvironments();
            changelogs.write(clean(1, "contoso", "hr"));
            within().until(() ->
                    replica.status().ready() && environments(replica).equals(List.of("contoso/hr MICROSOFT_MANAGED")));
        }
    }

    @Test
    void aTopicThatWasCreatedAnewWhileWeWereAwayStartsTheReplicaAnew() {
        changelogs.create(1, COMPACTED);
        changelogs.write(clean(1, "contoso", "hr"), clean(1, "contoso", "it"));
        ready().close();
        recreateEnvironments();
        changelogs.write(clean(1, "contoso", "hr"));
        try (Replica replica = ready()) {
            assertThat(environments(replica)).containsExactly("contoso/hr MICROSOFT_MANAGED");
        }
    }

    private void recreateEnvironments() {
        String topic = changelogs.topics().changelog(Nodes.ENVIRONMENTS);
        changelogs.delete(topic);
        within().ignoreExceptions().until(() -> {
            changelogs.create(List.of(topic), 1, COMPACTED);
            return true;
        });
    }

    /// The tombstone of the environment is gone, as after compaction: only a rebuild can drop the row.
    @Test
    void whoWasAwayForLongerThanTombstonesStayStartsAnew() throws ExecutionException, InterruptedException {
        changelogs.create(1, Map.of("cleanup.policy", "compact,delete", "delete.retention.ms", "1"));
        changelogs.write(clean(1, "contoso", "gone"));
        ready().close();
        changelogs.write(clean(1, "contoso", "hr"));
        String topic = changelogs.topics().changelog(Nodes.ENVIRONMENTS);
        changelogs
                .admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(1)))
                .all()
                .get();
        try (Replica replica = ready()) {
            assertThat(environments(replica)).containsExactly("contoso/hr MICROSOFT_MANAGED");
        }
    }

    @Test
    void positionsThatAreGoneStartTheReplicaAnew() throws ExecutionException, InterruptedException {
        changelogs.create(1, Map.of("cleanup.policy", "compact,delete"));
        changelogs.write(clean(1, "contoso", "gone"));
        ready().close();
        changelogs.write(clean(1, "contoso", "lost"));
        changelogs.write(clean(1, "contoso", "hr"));
        String topic = changelogs.topics().changelog(Nodes.ENVIRONMENTS);
        changelogs
                .admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(2)))
                .all()
                .get();
        try (Replica replica = ready()) {
            assertThat(environments(replica)).containsExactly("contoso/hr MICROSOFT_MANAGED");
        }
    }

    @Test
    void missingTopicsAreNamedAndAwaited() {
        List<String> all = changelogs.topics().all();
        changelogs.create(all.subList(1, all.size()), 1, COMPACTED);
        try (Replica replica = replica()) {
            within().until(() -> replica.status().phase() == Phase.WAITING
                    && replica.status().message().contains(all.getFirst()));
            assertThat(missing(replica)).anyMatch(sentence -> sentence.contains(all.getFirst()));
            changelogs.create(List.of(all.getFirst()), 1, COMPACTED);
            changelogs.write(clean(1, "contoso", "hr"));
            within().until(() ->
                    replica.status().ready() && environments(replica).size() == 1);
        }
    }

    @Test
    void aTopicThatIsGoneIsNamedWhileAnswersGoOn() {
        changelogs.create(1, COMPACTED);
        changelogs.write(clean(1, "contoso", "hr"));
        String topic = changelogs.topics().names().warnings();
        try (Replica replica = ready()) {
            changelogs.delete(topic);
            within().until(() -> missing(replica).stream().anyMatch(sentence -> sentence.contains(topic)));
            assertThat(replica.status().ready()).isTrue();
            assertThat(environments(replica)).hasSize(1);
        }
    }

    @Test
    void aFormThatThisReleaseDoesNotKnowStopsTheReplicaAndIsNamed() {
        changelogs.create(1, COMPACTED);
        changelogs.write(clean(1, "contoso", "hr"));
        String topic = changelogs.topics().changelog(Nodes.ENVIRONMENTS);
        ProducerRecord<byte[], byte[]> known = changelogs.recordsOf(List.of(clean(1, "contoso", "it"))).stream()
                .filter(record -> record.topic().equals(topic))
                .findFirst()
                .orElseThrow();
        try (Replica replica = ready()) {
            byte[] newer = known.value().clone();
            newer[0] = 99;
            changelogs.send(new ProducerRecord<>(topic, 0, known.key(), newer));
            within().until(() -> replica.status().phase() == Phase.FAILED);
            assertThat(replica.status().message())
                    .contains(topic + "-0", "version 99", "release that the processor runs");
            assertThat(replica.status().ready()).isFalse();
            assertThat(environments(replica)).containsExactly("contoso/hr MICROSOFT_MANAGED");
            assertThat(missing(replica)).contains(replica.status().message());
        }
    }

    @Test
    void aBrokerThatIsNotThereIsAwaited(@TempDir Path own) {
        int port = FreePorts.one();
        EmbeddedKafka broker = EmbeddedKafka.start(own, port);
        String address = broker.bootstrapServers();
        try (Changelogs topics = new Changelogs(address, "own")) {
            topics.create(1, COMPACTED);
            topics.write(clean(1, "contoso", "hr"));
            broker.close();
            ReplicaSettings settings = impatient(topics.settings(folder.resolve("replica")));
            try (Replica replica = Replica.start(settings)) {
                within().until(() -> replica.status().message().contains(address));
                assertThat(replica.status().ready()).isFalse();
                broker = EmbeddedKafka.start(own, port);
                within().until(() -> replica.status().ready());
                broker.close();
                within().until(() -> missing(replica).stream().anyMatch(sentence -> sentence.contains(address)));
                assertThat(replica.status().ready()).isTrue();
                assertThat(environments(replica)).hasSize(1);
                broker = EmbeddedKafka.start(own, port);
                topics.write(clean(1, "fabrikam", "it"));
                within().until(() ->
                        environments(replica).size() == 2 && missing(replica).isEmpty());
            }
        } finally {
            broker.close();
        }
    }

    private static ReplicaSettings impatient(ReplicaSettings settings) {
        ClientSettings kafka =
                settings.kafka().with("default.api.timeout.ms", "2000").with("request.timeout.ms", "1500");
        return new ReplicaSettings(
                kafka,
                settings.topics(),
                settings.database(),
                settings.refreshInterval(),
                settings.patience(),
                InstantSource.system());
    }

    private Replica replica() {
        return Replica.start(changelogs.settings(folder.resolve("replica")));
    }

    private Replica ready() {
        Replica replica = replica();
        within().until(() -> replica.status().ready());
        return replica;
    }

    private static ConditionFactory within() {
        return Awaitility.await().pollInterval(Duration.ofMillis(50));
    }

    private static List<String> environments(Replica replica) {
        try (ReplicaView view = replica.view(Caller.ANYBODY)) {
            return view.environments(EnvironmentQuery.all(100)).entries().stream()
                    .map(row -> row.tenant() + "/" + row.environment() + " "
                            + row.state().published().decision().orElseThrow().encryptionState())
                    .toList();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> timeline(Replica replica) {
        try (ReplicaView view = replica.view(Caller.ANYBODY)) {
            return view.timeline(CONTOSO, Optional.of(HR), Optional.empty(), 100).entries().stream()
                    .map(TimelineEntry::output)
                    .toList();
        }
    }

    /// Without what a processor would have to say: there is none.
    private static List<String> missing(Replica replica) {
        try (ReplicaView view = replica.view(Caller.ANYBODY)) {
            return view.staleness().missing().stream()
                    .filter(sentence -> !sentence.contains("up to when the processor has decided"))
                    .toList();
        }
    }
}
