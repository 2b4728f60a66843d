package io.keyward.app.run;

import static io.keyward.testing.Running.awaitDecisions;
import static io.keyward.testing.Running.within;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.GeneratedClasses;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.ops.metrics.Scrape;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.RegistryGate;
import io.keyward.testing.RegistryGate.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The registry fails in the middle of 10,000 events, half of which need schemas that are not cached yet.
@ExtendWith(ClusterExtension.class)
class RegistryOutageIT {
    /// More than two threads reach before they end and are replaced.
    private static final int LONG = 12;

    private static final int TENANTS = 500;
    private static final int ENVIRONMENTS = 10;
    private static final int EVENTS = 2 * TENANTS * ENVIRONMENTS;

    private static Cluster cluster;
    private static RegistryGate gate;

    @BeforeAll
    static void start() {
        gate = new RegistryGate(cluster.registryUrl());
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    @ParameterizedTest
    @EnumSource(names = "HANGING")
    void everyEventIsDecidedWhenTheRegistryIsBackAndNoneIsRefused(Failure failure) {
        KeywardConfig config = cluster.config(
                failure + ".",
                Map.of(
                        "keyward.registry.url", gate.url(),
                        "keyward.registry.http.read.timeout.ms", "500",
                        "keyward.registry.retries.deadline.ms", "1500",
                        "keyward.streams.num.stream.threads", "2"));
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            cluster.sendAll(records(names, 0, "known"));
            within().until(() -> sample(instance, "keyward_events_total{type=\"PolicyApplied\"}") > 0);

            gate.fail(failure);
            cluster.sendAll(records(names, TENANTS / 2, "another, for " + failure));
            within().untilAsserted(() ->
                    assertThat(InstanceHealth.readiness(instance).reasons()).anyMatch(r -> r.contains("registry")));
            within().until(() -> sample(instance, "keyward_registry_failures_total") > LONG);
            assertThat(sample(instance, "keyward_registry_available")).isZero();
            assertThat(InstanceHealth.liveness(instance).ok()).isTrue();

            gate.mend();
            awaitDecisions(config);
            assertThat(sample(instance, "keyward_registry_available")).isOne();
            instance.rethrowFailure();
        }
        assertThat(cluster.read(names.deadLetters())).isEmpty();
        assertEverythingIsDecided(names);
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "HANGING"})
    void everyEventIsDecidedAfterOtherOutages(Failure failure) {
        everyEventIsDecidedWhenTheRegistryIsBackAndNoneIsRefused(failure);
    }

    @Test
    void itIsKnownAlsoWhileNoRecordNeedsASchema() {
        KeywardConfig config = cluster.config(
                "idle.", Map.of("keyward.registry.url", gate.url(), "keyward.registry.http.read.timeout.ms", "500"));
        cluster.withTopics(config);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            gate.fail(Failure.STOPPED);
            within().until(() -> sample(instance, "keyward_registry_available") == 0);
            gate.mend();
            within().until(() -> sample(instance, "keyward_registry_available") == 1);
            instance.rethrowFailure();
        }
    }

    private static void assertEverythingIsDecided(TopicNames names) {
        Map<String, List<Publication.OfDecision>> decisions = cluster.published(names.decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .collect(Collectors.groupingBy(Publication.OfDecision::key));
        assertThat(decisions).hasSize(EVENTS / 2);
        assertThat(decisions).allSatisfy((_, ofOne) -> {
            assertThat(ofOne.getLast().decision().encryptionState()).isEqualTo(EncryptionState.CUSTOMER_MANAGED);
            assertThat(ofOne)
                    .extracting(Publication.OfDecision::revision)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, ofOne.size())
                            .mapToObj(Long::valueOf)
                            .toList());
        });
    }

    /// Half of all events: those of the tenants from `first` on, with the schema ids of that producer.
    private static List<ProducerRecord<byte[], byte[]>> records(TopicNames names, int first, String producer) {
        Map<Topic, Integer> ids = Stream.of(Topic.ENVIRONMENT_CHANGED, Topic.POLICY_APPLIED)
                .collect(Collectors.toMap(topic -> topic, topic -> idOf(topic, producer)));
        return IntStream.range(first, first + TENANTS / 2)
                .mapToObj("tenant-%03d"::formatted)
                .flatMap(RegistryOutageIT::eventsOf)
                .map(event -> {
                    Topic topic = Cluster.topicOf(event);
                    byte[] value = cluster.bytesOf(topic, event);
                    ByteBuffer.wrap(value).putInt(1, ids.get(topic));
                    byte[] key = event.tenantId().value().getBytes(StandardCharsets.UTF_8);
                    return new ProducerRecord<>(names.name(topic), key, value);
                })
                .toList();
    }

    private static Stream<Event> eventsOf(String tenant) {
        return IntStream.range(0, ENVIRONMENTS)
                .mapToObj("environment-%02d"::formatted)
                .flatMap(environment ->
                        Stream.of(clean(1, tenant, environment), applied(2, tenant, environment, "key")));
    }

    /// Registers the topic's schema as that producer documents it; the data are the same.
    private static int idOf(Topic topic, String producer) {
        String schema =
                GeneratedClasses.schema(topic.valueSchema().orElseThrow()).toString();
        return cluster.registry()
                .register(
                        topic.baseName() + "-value",
                        new Schema.Parser()
                                .parse(schema.replaceFirst("\"doc\":\"", "$0As written by " + producer + ". ")));
    }

    private static double sample(Instance instance, String series) {
        return Optional.ofNullable(Scrape.of(instance.httpUri()).samples().get(series))
                .orElseThrow();
    }
}
