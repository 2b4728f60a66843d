package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.app.cluster.TopicAdmin;
import io.keyward.app.config.KeywardConfig;
import io.keyward.chaos.ChildJvm;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.testing.BrokerProgram;
import io.keyward.testing.FreePorts;
import io.keyward.testing.OutsideTemporaryFolders;
import io.keyward.testing.ProcessorProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator sees of a processor whose only broker does not answer: frozen, so that connections stay open, or
/// gone.
class KafkaOutageIT {
    private static final String BEGIN = "Kafka does not answer";
    private static final String END = "answers again";

    @TempDir(factory = OutsideTemporaryFolders.class)
    Path folder;

    private final int port = FreePorts.one();
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
    }

    @AfterEach
    void stop() {
        processor.close();
        registry.close();
        broker.close();
    }

    @Test
    void readinessMetricsAndOneLineEachTellWhenNoBrokerAnswersAndWhenOneDoesAgain() {
        try (ChildJvm.Frozen _ = broker.freeze()) {
            assertTheOutageIsTold();
        }
        assertTheEndIsTold(1);

        broker.kill();
        assertTheOutageIsTold();
        broker = broker();
        assertTheEndIsTold(2);

        assertThat(lines("org.apache.kafka.clients.NetworkClient")).hasSizeBetween(1, 20);
        assertThat(processor.err().lines())
                .allSatisfy(
                        line -> assertThat(new ObjectMapper().readTree(line)).isNotEmpty());
    }

    private void assertTheOutageIsTold() {
        long before = lines(BEGIN).count();
        within().untilAsserted(() -> assertThat(processor.readiness())
                .contains("\"DOWN\"", "Kafka: no broker at 127.0.0.1:" + port + " has answered for"));
        assertThat(processor.isReady()).isFalse();
        Map<String, Double> metrics = processor.metrics();
        assertThat(metrics).containsEntry("keyward_ready", 0.0).containsEntry("keyward_last_commit_age_seconds", 0.0);
        double age = metrics.get("keyward_kafka_last_answer_age_seconds");
        assertThat(age).isGreaterThan(20);
        within().until(() -> processor.metric("keyward_kafka_last_answer_age_seconds") > age + 15);
        assertThat(lines(BEGIN)).hasSize((int) before + 1);
        assertThat(processor.isLive()).isTrue();
    }

    private void assertTheEndIsTold(int outages) {
        within().until(processor::isReady);
        assertThat(processor.metrics()).containsEntry("keyward_ready", 1.0);
        assertThat(processor.metric("keyward_kafka_last_answer_age_seconds")).isLessThan(20);
        assertThat(lines(BEGIN)).hasSize(outages);
        assertThat(lines(END)).hasSize(outages);
    }

    private Stream<String> lines(String words) {
        return processor.err().lines().filter(line -> line.contains(words));
    }

    private ChildJvm broker() {
        return ChildJvm.start(
                "broker",
                ChildJvm.Program.of(BrokerProgram.class, folder.resolve("kafka"), port),
                folder.resolve("broker.log"));
    }

    private static boolean created(KeywardConfig config) {
        try (TopicAdmin topics = TopicAdmin.connect(config)) {
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
                "keyward.http.port",
                "0"));
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }

    private static ConditionFactory within() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(500));
    }
}
