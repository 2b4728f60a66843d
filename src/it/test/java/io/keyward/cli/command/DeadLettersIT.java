package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.app.run.Instance;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Run;
import io.keyward.topology.DeadLetters;
import io.keyward.topology.contract.EventLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The commands `dead-letters` beside a processor; each test has topics of its own.
@ExtendWith(ClusterExtension.class)
class DeadLettersIT {
    private static final String BLANK = """
            {"eventId":"e1","tenantId":"contoso","occurredAt":"2026-03-01T10:00:00Z","source":"policies",\
            "environmentId":" ","policyId":"p1","key":{"vaultUri":"https://v.vault.azure.net","keyName":"k"}}""";

    private static final String LINE = "{\"topic\":\"policy-applied\",\"value\":" + BLANK + "}";
    private static Cluster cluster;

    @TempDir
    private Path folder;

    @Test
    void whatIsRefusedIsFoundRepairedAndDecidedOnce() throws Exception {
        KeywardConfig config = prepared("repaired.");
        TopicNames names = config.topics().names();
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            EventLine refused = EventLine.parse(LINE);
            send(
                    names.name(Topic.POLICY_APPLIED),
                    cluster.bytesOf(Topic.POLICY_APPLIED, refused.value().orElseThrow()));
            awaitDeadLetters(names, 1);

            assertThat(letters(config, "list").outLines().get(1).split(" +"))
                    .startsWith("policies", "policy-applied", "INVALID_ID", "1");
            assertThat(letters(config, "list", "--source", "others").out()).contains("No dead letters match");
            ConsumerRecord<String, byte[]> received =
                    cluster.read(names.name(Topic.POLICY_APPLIED)).getFirst();
            String coordinates = "policy-applied/%d/%d".formatted(received.partition(), received.offset());
            assertThat(letters(config, "show", coordinates).out())
                    .contains(
                            "REFUSED INVALID_ID", "event e1, producer policies", "\"policyId\":\"p1\"", "traceparent");
            assertThat(letters(config, "show", "policy-applied/0/4711").exitCode())
                    .isOne();
            String line = letters(config, "show", "--json", "--code", "INVALID_ID", "--tenant", "contoso")
                    .outLines()
                    .getFirst();

            Run unrepaired = resend(config, line, "--yes");
            assertThat(unrepaired.exitCode()).isOne();
            assertThat(unrepaired.err()).contains(":1: INVALID_ID: environmentId", "nothing was sent");
            String repaired = line.replace("\"environmentId\":\" \"", "\"environmentId\":\"hr\"");
            assertThat(resend(config, repaired).out()).contains("Would send 1 record", "Use --yes");
            assertThat(resend(config, repaired + "\n" + repaired, "--yes").err())
                    .contains(":2: place: another line names the same dead letter");
            assertThat(cluster.read(names.name(Topic.POLICY_APPLIED))).hasSize(1);

            Run sent = resend(config, repaired, "--yes");
            assertThat(sent.out()).as(sent.err()).contains("Sent 1 record", "1 to repaired.policy-applied");
            Awaitility.await()
                    .until(() -> cluster.standingKeys(names.decisions()).contains("contoso/hr"));
            assertThat(cluster.read(names.name(Topic.POLICY_APPLIED)))
                    .filteredOn(record -> header(record).equals("repaired." + coordinates))
                    .singleElement()
                    .satisfies(record -> assertThat(record.headers().lastHeader("traceparent"))
                            .isNotNull());

            Run again = resend(config, repaired, "--yes");
            assertThat(again.out()).contains("Sent 0 records", "Not sent: 1 already resent");
            assertThat(letters(config, "resend", "--as-they-were", "--yes").out())
                    .contains("Sent 0 records");
            assertThat(cluster.read(names.name(Topic.POLICY_APPLIED))).hasSize(2);
            instance.rethrowFailure();
        }
    }

    @Test
    void whatIsRefusedAgainAsItWasIsSentAThirdTimeOnlyRepaired() throws Exception {
        KeywardConfig config = prepared("again.");
        TopicNames names = config.topics().names();
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            send(names.name(Topic.POLICY_APPLIED), BLANK.getBytes(StandardCharsets.UTF_8));
            send(names.name(Topic.KEY_REVOKED), new byte[] {0, 1, 2});
            awaitDeadLetters(names, 2);

            Run first = letters(config, "resend", "--as-they-were", "--topic", "policy-applied", "--yes");
            assertThat(first.out()).as(first.err()).contains("Sent 1 record", "1 to again.policy-applied");
            awaitDeadLetters(names, 3);
            assertThat(letters(config, "resend", "--as-they-were", "--topic", "policy-applied", "--yes")
                            .out())
                    .contains(
                            "Sent 0 records",
                            "Not sent: 1 refused again when they were resent",
                            "Not sent: 1 already resent");
            assertThat(cluster.read(names.name(Topic.POLICY_APPLIED))).hasSize(2);

            String second = letters(config, "show", "--json", "--limit", "1", "--topic", "policy-applied")
                    .outLines()
                    .getFirst();
            assertThat(second).contains("\"resentFrom\":{\"topic\":\"policy-applied\"");
            Run repaired =
                    resend(config, second.replace("\"environmentId\":\" \"", "\"environmentId\":\"hr\""), "--yes");
            assertThat(repaired.out()).as(repaired.err()).contains("Sent 1 record");
            Awaitility.await()
                    .until(() -> cluster.standingKeys(names.decisions()).contains("contoso/hr"));
            assertThat(letters(config, "list", "--json", "--topic", "key-revoked")
                            .out())
                    .startsWith("{\"topic\":\"key-revoked\",\"reason\":\"UNREADABLE\",\"count\":1,");
            instance.rethrowFailure();
        }
    }

    @Test
    void aLineThatNamesNoDeadLetterIsRefused() throws Exception {
        KeywardConfig config = prepared("none.");
        String line = LINE.replace("\" \"", "\"hr\"")
                .replace("{\"topic\"", "{\"place\":{\"partition\":0,\"offset\":0},\"topic\"");
        assertThat(resend(config, line, "--yes").err()).contains(":1: place: no dead letter exists there");
    }

    private static KeywardConfig prepared(String prefix) {
        KeywardConfig config = cluster.config(prefix, Map.of("keyward.refusals.records", "0"));
        cluster.withTopics(config);
        return config;
    }

    private static void send(String topic, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, "contoso".getBytes(StandardCharsets.UTF_8), value);
        record.headers().add("traceparent", "00-1".getBytes(StandardCharsets.UTF_8));
        cluster.send(record);
    }

    private static void awaitDeadLetters(TopicNames names, int letters) {
        Awaitility.await().until(() -> cluster.read(names.deadLetters()).size() == letters);
    }

    private static String header(ConsumerRecord<String, byte[]> record) {
        return Stream.ofNullable(record.headers().lastHeader(DeadLetters.RESENT_FROM))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private Run resend(KeywardConfig config, String lines, String... options) throws Exception {
        Path file = Files.writeString(folder.resolve("lines.jsonl"), lines);
        List<String> arguments = new ArrayList<>(List.of("resend", file.toString()));
        arguments.addAll(List.of(options));
        return letters(config, arguments.toArray(String[]::new));
    }

    private Run letters(KeywardConfig config, String... arguments) throws Exception {
        Path file = Files.writeString(folder.resolve("keyward.properties"), config.describe());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", file.toString()));
        return Run.of(DeadLettersCommand.class, "", all);
    }
}
