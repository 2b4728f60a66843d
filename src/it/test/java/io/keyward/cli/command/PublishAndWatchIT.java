package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The commands `publish` and `watch` on a real broker; each test has topics of its own.
@ExtendWith(ClusterExtension.class)
class PublishAndWatchIT {
    private static final String GOOD = removal("p");
    private static final String BAD = removal(" ");
    private static Cluster cluster;

    @TempDir
    private Path folder;

    @Test
    void everyLineIsSentToItsTopicByItsTenant() throws IOException {
        TopicNames names = topics("sent.");

        Run run = publish("sent.", "-", GOOD + "\n" + GOOD.replace("{\"topic\"", "{\"key\": \"other\", \"topic\""));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("Sent 2 events to ");
        assertThat(cluster.read(names.name(Topic.POLICY_REMOVED)))
                .extracting(record -> record.key())
                .containsExactlyInAnyOrder("contoso", "other");
    }

    @Test
    void nothingIsSentWhenALineIsNoEvent() throws IOException {
        TopicNames names = topics("nothing.");

        Run run = publish("nothing.", "-", GOOD + "\n" + BAD + "\nnonsense\n");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("(standard input):2: INVALID_ID: policyId"),
                        second -> assertThat(second).startsWith("(standard input):3: event line: not valid JSON"),
                        third -> assertThat(third)
                                .contains("nothing was sent", "lines refused: 2 of 3", "--skip-invalid"));
        assertThat(cluster.read(names.name(Topic.POLICY_REMOVED))).isEmpty();
    }

    @Test
    void theRestIsSentOnWish() throws IOException {
        TopicNames names = topics("rest.");

        Run run = publish("rest.", "--skip-invalid", "-", GOOD + "\n" + BAD + "\n" + GOOD);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Sent 2 events", "lines skipped: 1");
        assertThat(cluster.read(names.name(Topic.POLICY_REMOVED))).hasSize(2);
    }

    @Test
    void whatATopicDoesNotTakeIsNamedBeforeAnythingIsSent() throws Exception {
        String topic = topics("small.").name(Topic.POLICY_REMOVED);
        cluster.alter(topic, "max.message.bytes", "2000");
        String large = GOOD.replace("\"eventId\"", "\"source\": \"" + "s".repeat(2_000) + "\", \"eventId\"");
        String input = GOOD + "\n" + large + "\n" + GOOD;

        Run refused = publish("small.", "-", input);

        assertThat(refused.errLines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("(standard input):2: TOO_LARGE: the record has 2"),
                        second -> assertThat(second).contains("nothing was sent", "lines refused: 1 of 3"));
        assertThat(cluster.read(topic)).isEmpty();
        assertThat(publish("small.", "--skip-invalid", "-", input).out()).contains("Sent 2 events", "lines skipped: 1");
    }

    @Test
    void topicsThatAreMissingAreNamedWithTheCommandThatCreatesThem() throws IOException {
        assertThat(publish("missing.", "-", GOOD).err())
                .contains("There is no topic missing.policy-removed", "bin/keyward topics create --config");
        assertThat(watch("missing.", "warnings").err())
                .contains("There is no topic missing.warnings", "bin/keyward topics create --config");
    }

    @Test
    void whatIsThereIsWatchedToItsEnd() throws IOException {
        topics("watched.");
        KeywardConfig config = cluster.config("watched.", Map.of());
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                Backlog backlog = Backlog.connect(config)) {
            publish("watched.", "src/sandbox/main/resources/sample/1-contoso.jsonl", "");
            publish("watched.", "src/sandbox/main/resources/sample/3-tailspin.jsonl", "");
            instance.start();
            Awaitility.await().until(() -> backlog.undecided().isEmpty());
        }

        Run decisions = watch("watched.", "decisions", "--json", "--from-start", "--until-end", "--tenant", "tailspin");
        assertThat(decisions.exitCode()).as(decisions.err()).isZero();
        assertThat(decisions.outLines())
                .allMatch(line -> line.startsWith("{\"topic\":\"encryption-decisions\",\"key\":\"tailspin/"))
                .anyMatch(line -> line.contains("\"key\":\"tailspin/crew-prod\"")
                        && line.contains("\"openWarnings\":[\"RETAIN_KEY\"]"));
        Run environment = watch("watched.", "--from-start", "--until-end", "--environment", "lab");
        assertThat(environment.outLines())
                .allMatch(line -> line.contains("tailspin/lab"))
                .anyMatch(line -> line.contains("WARNING REENABLE_REQUIRED"));
        assertThat(watch("watched.", "--until-end").out()).isEmpty();
    }

    @Test
    void outputsOfAKeyAreShownInTheOrderOfItsPartition() throws IOException {
        String decisions = topics("ordered.").decisions();
        int owningPartition = TenantPartitioner.partitionOf("contoso", Cluster.PARTITIONS);
        cluster.sendAll(List.of(
                tombstone(decisions, owningPartition, 2_000L, "earlier"),
                tombstone(decisions, owningPartition, 1_000L, "later")));

        assertThat(watch("ordered.", "--json", "--from-start", "--until-end").outLines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("contoso/earlier"),
                        second -> assertThat(second).contains("contoso/later"));
    }

    @Test
    void ofATenantOnlyItsPartitionIsRead() throws IOException {
        String decisions = topics("home.").decisions();
        int owningPartition = TenantPartitioner.partitionOf("contoso", Cluster.PARTITIONS);
        cluster.sendAll(List.of(
                tombstone(decisions, owningPartition, 1_000L, "at-home"),
                tombstone(decisions, (owningPartition + 1) % Cluster.PARTITIONS, 1_000L, "elsewhere")));

        assertThat(watch("home.", "--json", "--from-start", "--until-end", "--tenant", "contoso")
                        .outLines())
                .singleElement()
                .asString()
                .contains("contoso/at-home");
    }

    @Test
    void aForeignRecordIsPassedOver() throws IOException {
        TopicNames names = topics("foreign.");
        cluster.send(new ProducerRecord<>(names.warnings(), new byte[] {1}, new byte[] {2, 3}));

        Run run = watch("foreign.", "warnings", "--from-start", "--until-end");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
    }

    private static ProducerRecord<byte[], byte[]> tombstone(
            String topic, int partition, Long timestamp, String environment) {
        byte[] key = ("contoso/" + environment).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, partition, timestamp, key, null, List.of());
    }

    private static TopicNames topics(String prefix) {
        KeywardConfig config = cluster.config(prefix, Map.of());
        cluster.withTopics(config);
        return config.topics().names();
    }

    /// @param arguments options and a file; the last one is the standard input
    private Run publish(String prefix, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--config", configuration(prefix)));
        all.addAll(List.of(arguments).subList(0, arguments.length - 1));
        return Run.of(PublishCommand.class, arguments[arguments.length - 1], all);
    }

    private Run watch(String prefix, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--config", configuration(prefix)));
        all.addAll(List.of(arguments));
        return Run.of(WatchCommand.class, "", all);
    }

    private String configuration(String prefix) throws IOException {
        return Files.writeString(
                        folder.resolve(prefix + "properties"),
                        cluster.config(prefix, Map.of()).describe())
                .toString();
    }

    private static String removal(String policy) {
        return "{\"topic\": \"policy-removed\", \"value\": {\"eventId\": \"1\", \"tenantId\": \"contoso\","
                + " \"occurredAt\": \"2026-01-01T00:00:00Z\", \"environmentId\": \"hr\", \"policyId\": \"" + policy
                + "\"}}";
    }
}
