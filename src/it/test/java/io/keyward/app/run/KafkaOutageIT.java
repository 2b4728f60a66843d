package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.cluster.TopicAdmin;
import io.keyward.config.KeywardConfig;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.testing.LeaderlessPartitions;
import io.keyward.testing.ProcessorProgram;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator sees of a processor whose only broker does not answer, because it is frozen (connections stay
/// open) or stopped.
class KafkaOutageIT {
    private static final String BEGIN = "Kafka does not answer";
    private static final String END = "answers again";

    @TempDir
    Path folder;

    private final int port = FreePorts.one();
    private final Thread work = Thread.ofPlatform().unstarted(this::keepAtWork);
    private ChildJvm broker;
    private EmbeddedSchemaRegistry registry;
    private ProcessorProgram processor;

    @BeforeEach
    void start() {
        broker = broker();
        registry = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0);
        KeywardConfig config = config();
        within().ignoreExceptions().until(() -> created(config));
        processor = ProcessorProgram.start(folder, "processor", config, Map.of("KEYWARD_LOG_FORMAT", "json"));
        within().until(processor::isReady);
        work.start();
        within().until(() -> lines("sent to the dead letters").count() > 0);
    }

    @AfterEach
    void stop() throws InterruptedException {
        work.interrupt();
        work.join();
        processor.close();
        registry.close();
        broker.close();
    }

    @Test
    void readinessMetricsAndOneLineEachTellWhenNoBrokerAnswersAndWhenOneDoesAgain() {
        broker.kill();
        assertTheOutageIsTold();
        broker = broker();
        assertTheEndIsTold();
        assertThat(lines("org.apache.kafka.clients.NetworkClient")).hasSizeBetween(1, 20);
        assertTheLogTellsNothingElse();
    }

    @Tag("full")
    @Test
    void theyTellOfABrokerThatIsFrozenToo() {
        try (ChildJvm.Paused _ = broker.freeze()) {
            assertTheOutageIsTold();
        }
        assertTheEndIsTold();
        assertTheLogTellsNothingElse();
    }

    private void assertTheLogTellsNothingElse() {
        assertThat(processor.err().lines()).allSatisfy(line -> {
            JsonNode entry = new ObjectMapper().readTree(line);
            assertThat(entry).isNotEmpty();
            assertThat(entry.has("error.stack_trace") && !isOfTheTransactionThatMetIt(entry))
                    .as(line)
                    .isFalse();
        });
        assertThat(fromBeginToEnd())
                .isNotEmpty()
                .noneMatch(line -> line.contains("org.apache.kafka.") && !isOfTheTaskThatIsGivenUp(line));
    }

    /// Such a transaction takes its task with it, whose rows cannot be counted meanwhile.
    private static boolean isOfTheTaskThatIsGivenUp(String line) {
        return line.contains("the task is closing dirty") || line.contains("could not be counted");
    }

    /// On a slow machine a commit may be under way. Then Kafka Streams says that the thread begins again.
    private static boolean isOfTheTransactionThatMetIt(JsonNode entry) {
        return entry.path("error.type").asText().endsWith(".TaskMigratedException")
                || entry.path("error.message").asText().startsWith("The transaction is not aborted: ");
    }

    /// Some twenty records a second that are refused, each of which becomes a dead letter: there is always work to be
    /// interrupted.
    private void keepAtWork() {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port, ProducerConfig.LINGER_MS_CONFIG, 50);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            while (true) {
                try {
                    producer.send(new ProducerRecord<>("cmk.policy-applied", new byte[] {1}, new byte[] {1}))
                            .get();
                } catch (ExecutionException noAnswer) {
                    // the next one gets one
                }
            }
        } catch (InterruptedException | InterruptException stopped) {
            // at the end of the test
        }
    }

    /// What is logged while the log says that Kafka does not answer.
    private List<String> fromBeginToEnd() {
        List<String> during = new ArrayList<>();
        boolean outage = false;
        for (String line : processor.err().lines().toList()) {
            outage = (outage || line.contains(BEGIN)) && !line.contains(END);
            if (outage) {
                during.add(line);
            }
        }
        return during;
    }

    private void assertTheOutageIsTold() {
        within().untilAsserted(() -> assertThat(processor.readiness())
                .contains("\"DOWN\"", "Kafka: no broker at 127.0.0.1:" + port + " has answered for"));
        assertThat(processor.isReady()).isFalse();
        Map<String, Double> metrics = processor.metrics();
        assertThat(metrics).containsEntry("keyward_ready", 0.0);
        double age = metrics.get("keyward_kafka_last_answer_age_seconds");
        assertThat(age).isGreaterThan(20);
        // What was fetched before may be processed late and wait a little, but the outage itself is not a wait for a
        // commit.
        assertThat(metrics.get("keyward_last_commit_age_seconds")).isLessThan(age / 2);
        within().until(() -> lines(BEGIN).count() > 0);
        double told = processor.metric("keyward_kafka_last_answer_age_seconds");
        // The watch looks every five seconds, and tells it once.
        within().until(() -> processor.metric("keyward_kafka_last_answer_age_seconds") > told + 6);
        assertThat(lines(BEGIN)).hasSize(1);
        assertThat(processor.isLive()).isTrue();
    }

    private void assertTheEndIsTold() {
        within().until(processor::isReady);
        assertThat(processor.metrics()).containsEntry("keyward_ready", 1.0);
        within().until(() -> processor.metric("keyward_kafka_last_answer_age_seconds") < 20);
        assertThat(lines(BEGIN)).hasSize(1);
        assertThat(lines(END)).hasSize(1);
    }

    private Stream<String> lines(String words) {
        return processor.err().lines().filter(line -> line.contains(words));
    }

    private ChildJvm broker() {
        return ChildJvm.start(
                "broker",
                ChildJvm.Program.of(LeaderlessPartitions.class, folder, port).small(),
                folder.resolve("broker.log"));
    }

    private static boolean created(KeywardConfig config) {
        try (TopicAdmin topics = new TopicAdmin(config)) {
            topics.create();
            return true;
        }
    }

    private KeywardConfig config() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "keyward.kafka.bootstrap.servers",
                "127.0.0.1:" + port,
                "keyward.registry.url",
                registry.url().toString(),
                "keyward.registry.auto.register.schemas",
                "true",
                "keyward.topics.partitions",
                "3",
                "keyward.state.dir",
                folder.resolve("state").toString(),
                "keyward.refusals.records",
                "0",
                "keyward.http.port",
                "0"));
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }

    private static ConditionFactory within() {
        return Awaitility.await().pollInterval(Duration.ofMillis(500));
    }
}
