package io.keyward.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.AuditSource;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Item;
import io.keyward.intake.Publisher;
import io.keyward.intake.audit.AuditLogs;
import io.keyward.intake.audit.Observed;
import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.testing.TestTopics;
import io.keyward.testing.process.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reading of audit logs from a real broker, which is what an Event Hub looks like to a client of Kafka.
class AuditLogsIT {
    private static final String HUB = "insights-logs-auditevent-contoso";
    private static final String GROUP = "keyward-intake-" + HUB;
    private static final long SEED = 21;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Collection<String> observed = new ConcurrentLinkedQueue<>();
    private final Random random = new Random(SEED);
    private volatile boolean down;

    private EmbeddedKafka kafka;
    private Admin admin;
    private KafkaProducer<byte[], byte[]> azure;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(folder, 0);
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        admin = Admin.create(settings);
        azure = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        azure.close();
        admin.close();
        kafka.close();
    }

    @Test
    void everyRecordIsPublishedThoughKafkaFailsAgainAndAgain() throws Exception {
        createHub();
        Set<String> sent = emit("before", 500);
        try (AuditLogs logs = open()) {
            sent.addAll(emit("while it reads", 500));
            Patience.until("all is acknowledged", () -> acknowledged.containsAll(sent));
            Patience.until("all is committed", () -> committed() == 1_000);
            assertThat(logs.reading()).isEqualTo(1);
            assertThat(logs.failing()).isZero();
        }
        assertThat(acknowledged).as("seed %d", SEED).isEqualTo(sent);
        assertThat(observed.stream().filter(told -> told.startsWith("item ")).collect(Collectors.toSet()))
                .hasSize(1_000);
    }

    @Test
    void whileKafkaIsDownNothingIsCommittedAndTheReaderStaysInItsGroup() throws Exception {
        createHub();
        down = true;
        try (AuditLogs logs = open()) {
            Set<String> sent = emit("during the outage", 100);
            Patience.until("it is a member", () -> members().size() == 1);
            List<String> member = members();
            Patience.until("it knows what is left", () -> logs.lag() == 100);
            assertThat(committed()).isZero();
            assertThat(members()).isEqualTo(member);
            assertThat(logs.failing()).as("the Event Hub itself can be read").isZero();
            down = false;
            Patience.until("all is acknowledged", () -> acknowledged.containsAll(sent));
            Patience.until("all is committed", () -> committed() == 100);
            assertThat(members()).isEqualTo(member);
        }
    }

    @Test
    void aSecondReaderTakesItsShareAndNothingIsLost() throws Exception {
        createHub();
        try (AuditLogs first = open()) {
            Set<String> sent = emit("for one", 300);
            Patience.until("the first reads", () -> !acknowledged.isEmpty());
            try (AuditLogs second = open()) {
                Patience.until("both are members", () -> members().size() == 2);
                sent.addAll(emit("for both", 300));
                Patience.until("all is acknowledged", () -> acknowledged.containsAll(sent));
                assertThat(first.failing() + second.failing()).isZero();
            }
            sent.addAll(emit("for one again", 300));
            Patience.until("all is acknowledged", () -> acknowledged.containsAll(sent));
            Patience.until("all is committed", () -> committed() == 900);
        }
    }

    @Test
    void anEventHubThatIsMissingCountsAsFailingUntilItIsThere() throws Exception {
        try (AuditLogs logs = open()) {
            Patience.until("it fails", () -> logs.failing() == 1);
            assertThat(logs.reading()).isZero();
            createHub();
            Set<String> sent = emit("at last", 10);
            Patience.until("all is acknowledged", () -> acknowledged.containsAll(sent));
            assertThat(logs.failing()).isZero();
            assertThat(logs.reading()).isEqualTo(1);
        }
    }

    @Test
    void oneEventHubThatCannotBeReachedDisturbsNoOther() throws Exception {
        createHub();
        AuditSource unreachable =
                new AuditSource(new TenantId("fabrikam"), HUB, Map.of("bootstrap.servers", "127.0.0.1:1"));
        try (AuditLogs logs = open(unreachable, source())) {
            Set<String> sent = emit("meanwhile", 10);
            Patience.until("all is acknowledged", () -> acknowledged.containsAll(sent));
            Patience.until("the other fails", () -> logs.failing() == 1);
            assertThat(logs.reading()).isEqualTo(1);
        }
    }

    private AuditLogs open(AuditSource... sources) {
        return AuditLogs.start(
                sources.length == 0 ? List.of(source()) : List.of(sources), this::publish, new Observed(observed));
    }

    private AuditSource source() {
        return new AuditSource(
                new TenantId("contoso"),
                HUB,
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.poll.records", "50"));
    }

    /// One of 200 records fails, and its predecessors arrive nevertheless.
    private CompletableFuture<Void> publish(TenantId tenant, Publisher.Origin origin, List<Item> items) {
        if (down || isUnlucky()) {
            return CompletableFuture.failedFuture(new TimeoutException("no broker answers"));
        }
        items.forEach(item -> acknowledged.add(new String(item.received(), StandardCharsets.UTF_8)));
        return CompletableFuture.completedFuture(null);
    }

    private synchronized boolean isUnlucky() {
        return random.nextInt(200) == 0;
    }

    private void createHub() throws Exception {
        TestTopics.create(admin, List.of(new NewTopic(HUB, Optional.of(2), Optional.empty())));
    }

    /// They are no JSON, so that each record is a delivery of its own.
    private Set<String> emit(String name, int count) {
        List<String> values =
                IntStream.range(0, count).mapToObj(i -> name + " " + i).toList();
        List<Future<RecordMetadata>> sent = values.stream()
                .map(value -> azure.send(new ProducerRecord<>(HUB, value.getBytes(StandardCharsets.UTF_8))))
                .toList();
        azure.flush();
        sent.forEach(Future::resultNow);
        return new HashSet<>(values);
    }

    private long committed() {
        return get(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata()).values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private List<String> members() {
        return get(admin.describeConsumerGroups(List.of(GROUP)).all()).get(GROUP).members().stream()
                .map(MemberDescription::consumerId)
                .sorted()
                .toList();
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }
}
