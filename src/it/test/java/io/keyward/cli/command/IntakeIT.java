package io.keyward.cli.command;

import static io.keyward.testing.Running.awaitDecisions;
import static io.keyward.testing.Running.whileRunning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.keyward.app.intake.Intake;
import io.keyward.avro.GeneratedClasses;
import io.keyward.avro.KeyHintCodec;
import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.tracing.OtlpReceiver;
import io.keyward.registry.AvroDeserializer;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Program;
import io.keyward.testing.Run;
import io.keyward.testing.process.Patience;
import io.keyward.topology.Events;
import io.keyward.topology.contract.EventLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// An intake on a real broker and registry, as those who send to it and those who run it see it.
@ExtendWith(ClusterExtension.class)
class IntakeIT {
    /// How long Kafka is away. The acceptance is with `-Dintake.outage=PT10M`.
    private static final Duration OUTAGE = Duration.parse(System.getProperty("intake.outage", "PT20S"));

    private static final String SECRET = "a-secret-of-contoso";
    private static final String VAULT = "https://kv-contoso.vault.azure.net";

    /// The exit code after SIGTERM.
    private static final int TERMINATED = 143;

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    @Test
    void factsAndHintsArriveOnThePartitionOfTheirTenant() throws Exception {
        KeywardConfig config = config("arrive.", Map.of());
        cluster.withTopics(config);
        try (Intake intake = Intake.start(config)) {
            String changed =
                    EventGridSender.event("access", 2).replace("KeyNewVersionCreated", "VaultAccessPolicyChanged");
            String role = """
                    {"id":"role","source":"/subscriptions/s","specversion":"1.0","time":"2026-09-01T00:00:00Z",
                    "type":"Microsoft.Resources.ResourceDeleteSuccess",
                    "subject":"/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/a"}""";
            assertThat(post(
                            webhook(intake),
                            "[%s,%s,%s,{}]".formatted(EventGridSender.event("version", 1), changed, role)))
                    .isEqualTo(200);
            assertThat(facts("arrive.", Topic.KEY_ROTATED))
                    .extracting(event -> event.stamp().eventId().value())
                    .containsExactly("eg:version");
            assertThat(hints("arrive."))
                    .extracting(KeyHint::tenantId, KeyHint::vaultUri, KeyHint::keyName)
                    .containsExactly(
                            tuple(new TenantId("contoso"), Optional.of(VAULT), Optional.empty()),
                            tuple(new TenantId("contoso"), Optional.empty(), Optional.empty()));
            int owningPartition =
                    Utils.toPositive(Utils.murmur2("contoso".getBytes(StandardCharsets.UTF_8))) % Cluster.PARTITIONS;
            assertThat(List.of(read("arrive.", Topic.KEY_ROTATED), read("arrive.", Topic.KEY_HINTS)))
                    .allSatisfy(records -> assertThat(records)
                            .allMatch(record -> record.partition() == owningPartition
                                    && record.key().equals("contoso")));
            assertThat(read("arrive.", Topic.DEAD_LETTERS)).hasSize(1);

            assertThat(get(intake.operations() + "/health/ready").statusCode()).isEqualTo(200);
            assertThat(metrics(intake))
                    .contains(
                            "keyward_intake_requests_total{status=\"200\"} 1.0",
                            "result=\"fact\",source=\"event-grid\"",
                            "result=\"hint\",source=\"event-grid\"",
                            "result=\"refused\",source=\"event-grid\"",
                            "keyward_intake_tenants 1.0");
        }
    }

    @Test
    void nothingThatWasAnswered200IsLostInAnOutageOfKafka() throws Exception {
        KeywardConfig config = config("outage.", Map.of());
        cluster.withTopics(config);
        try (Intake intake = Intake.start(config);
                EventGridSender sender = EventGridSender.start(webhook(intake), 6)) {
            Patience.until("events are taken", () -> sender.taken().size() > 200);
            cluster.stopKafka();
            long stopped = System.nanoTime();
            Patience.until(
                    "Kafka has been away for " + OUTAGE,
                    OUTAGE.plus(Patience.LIMIT),
                    () -> System.nanoTime() - stopped > OUTAGE.toNanos() && sender.answers(503) > 6);
            int before = sender.taken().size();
            assertThat(get(intake.operations() + "/health/live").statusCode()).isEqualTo(200);
            cluster.startKafkaAgain();
            Patience.until("events are taken again", () -> sender.taken().size() > before + 200);
            sender.finish();
            Patience.until(
                    "it is ready again",
                    () -> get(intake.operations() + "/health/ready").statusCode() == 200);

            assertThat(sender.dropped()).isEmpty();
            assertThat(sender.statuses()).containsExactlyInAnyOrder(200, 503);
            List<Event> events = facts("outage.", Topic.KEY_ROTATED);
            assertThat(ids(events)).isEqualTo(sender.taken());
            assertThat(decided(events))
                    .as(
                            "%d events, %d of them different",
                            events.size(), sender.taken().size())
                    .hasSizeGreaterThan(decided(List.of()).size())
                    .isEqualTo(decided(distinct(events)));
        }
    }

    @Test
    void aTraceGoesFromTheRequestOverTheEventAndTheDecisionToTheWarning() throws Exception {
        KeywardConfig config = config("trace.", Map.of("keyward.tracing.enabled", "true"));
        cluster.withTopics(config);
        cluster.send(config.topics().names(), Events.clean(1, "contoso", "hr"), applied());
        String created = EventGridSender.event("created", 1);
        String expired = created.replace("KeyNewVersionCreated", "KeyExpired")
                .replace("\"created\"", "\"expired\"")
                .replace("\"EXP\":null", "\"EXP\":1788220800");
        String trace = "0af7651916cd43dd8448eb211c80319c";
        try (OtlpReceiver collector = OtlpReceiver.start()) {
            whileRunning(config, () -> {
                try (Intake intake = Intake.start(config)) {
                    assertThat(post(webhook(intake), "[" + created + "]")).isEqualTo(200);
                    assertThat(post(
                                    webhook(intake),
                                    "[" + expired + "]",
                                    "traceparent",
                                    "00-" + trace + "-b7ad6b7169203331-01"))
                            .isEqualTo(200);
                    awaitDecisions(config);
                }
            });
            List<OtlpReceiver.Received> spans = collector.spans().stream()
                    .filter(span -> span.trace().equals(trace))
                    .toList();
            assertThat(spans)
                    .extracting(OtlpReceiver.Received::service, OtlpReceiver.Received::name)
                    .containsExactlyInAnyOrder(
                            tuple("keyward-intake", "send"), tuple("keyward", "process trace.key-revoked"));
            OtlpReceiver.Received sent = named(spans, "send");
            OtlpReceiver.Received decided = named(spans, "process trace.key-revoked");
            assertThat(sent.parent()).isEqualTo("b7ad6b7169203331");
            assertThat(decided.parent()).isEqualTo(sent.span());
            assertThat(read("trace.", Topic.KEY_REVOKED))
                    .extracting(IntakeIT::traceparent)
                    .containsExactly(sent.asTraceparent());
            assertThat(read("trace.", Topic.WARNINGS))
                    .filteredOn(record -> record.key().equals("contoso/hr/KEY_REVOKED"))
                    .extracting(IntakeIT::traceparent)
                    .containsExactly(decided.asTraceparent());
        }
    }

    private static Event.PolicyApplied applied() {
        return new Event.PolicyApplied(
                new TenantId("contoso"),
                new Stamp(Events.day(2), new EventId("applied")),
                new EnvironmentId("hr"),
                new PolicyId("policy"),
                new KeyReference(new KeyId(VAULT, "hr"), Optional.empty()));
    }

    private static OtlpReceiver.Received named(List<OtlpReceiver.Received> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String traceparent(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8);
    }

    @Test
    void withoutItsTopicsItDoesNotStart() throws Exception {
        KeywardConfig config = config("absent.", Map.of());
        assertThatThrownBy(() -> Intake.start(config))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("absent.key-hints does not exist");
    }

    @Test
    void theCommandRunsUntilItIsToldToStop() throws Exception {
        KeywardConfig config = config("command.", Map.of());
        cluster.withTopics(config);
        Path file = Files.writeString(folder.resolve("intake.properties"), config.describe());
        try (Program intake = Program.start(folder, "intake", "intake", "--config", file)) {
            intake.awaitErr("Webhooks are at http://127.0.0.1:");
            intake.awaitErr("Started; health and metrics are at http://127.0.0.1:");
            assertThat(intake.terminate().exitCode()).isEqualTo(TERMINATED);
            assertThat(intake.err()).contains("Stopped").doesNotContain(" ERROR ", "Exception", SECRET);
        }
    }

    private static KeywardConfig config(String prefix, Map<String, String> more) throws IOException {
        Path secrets = Files.createDirectories(folder.resolve(prefix + "secrets"));
        Files.writeString(secrets.resolve("contoso"), SECRET + "\n");
        Map<String, String> settings = new HashMap<>(Map.of(
                "keyward.intake.secrets.dir", secrets.toString(),
                "keyward.intake.http.port", "0",
                "keyward.intake.timeout", "PT2S",
                "keyward.intake.rate", "1000000"));
        settings.putAll(more);
        return cluster.config(prefix, settings);
    }

    private static URI webhook(Intake intake) {
        return URI.create(intake.uri() + "/intake/eventgrid/contoso?code=" + SECRET);
    }

    private static int post(URI webhook, String body) {
        return post(webhook, body, "X-Other", "other");
    }

    private static int post(URI webhook, String body, String header, String value) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(webhook)
                                    .header("Content-Type", "application/json")
                                    .header(header, value)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }

    private static String metrics(Intake intake) {
        return get(intake.operations() + "/metrics").body();
    }

    private static HttpResponse<String> get(String url) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }

    private static List<ConsumerRecord<String, byte[]>> read(String prefix, Topic topic) {
        return cluster.read(prefix + topic.baseName());
    }

    private static List<Event> facts(String prefix, Topic topic) {
        return read(prefix, topic).stream()
                .map(record -> cluster.eventOf(record.value()))
                .toList();
    }

    private static List<KeyHint> hints(String prefix) {
        AvroDeserializer deserializer = AvroDeserializer.specific(
                cluster.registry(),
                List.of(GeneratedClasses.schema(Topic.KEY_HINTS.valueSchema().orElseThrow())),
                IntakeIT.class.getClassLoader());
        return read(prefix, Topic.KEY_HINTS).stream()
                .map(record -> KeyHintCodec.read(deserializer.deserialize("", record.value()))
                        .orElseThrow())
                .toList();
    }

    private static Set<String> ids(List<Event> events) {
        return events.stream().map(event -> event.stamp().eventId().value()).collect(Collectors.toSet());
    }

    private static List<Event> distinct(List<Event> events) {
        Map<String, Event> first = new LinkedHashMap<>();
        events.forEach(event -> first.putIfAbsent(event.stamp().eventId().value(), event));
        return List.copyOf(first.values());
    }

    /// What is published in all, if these events come after the sample, in which `contoso` uses the key. Without the
    /// offsets of causes: events that come twice move them.
    private static List<String> decided(List<Event> events) throws IOException {
        List<String> lines =
                new ArrayList<>(Files.readAllLines(Path.of("src/sandbox/main/resources/sample/1-contoso.jsonl")));
        events.forEach(event -> lines.add(EventLine.write(event, "event-grid").toString()));
        Run run = Run.of(SimulateCommand.class, String.join("\n", lines), List.of("-"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out()
                .lines()
                .map(line -> line.replaceAll("\"offset\":\\d+", ""))
                .toList();
    }
}
