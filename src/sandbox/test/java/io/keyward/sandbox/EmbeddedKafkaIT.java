package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.testing.TestTopics;
import io.keyward.testing.process.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final String TOPIC = "notes";

    @TempDir
    Path data;

    @Test
    void whatWasWrittenIsStillThereAfterARestartOnAnotherPort() throws Exception {
        int firstPort;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            firstPort = port(kafka);
            createTopic(kafka);
            writeInATransaction(kafka, "before the restart");
            assertThat(committedValues(kafka, 1)).containsExactly("before the restart");
        }
        try (ServerSocket occupant = listeningOn(firstPort);
                EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            assertThat(port(kafka)).isNotEqualTo(occupant.getLocalPort());
            writeInATransaction(kafka, "after the restart");
            assertThat(committedValues(kafka, 2)).containsExactly("before the restart", "after the restart");
        }
    }

    /// As after a kill that the coordinator of transactions did not survive whole.
    @Test
    void whatALostTransactionHidesCanBeReadAgain() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            createTopic(kafka);
            Producer<String, String> producer = writer(kafka, "lost");
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "key", "never committed")).get();
            producer.close(Duration.ZERO); // aborts nothing
        }
        try (Stream<Path> logs = Files.list(data.resolve("log"))) {
            for (Path log : logs.filter(file -> file.getFileName().toString().startsWith("__transaction_state"))
                    .toList()) {
                Folders.delete(log);
            }
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            writeInATransaction(kafka, "committed");
            assertThat(LostTransactions.abort(kafka.bootstrapServers())).isEqualTo(1);
            assertThat(committedValues(kafka, 1)).containsExactly("committed");
            assertThat(LostTransactions.abort(kafka.bootstrapServers())).isZero();
        }
    }

    @Test
    void aTransactionThatGoesOnIsLeftAlone() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                Producer<String, String> producer = writer(kafka, "writer")) {
            createTopic(kafka);
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "key", "goes on")).get();
            assertThat(LostTransactions.abort(kafka.bootstrapServers())).isZero();
            producer.commitTransaction();
            assertThat(committedValues(kafka, 1)).containsExactly("goes on");
        }
    }

    @Test
    void theSamePortCanBeUsedAgainAfterClose() {
        EmbeddedKafka first = EmbeddedKafka.start(data, 0);
        first.close();
        first.close();
        try (EmbeddedKafka second = EmbeddedKafka.start(data, port(first))) {
            assertThat(second.bootstrapServers()).isEqualTo("127.0.0.1:" + port(first));
        }
    }

    @Test
    void aTakenPortIsNamedWithTheOptionThatAvoidsIt() throws IOException {
        try (ServerSocket occupant = listeningOn(0)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(data, occupant.getLocalPort()))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("Port " + occupant.getLocalPort())
                    .hasMessageContaining("--port-base");
        }
    }

    @Test
    void aFolderInUseIsNamedWithTheOptionThatAvoidsIt() {
        try (EmbeddedKafka running = EmbeddedKafka.start(data, 0)) {
            assertThat(port(running)).isPositive();
            assertThatThrownBy(() -> EmbeddedKafka.start(data, 0))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("in use")
                    .hasMessageContaining("--data");
        }
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EmbeddedKafka.start(file, 0))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data");
    }

    @Test
    void aFolderWithForeignDataIsRefusedAndUnlocked() throws IOException {
        Path meta = Files.createDirectories(data.resolve("log")).resolve("meta.properties");
        Files.writeString(meta, "version=1\nnode.id=7\ncluster.id=elsewhere\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EmbeddedKafka.start(data, 0))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining(data.toString());
        Files.delete(meta);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            assertThat(port(kafka)).isPositive();
        }
    }

    private static int port(EmbeddedKafka kafka) {
        return URI.create("kafka://" + kafka.bootstrapServers()).getPort();
    }

    private static ServerSocket listeningOn(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        return socket;
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            TestTopics.create(admin, List.of(new NewTopic(TOPIC, 1, (short) 1)));
        }
    }

    private static void writeInATransaction(EmbeddedKafka kafka, String value) throws Exception {
        try (Producer<String, String> producer = writer(kafka, "writer")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
            producer.commitTransaction();
        }
    }

    private static Producer<String, String> writer(EmbeddedKafka kafka, String transactionalId) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", transactionalId),
                new StringSerializer(),
                new StringSerializer());
    }

    private static List<String> committedValues(EmbeddedKafka kafka, int count) {
        try (Consumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            List<String> values = new ArrayList<>();
            Awaitility.await().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
            return values;
        }
    }
}
