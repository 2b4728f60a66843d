package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.KeywardCommand;
import io.keyward.cli.records.OutputFollower;
import io.keyward.client.Topic;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.testing.Apicurio;
import io.keyward.testing.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole flow with Apicurio Registry instead of Confluent's: schemas, events, decisions.
class ApicurioRunInterop {
    private static final List<String> STORY = List.of(
            "{\"topic\":\"environment-changed\",\"value\":{\"eventId\":\"e1\",\"tenantId\":\"contoso\",\"occurredAt\":\"2026-03-01T09:00:00Z\",\"environmentId\":\"hr\",\"type\":\"PRODUCTION\",\"managed\":true,\"lifecycle\":\"ACTIVE\",\"cloudFlows\":{\"count\":0},\"desktopFlows\":{\"count\":0}}}",
            "{\"topic\":\"policy-applied\",\"value\":{\"eventId\":\"e2\",\"tenantId\":\"contoso\",\"occurredAt\":\"2026-03-01T10:00:00Z\",\"environmentId\":\"hr\",\"policyId\":\"p1\",\"key\":{\"vaultUri\":\"https://contoso.vault.azure.net\",\"keyName\":\"cmk\"}}}");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void eventsAreDecided() throws IOException {
        try (Apicurio registry = Apicurio.start(folder);
                EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
            Path file = Files.write(
                    folder.resolve("keyward.properties"),
                    List.of(
                            "keyward.kafka.bootstrap.servers = " + kafka.bootstrapServers(),
                            "keyward.registry.url = " + registry.url(),
                            "keyward.topics.partitions = 2",
                            "keyward.state.dir = " + folder.resolve("state"),
                            "keyward.http.port = 0"));
            Path story = Files.write(folder.resolve("story.jsonl"), STORY);

            succeeds("topics", "create", "--config", file);
            succeeds("schemas", "register", "--config", file);
            assertThat(out.toString()).contains("registered  cmk.analytics-suppressions-value, id ");
            succeeds("schemas", "check", "--config", file);
            KeywardConfig config = KeywardConfig.load(Optional.of(file), Map.of(), new Properties());
            try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                    Backlog backlog = Backlog.connect(config)) {
                instance.start();
                succeeds("publish", "--config", file, story);
                Awaitility.await().until(() -> backlog.undecided().isEmpty());
                instance.rethrowFailure();
            }
            assertThat(decisions(config))
                    .containsExactly("MICROSOFT_MANAGED revision 1", "CUSTOMER_MANAGED revision 2");
        }
    }

    private List<String> decisions(KeywardConfig config) {
        try (var registry = RegistryConnection.open(config);
                OutputFollower follower = OutputFollower.open(config, registry)) {
            List<String> decisions = new ArrayList<>();
            while (!follower.isAtEnd()) {
                follower.poll().stream()
                        .filter(followed -> followed.output().topic() == Topic.ENCRYPTION_DECISIONS)
                        .map(followed -> followed.output().line().path("value"))
                        .forEach(decision ->
                                decisions.add(decision.path("encryptionState").asText() + " revision "
                                        + decision.path("revision").asLong()));
            }
            return decisions;
        }
    }

    private void succeeds(Object... arguments) {
        int exitCode = KeywardCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        assertThat(exitCode).as(err.toString()).isZero();
    }
}
