package io.keyward.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.console.Console;
import io.keyward.app.records.EventProducer;
import io.keyward.app.records.StandardStreams;
import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.app.run.StopSignal;
import io.keyward.console.replica.ReplicaException;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.sandbox.SampleFeed;
import io.keyward.testing.Cluster;
import io.keyward.testing.Run;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A console beside a processor that has decided the sample, and the commands that ask it.
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

    @TempDir
    private static Path folder;

    private static Cluster cluster;
    private static Instance processor;
    private static Console console;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(folder.resolve("cluster"));
        KeywardConfig config = config("sample.", "first");
        cluster.withTopics(config);
        processor = Instance.prepare(config, false, Cluster.NOTHING_DUE);
        processor.start();
        List<EventLine> events = new ArrayList<>(SPARE);
        events.addAll(SampleFeed.asWritten().events());
        decide(config, events);
        console = ready(Console.start(config));
    }

    @AfterAll
    static void stop() {
        console.close();
        processor.close();
        cluster.close();
    }

    @Test
    void explainSaysWhyAnEnvironmentIsLocked() {
        Run run = asked(ExplainCommand::new, "", "northwind/orders-prod");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "northwind/orders-prod",
                        "LOCKED (WARNING)",
                        "because of KeyRevoked northwind-010",
                        "R20 ",
                        "CRITICAL KEY_REVOKED",
                        "2026-08-31 10:00",
                        "What would mend it",
                        "records not read yet: 0");
    }

    @Test
    void jsonIsTheAnswerOfTheApi() throws Exception {
        Run run = asked(ExplainCommand::new, "", "tailspin/lab", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().strip())
                .isEqualTo(
                        get(console, "/api/v1/environments/tailspin/lab").body().strip());
    }

    @Test
    void whatIsNotThereIsNotExplained() {
        Run run = asked(ExplainCommand::new, "", "northwind/nowhere");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("nowhere");
    }

    @Test
    void aVersionThatAPolicyPinsMayNotBeDisabled() {
        Run run = asked(KeyCommand::new, "", "tailspin", "kv-tailspin/main", "--version", "v1");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("NOT SAFE", "IN_USE tailspin/payroll-prod", "crew-prod");
    }

    @Test
    void aVersionThatNobodyUsesMayBeDisabled() {
        Run run = asked(KeyCommand::new, "", "tailspin", "kv-tailspin/spare", "--version", "v1");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("SAFE: nothing speaks against it.", "Used by 0 environments");
    }

    @Test
    void whatIfTellsWhatWouldHappenAndWritesNothing() {
        int published =
                cluster.read("sample." + Topic.ENCRYPTION_DECISIONS.baseName()).size();
        Run run = asked(WhatIfCommand::new, """
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
        Run run = asked(WhatIfCommand::new, """
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
            assertThat(environments(second, path)).isNotEmpty().isEqualTo(environments(console, path));
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
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
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
                    ExplainCommand::new, "", List.of("a/b", "--url", early.uri().toString()));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("The console at " + early.uri() + " answers: ");
        }
    }

    @Test
    void stateThatThisReleaseDoesNotKnowIsRefusedInASentence() throws Exception {
        KeywardConfig config = config("newer.", "newer");
        cluster.withTopics(config);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
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
                        "keyward.console.port", "0"));
    }

    private static void decide(KeywardConfig config, List<EventLine> events) {
        try (SchemaRegistry registry = SchemaRegistry.connect(config.registrySettings(), new RegistryHealth());
                EventProducer producer = EventProducer.connect(config, registry);
                Backlog backlog = Backlog.connect(config)) {
            producer.sendInOrder(events);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> backlog.undecided().isEmpty());
        }
    }

    private static Console ready(Console started) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            started.rethrowFailure();
            return started.isReady();
        });
        return started;
    }

    private static Run asked(
            Function<Supplier<StandardStreams>, Callable<Integer>> command, String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", console.uri().toString()));
        return Run.of(command, input, all);
    }

    private static HttpResponse<String> get(Console of, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(of.uri() + path)).build(), BodyHandlers.ofString());
        }
    }

    /// The list without how far the console has read, which differs from console to console.
    private static String environments(Console of, String path) throws IOException, InterruptedException {
        String body = get(of, path).body();
        return body.substring(0, body.indexOf("\"asOf\""));
    }
}
