package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The processor on a real broker; each test has topics, a group and state of its own.
@ExtendWith(ClusterExtension.class)
class FlowIT {
    private static Cluster cluster;

    @ParameterizedTest(name = "group.protocol={0}")
    @ValueSource(strings = "classic")
    void eventsBecomeDecisionsWarningsAndSuppressions(String protocol) throws IOException, InterruptedException {
        KeywardConfig config =
                cluster.config("story-" + protocol + ".", Map.of("keyward.streams.group.protocol", protocol));
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            cluster.send(
                    names,
                    clean(1, "contoso", "hr"),
                    applied(2, "contoso", "hr", "k1"),
                    rotated(3, "contoso", "k1", "v2"),
                    revoked(4, "contoso", "k1"),
                    restored(5, "contoso", "k1"));

            within().untilAsserted(() -> assertThat(decisionsOf("contoso/hr", names))
                    .last()
                    .satisfies(last -> {
                        assertThat(last.decision().encryptionState()).isEqualTo(EncryptionState.RECOVERABLE);
                        assertThat(last.openWarnings()).containsExactly("REENABLE_REQUIRED");
                        assertThat(last.suppressedSinks())
                                .containsExactly("APPLICATION_INSIGHTS", "DATA_LAKE_EXPORT", "TENANT_REPORTING");
                    }));
            assertThat(cluster.published(names.suppressions())).hasSize(3);
            assertThat(page(instance, "/health/live")).contains("\"UP\"");
            within().untilAsserted(
                            () -> assertThat(page(instance, "/health/ready")).contains("\"UP\""));
            assertThat(page(instance, "/topology")).contains("read-policy-applied");
            assertThat(page(instance, "/metrics"))
                    .contains("keyward_events_total{type=\"KeyRevoked\"} 1.0")
                    .contains("keyward_decision_latency_seconds_bucket");
            assertThat(cluster.read(names.decisions()))
                    .allSatisfy(record ->
                            assertThat(record.partition()).isEqualTo(TenantPartitioner.partitionOf("contoso", 3)));
        }
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = "streams")
    void eventsBecomeThemInTheOtherProtocolToo(String protocol) throws IOException, InterruptedException {
        eventsBecomeDecisionsWarningsAndSuppressions(protocol);
    }

    @Test
    void aRestartOnKeptStateContinuesTheRevisions() {
        KeywardConfig config = cluster.config("restart.", Map.of());
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        try (Instance first = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            first.start();
            cluster.send(names, clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"));
            within().until(() ->
                    lastDecision("contoso/hr", names).decision().policyId().isPresent());
        }
        cluster.send(names, revoked(3, "contoso", "k1"));
        try (Instance second = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            second.start();
            within().until(() ->
                    lastDecision("contoso/hr", names).decision().encryptionState() == EncryptionState.LOCKED);
        }
        assertThat(decisionsOf("contoso/hr", names))
                .extracting(Publication.OfDecision::revision)
                .isEqualTo(revisionsUpTo(decisionsOf("contoso/hr", names).size()));
    }

    @Test
    void aChangedProfileDecidesEverythingAnewAndPublishesOnlyDifferences() {
        KeywardConfig before = cluster.config("profile.", Map.of());
        KeywardConfig after = cluster.config("profile.", Map.of("keyward.rules.profile", "2024-10-08"));
        TopicNames names = before.topics().names();
        cluster.withTopics(before);
        try (Instance instance = Instance.prepare(before, false, Cluster.NOTHING_DUE)) {
            instance.start();
            cluster.send(names, clean(1, "contoso", "plain"), clean(1, "contoso", "hr"), clean(1, "fabrikam", "it"));
            within().until(() -> decisionsOf("contoso/hr", names).size() == 1
                    && decisionsOf("fabrikam/it", names).size() == 1);
            cluster.send(names, applied(2, "contoso", "hr", "k1"), applied(2, "fabrikam", "it", "k1"));
            within().until(() -> decisionsOf("contoso/hr", names).size() == 2
                    && decisionsOf("fabrikam/it", names).size() == 2);
        }
        try (Instance instance = Instance.prepare(after, false, Cluster.NOTHING_DUE)) {
            instance.start();
            within().until(() -> decisionsOf("contoso/hr", names).size() == 3
                    && decisionsOf("fabrikam/it", names).size() == 3);
        }
        try (Instance again = Instance.prepare(after, false, Cluster.NOTHING_DUE)) {
            again.start();
            cluster.send(names, clean(3, "contoso", "last"));
            within().until(() -> !decisionsOf("contoso/last", names).isEmpty());
        }

        assertThat(decisionsOf("contoso/plain", names)).hasSize(1);
        assertThat(decisionsOf("contoso/hr", names)).hasSize(3).last().satisfies(decision -> {
            assertThat(decision.cause().eventType()).isEqualTo("PROFILE_CHANGED");
            assertThat(decision.cause().eventId()).isEqualTo("2024-10-08");
            assertThat(decision.ruleProfile()).isEqualTo("2024-10-08");
            assertThat(decision.suppressedSinks()).hasSize(7).doesNotContain("APPLICATION_INSIGHTS");
        });
        List<Publication> signals = cluster.published(names.suppressions()).stream()
                .filter(signal -> signal.tenantId().value().equals("contoso"))
                .toList();
        assertThat(signals).hasSize(3 + 5 + 1);
        assertThat(signals.stream()
                        .filter(signal ->
                                !((Publication.OfSignal) signal).signal().suppresses()))
                .singleElement()
                .extracting(Publication::key)
                .isEqualTo("contoso/hr/APPLICATION_INSIGHTS");
    }

    @Test
    void whatIsNoEventIsRefusedOnceAndTheRestFlowsOn() {
        KeywardConfig config = cluster.config("refused.", Map.of());
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        String policies = names.name(Topic.POLICY_APPLIED);
        byte[] tenant = "contoso".getBytes(StandardCharsets.UTF_8);
        Event.PolicyApplied policy = applied(2, "contoso", "hr", "k1");
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            cluster.send(names, clean(1, "contoso", "hr"));
            cluster.send(new ProducerRecord<>(policies, tenant, "no avro".getBytes(StandardCharsets.UTF_8)));
            cluster.send(new ProducerRecord<>(policies, tenant, null));
            cluster.send(new ProducerRecord<>(
                    policies, tenant, cluster.bytesOf(Topic.ENVIRONMENT_CHANGED, clean(1, "contoso", "x"))));
            cluster.send(names, policy);

            within().until(() ->
                    lastDecision("contoso/hr", names).decision().policyId().isPresent());
            List<ConsumerRecord<String, byte[]>> letters = cluster.read(names.deadLetters());
            assertThat(letters)
                    .extracting(letter -> header(letter, DeadLetterHeaders.REASON))
                    .containsExactlyInAnyOrder("UNREADABLE", "MISSING_VALUE", "WRONG_SCHEMA");
            assertThat(letters).allSatisfy(letter -> {
                assertThat(letter.key()).isEqualTo("contoso");
                assertThat(header(letter, DeadLetterHeaders.DETAIL)).isNotBlank();
                assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(policies);
            });
        }
    }

    @Test
    void anyPartitionerAndAnyKeyIsDecidedOnceOnTheTenantsPartition() {
        KeywardConfig config = cluster.config("misplaced.", Map.of());
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            List<String> tenants =
                    IntStream.range(0, 12).mapToObj(n -> "tenant-" + n).toList();
            for (String tenant : tenants) {
                byte[] wrongKey = "anything".getBytes(StandardCharsets.UTF_8);
                cluster.send(new ProducerRecord<>(
                        names.name(Topic.ENVIRONMENT_CHANGED),
                        wrongKey,
                        cluster.bytesOf(Topic.ENVIRONMENT_CHANGED, clean(1, tenant, "hr"))));
                cluster.send(new ProducerRecord<>(
                        names.name(Topic.POLICY_APPLIED),
                        Math.floorMod(tenant.hashCode(), 3),
                        null,
                        cluster.bytesOf(Topic.POLICY_APPLIED, applied(2, tenant, "hr", "k1"))));
            }
            within().untilAsserted(() -> assertThat(tenants)
                    .allSatisfy(tenant -> assertThat(lastDecision(tenant + "/hr", names)
                                    .decision()
                                    .enabledSince())
                            .contains(day(2))));
            for (String tenant : tenants) {
                assertThat(decisionsOf(tenant + "/hr", names))
                        .extracting(Publication.OfDecision::revision)
                        .containsExactly(1L, 2L);
                assertThat(lastDecision(tenant + "/hr", names).cause().topic()).isNotEqualTo(names.rerouted());
            }
            assertThat(cluster.read(names.decisions()))
                    .allSatisfy(record -> assertThat(record.partition())
                            .isEqualTo(TenantPartitioner.partitionOf(
                                    record.key().substring(0, record.key().indexOf('/')), 3)));
            assertThat(cluster.read(names.rerouted())).isNotEmpty();
            assertThat(cluster.read(names.deadLetters())).isEmpty();
        }
    }

    private static List<Publication.OfDecision> decisionsOf(String key, TopicNames names) {
        return cluster.published(names.decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .filter(decision -> decision.key().equals(key))
                .toList();
    }

    private static Publication.OfDecision lastDecision(String key, TopicNames names) {
        List<Publication.OfDecision> decisions = decisionsOf(key, names);
        assertThat(decisions).as("decisions of " + key).isNotEmpty();
        return decisions.getLast();
    }

    private static String page(Instance instance, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(instance.httpUri().resolve(path)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static ConditionFactory within() {
        return Awaitility.await().pollInterval(Duration.ofMillis(200)).ignoreException(AssertionError.class);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /// The revisions of an environment as they must be.
    private static List<Long> revisionsUpTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Long::valueOf).toList();
    }
}
