package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.testing.Cluster;
import io.keyward.testing.ProcessorProgram;
import io.keyward.testing.Program;
import io.keyward.testing.RegistryGate;
import io.keyward.testing.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a processor in a container writes to its log, and what it never does.
class LogsIT {
    private static final Path DOCUMENT = Path.of("docs", "logs.md");
    private static final Set<String> OF_A_RECORD = Set.of("kafka.topic", "kafka.partition", "kafka.offset");
    private static final Pattern FIELD = Pattern.compile("`([^`]+)`");
    private static final String PAYLOAD = "no avro but a private matter";
    private static final String PASSWORD = "hunter2";

    @TempDir
    Path folder;

    @Test
    void everyLineIsJsonInDocumentedFieldsAndNoneHoldsAPayloadOrASecret() throws IOException {
        Set<String> documented = documented();
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig config = config(cluster);
            List<JsonNode> lines = new ArrayList<>();
            try (Program processor = startedInAContainer(cluster, config)) {
                processor.awaitErr("Started");
                spoil(cluster, config.topics().names());
                processor.awaitErr("TIMESTAMP_IN_FUTURE");
                processor.awaitErr("arrived on wrong partitions");
                processor.terminate().exitCode();

                assertThat(processor.err()).doesNotContain(PAYLOAD, PASSWORD).contains("[hidden]");
                processor.err().lines().map(LogsIT::json).forEach(lines::add);
            }
            assertThat(lines).allSatisfy(line -> assertThat(documented).containsAll(names(line)));
            assertThat(about(lines, "UNREADABLE")).singleElement().satisfies(line -> {
                assertThat(names(line)).containsAll(OF_A_RECORD).doesNotContain("event.id");
                assertThat(line.path("kafka.topic").asText()).isEqualTo("logs.policy-applied");
            });
            assertThat(about(lines, "TIMESTAMP_IN_FUTURE"))
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line.path("event.id").asText()).isEqualTo("applied-36500-contoso-hr"));
            assertThat(about(lines, "arrived on wrong partitions"))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(names(line)).containsAll(OF_A_RECORD).contains("event.id"));
        }
    }

    @Tag("full")
    @Test
    void stillEveryLineIsJsonWhenAnOutageOfTheRegistryHasStreamThreadsReplaced() {
        try (Cluster cluster = Cluster.start(folder);
                RegistryGate gate = new RegistryGate(cluster.registryUrl())) {
            KeywardConfig config = cluster.config(
                    "outage.",
                    Map.of("keyward.registry.url", gate.url(), "keyward.registry.retries.deadline.ms", "1000"));
            cluster.withTopics(config);
            try (ProcessorProgram processor =
                    ProcessorProgram.start(folder, "outage", config, Map.of("KEYWARD_LOG_FORMAT", "json"))) {
                Running.within().until(processor::isReady);
                gate.fail(RegistryGate.Failure.BROKEN);
                cluster.send(config.topics().names(), clean(1, "contoso", "hr"));
                Running.within()
                        .until(() ->
                                processor.metrics().getOrDefault("kafka_stream_failed_stream_threads_total", 0.0) >= 2);
                gate.mend();
                Running.within().until(processor::isReady);
                processor.stop();

                assertThat(processor.err().lines().map(LogsIT::json))
                        .extracting(line -> line.path("message").asText())
                        .anyMatch(message -> message.contains("Schema registry does not answer"))
                        .contains("Schema registry answers again", "Stopped");
            }
        }
    }

    private Program startedInAContainer(Cluster cluster, KeywardConfig config) throws IOException {
        cluster.withTopics(config);
        Files.writeString(
                folder.resolve("keyward.properties"), config.describe().replace("[hidden]", "keyward:" + PASSWORD));
        return Program.startIn(
                Map.of("container", "oci", "KEYWARD_LOG_LEVEL", "DEBUG", "KEYWARD_LOG_LIBRARIES", "INFO"),
                folder,
                "processor",
                "run",
                "--config",
                "keyward.properties");
    }

    private KeywardConfig config(Cluster cluster) {
        return cluster.config(
                "logs.",
                Map.of(
                        "keyward.state.dir",
                        folder.resolve("state").toString(),
                        "keyward.kafka.ssl.key.password",
                        "keyward:" + PASSWORD,
                        "keyward.registry.basic.auth.credentials.source",
                        "USER_INFO",
                        "keyward.registry.basic.auth.user.info",
                        "keyward:" + PASSWORD));
    }

    /// Sends three records that are not events, one event from the future, and one on the wrong partition.
    private static void spoil(Cluster cluster, TopicNames names) {
        String policies = names.name(Topic.POLICY_APPLIED);
        byte[] tenant = "contoso".getBytes(StandardCharsets.UTF_8);
        for (int time = 0; time < 3; time++) {
            cluster.send(new ProducerRecord<>(policies, tenant, PAYLOAD.getBytes(StandardCharsets.UTF_8)));
        }
        cluster.send(names, applied(36_500, "contoso", "hr", "k1"));
        int wrong = (TenantPartitioner.partitionOf("contoso", 3) + 1) % 3;
        cluster.send(new ProducerRecord<>(
                names.name(Topic.ENVIRONMENT_CHANGED),
                wrong,
                tenant,
                cluster.bytesOf(Topic.ENVIRONMENT_CHANGED, clean(1, "contoso", "hr"))));
    }

    private static Stream<JsonNode> about(List<JsonNode> lines, String words) {
        return lines.stream().filter(line -> line.path("message").asText().contains(words));
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException failure) {
            throw new AssertionError("no JSON: " + line, failure);
        }
    }

    private static Set<String> names(JsonNode line) {
        Set<String> names = new TreeSet<>();
        line.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// The fields in the table of the document.
    private static Set<String> documented() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.equals("## Fields"))
                .takeWhile(line -> !line.startsWith("## What is not"))
                .filter(line -> line.startsWith("| `"))
                .flatMap(line ->
                        FIELD.matcher(line.substring(0, line.indexOf('|', 1))).results())
                .map(field -> field.group(1))
                .collect(Collectors.toSet());
    }
}
