package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.app.console.Console;
import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.app.run.StopSignal;
import io.keyward.cli.records.EventProducer;
import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.console.replica.ReplicaException;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.sandbox.SampleFeed;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Run;
import io.keyward.topology.contract.EventLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A console beside a processor that has decided the sample, and the commands that ask it.
@ExtendWith(ClusterExtension.class)
class ConsoleIT {
    /// Two versions of a key that nobody uses, the first superseded long ago.
    private static final List<EventLine> SPARE = Stream.of(
                    "'2026-01-01T00:00:00Z','eventId':'spare-1','newVersion':'v1'",
                    "'2026-02-01T00:00:00Z','eventId':'spare-2','newVersion':'v2','previousVersion':'v1'")
            .map(more -> ("{'topic':'key-rotated','value':{'tenantId':'tailspin',"
                            + "'vaultUri':'https://kv-tailspin.vault.azure.net','keyName':'spare','occurredAt':" + more
                            + "}}")
                    .replace('\'', '"'))
            .map(EventLine::parse)
            .toList();

    /// Events that speak against disabling the first of them.
    private static final List<EventLine> PINNED = Stream.of(
                    "{'topic':'environment-changed','value':{'tenantId':'tailspin','eventId':'late-1',"
                            + "'occurredAt':'2026-05-01T00:00:00Z','environmentId':'late','type':'PRODUCTION',"
                            + "'managed':true,'lifecycle':'ACTIVE','cloudFlows':{'count':0},'desktopFlows':{'count':0}}}",
                    "{'topic':'policy-applied','value':{'tenantId':'tailspin','eventId':'late-2',"
                            + "'occurredAt':'2026-05-02T00:00:00Z','environmentId':'late','policyId':'p','key':"
                            + "{'vaultUri':'https://kv-tailspin.vault.azure.net','keyName':'spare','keyVersion':'v1'}}}",
                    "{'topic':'key-revoked','value':{'tenantId':'tailspin','eventId':'late-3',"
                            + "'occurredAt':'2026-05-03T00:00:00Z','vaultUri':'https://kv-tailspin.vault.azure.net',"
                            + "'keyName':'spare','keyVersion':'v1','cause':'KEY_DISABLED'}}")
            .map(line -> EventLine.parse(line.replace('\'', '"')))
            .toList();

    @TempDir
    private static Path folder;

    private static Cluster cluster;
    private static Instance processor;
    private static Console console;

    @BeforeAll
    static void start() {
        KeywardConfig config = config("sample.", "first");
        cluster.withTopics(config);
        processor = started(config);
        List<EventLine> events = new ArrayList<>(SPARE);
        events.addAll(SampleFeed.asWritten().events());
        decide(config, events);
        console = ready(Console.start(config));
    }

    @AfterAll
    static void stop() {
        console.close();
        processor.close();
    }

    @Test
    void explainSaysWhyAnEnvironmentIsLocked() {
        Run run = asked(ExplainCommand.class, "", "northwind/orders-prod");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "northwind/orders-prod",
                        "LOCKED (WARNING)",
                        "because of KeyRevoked northwind-010",
                        "R20 ",
                        "CRITICAL KEY_REVOKED",
                        "2026-08-31 10:00",
                        "What would fix it",
                        "records not read yet: 0");
    }

    @Test
    void jsonIsTheAnswerOfTheApi() throws Exception {
        Run run = asked(ExplainCommand.class, "", "tailspin/lab", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(withoutExtent(run.out()))
                .isEqualTo(withoutExtent(
                        get(console, "/api/v1/environments/tailspin/lab").body()));
    }

    @Test
    void whatIsNotThereIsNotExplained() {
        Run run = asked(ExplainCommand.class, "", "northwind/nowhere");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("nowhere");
    }

    @Test
    void aVersionThatAPolicyPinsMayNotBeDisabled() {
        Run run = asked(KeyCommand.class, "", "tailspin", "kv-tailspin/main", "--version", "v1");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("NOT SAFE", "IN_USE tailspin/payroll-prod", "crew-prod");
    }

    @Test
    void aVersionThatNobodyUsesMayBeDisabled() {
        String[] question = {"tailspin", "kv-tailspin/spare", "--version", "v1"};
        Awaitility.await() // until it is known up to when the processor has decided
                .until(() -> asked(KeyCommand.class, "", question).exitCode() == 0);
        Run run = asked(KeyCommand.class, "", question);
        assertThat(run.out()).contains("SAFE: nothing blocks it.", "Used by 0 environments");
    }

    @Test
    void whatIfTellsWhatWouldHappenAndWritesNothing() {
        int published =
                cluster.read("sample." + Topic.ENCRYPTION_DECISIONS.baseName()).size();
        Run run = asked(WhatIfCommand.class, """
                {"topic":"key-revoked","value":{"eventId":"if","tenantId":"contoso","occurredAt":"2026-09-01T00:00:00Z",\
                "vaultUri":"https://kv-contoso.vault.azure.net","keyName":"hr","cause":"KEY_DISABLED"}}
                """, "-");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("contoso/hr-prod", "CUSTOMER_MANAGED → LOCKED", "KEY_REVOKED", "Nothing was written.");
        assertThat(cluster.read("sample." + Topic.ENCRYPTION_DECISIONS.baseName()))
                .hasSize(published);
    }

    @Test
    void aLineThatWouldBeRefusedEndsWithOne() {
        Run run = asked(WhatIfCommand.class, """
                {"topic":"policy-removed","value":{"eventId":"if","tenantId":"contoso","occurredAt":"2026-09-01T00:00:00Z",\
                "environmentId":" ","policyId":"p"}}
                """, "-");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("(standard input):1: INVALID_ID");
    }

    @Test
    void aSecondConsoleAnswersAlikeAndNoGroupIsJoined() throws Exception {
        try (Console second = ready(Console.start(config("sample.", "second")))) {
            String path = "/api/v1/environments?tenant=tailspin";
            assertThat(withoutExtent(get(second, path).body()))
                    .isNotEmpty()
                    .isEqualTo(withoutExtent(get(console, path).body()));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            assertThat(admin.listGroups().all().get())
                    .extracting(GroupListing::groupId)
                    .doesNotContain("")
                    .allMatch(group -> group.endsWith("keyward"));
        }
    }

    @Test
    void twoConsolesCannotShareAFolder() {
        KeywardConfig config = config("sample.", "first");
        assertThatThrownBy(() -> Console.start(config))
                .isInstanceOf(ReplicaException.class)
                .hasMessageContaining(folder.resolve("first").toString());
    }

    @Test
    void itAnswersWhileTheProcessorIsDown() throws Exception {
        KeywardConfig config = config("down.", "down");
        cluster.withTopics(config);
        try (Instance _ = started(config)) {
            decide(config, SPARE);
        }
        try (Console alone = ready(Console.start(config))) {
            assertThat(get(alone, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(alone, "/api/v1/tenants/tailspin/keys/kv-tailspin.vault.azure.net/spare")
                            .body())
                    .contains("\"v2\"");
        }
    }

    @Test
    void nothingIsSafeWhileEventsWaitForTheProcessor() throws Exception {
        KeywardConfig config = config("waits.", "waits");
        cluster.withTopics(config);
        try (Instance _ = started(config)) {
            decide(config, SPARE);
        }
        try (Console alone = ready(Console.start(config))) {
            try (Instance _ = started(config)) {
                awaitThat(alone, "\"complete\":true");
            }
            Run before = askedAboutTheSpare(alone);
            assertThat(before.exitCode()).as(before.out() + before.err()).isZero();
            assertThat(get(alone, "/").body()).contains("Everything is known, nothing waits");

            send(config, PINNED);
            awaitThat(alone, "3 events have waited");
            Run waiting = askedAboutTheSpare(alone);
            assertThat(waiting.exitCode()).as(waiting.out()).isEqualTo(1);
            assertThat(waiting.out()).contains("NOT_KNOWN: 3 events have waited for the processor since");
            String answer = get(alone, "/api/v1/tenants/tailspin").body();
            assertThat(answer)
                    .contains("\"lag\":3,", "\"complete\":false", "3 events have waited for the processor since");
            assertThat(get(alone, "/").body())
                    .contains("3 events have waited for the processor since", "Not everything is known, 3 records wait")
                    .doesNotContain("Everything is known", "othing waits", "othing is waiting");
            HttpResponse<String> health = get(alone, "/health/ready");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"UP\"", "3 events have waited for the processor since");

            try (Instance _ = started(config)) {
                awaitThat(alone, "\"complete\":true");
            }
            Run decided = askedAboutTheSpare(alone);
            assertThat(decided.exitCode()).isEqualTo(1);
            assertThat(decided.out())
                    .contains("IN_USE tailspin/late", "records not read yet: 0")
                    .doesNotContain("NOT_KNOWN");
        }
    }

    @Test
    void whatIsNotCommittedYetWaitsTooAndTheEndOfATransactionDoesNot() throws Exception {
        KeywardConfig config = config("open.", "open");
        cluster.withTopics(config);
        String topic = config.topics().names().name(Topic.KEY_ROTATED);
        try (Instance _ = started(config);
                Console alone = ready(Console.start(config));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", "upstream"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            awaitThat(alone, "\"complete\":true");
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                            topic,
                            0,
                            "tailspin".getBytes(StandardCharsets.UTF_8),
                            "no Avro".getBytes(StandardCharsets.UTF_8)))
                    .get();
            awaitThat(alone, "1 event has waited for the processor");
            producer.commitTransaction();
            awaitThat(alone, "\"complete\":true");
        }
    }

    @Test
    void beforeItHasReadEverythingItSaysSo() throws Exception {
        try (Console early = Console.start(config("never-ran.", "early"))) {
            assertThat(get(early, "/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = get(early, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("DOWN", "reasons");
            HttpResponse<String> answer = get(early, "/api/v1/environments");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            Run run = Run.of(
                    ExplainCommand.class,
                    "",
                    List.of("a/b", "--url", early.uri().toString()));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("The console at " + early.uri() + " answered: ");
        }
    }

    @Test
    void stateThatThisReleaseDoesNotKnowIsRefusedInASentence() throws Exception {
        KeywardConfig config = config("newer.", "newer");
        cluster.withTopics(config);
        try (Instance _ = started(config)) {
            decide(config, SPARE);
        }
        String changelog = config.changelogs().stream()
                .filter(topic -> topic.contains("environments"))
                .findFirst()
                .orElseThrow();
        cluster.send(new ProducerRecord<>(
                changelog, "row of a newer release".getBytes(StandardCharsets.UTF_8), new byte[] {99, 1, 2, 3}));
        try (StopSignal stop = StopSignal.install();
                Console refusing = Console.start(config)) {
            assertThatThrownBy(() -> refusing.awaitEnd(stop))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageStartingWith("The console cannot go on: ")
                    .hasMessageContaining(changelog);
        }
    }

    private static KeywardConfig config(String prefix, String consoleFolder) {
        return cluster.config(
                prefix,
                Map.of(
                        "keyward.console.state.dir",
                                folder.resolve(consoleFolder).toString(),
                        "keyward.console.memory", "32 MiB",
                        "keyward.console.port", "0",
                        "keyward.progress.interval", "PT0.5S"));
    }

    private static Instance started(KeywardConfig config) {
        Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
        instance.start();
        return instance;
    }

    private static void decide(KeywardConfig config, List<EventLine> events) {
        send(config, events);
        try (Backlog backlog = Backlog.connect(config)) {
            Awaitility.await().until(() -> backlog.undecided().isEmpty());
        }
    }

    private static void send(KeywardConfig config, List<EventLine> events) {
        try (SchemaRegistry registry = SchemaRegistry.connect(config.registrySettings(), new RegistryHealth());
                EventProducer producer = EventProducer.connect(config, registry)) {
            producer.sendInOrder(events);
        }
    }

    private static void awaitThat(Console of, String answered) {
        Awaitility.await().until(() -> get(of, "/api/v1/environments").body().contains(answered));
    }

    private static Console ready(Console started) {
        Awaitility.await().until(() -> {
            started.rethrowFailure();
            return started.isReady();
        });
        return started;
    }

    private static Run asked(Class<?> command, String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", console.uri().toString()));
        return Run.of(command, input, all);
    }

    private static Run askedAboutTheSpare(Console of) {
        return Run.of(
                KeyCommand.class,
                "",
                List.of(
                        "tailspin",
                        "kv-tailspin/spare",
                        "--version",
                        "v1",
                        "--url",
                        of.uri().toString()));
    }

    private static HttpResponse<String> get(Console of, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(of.uri() + path)).build(), BodyHandlers.ofString());
        }
    }

    /// An answer without how far the console has read, which differs between consoles and from second to second.
    private static String withoutExtent(String answer) {
        return answer.substring(0, answer.indexOf("\"asOf\""));
    }
}
