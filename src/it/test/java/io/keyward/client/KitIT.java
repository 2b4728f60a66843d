package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.app.run.Instance;
import io.keyward.client.Outcome.Decided;
import io.keyward.client.Outcome.Pending;
import io.keyward.client.Outcome.Refused;
import io.keyward.client.Outcome.Unknown;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.id.KeyId;
import io.keyward.event.KeyReference;
import io.keyward.event.KeyRevoked;
import io.keyward.event.PolicyApplied;
import io.keyward.event.PolicyRemoved;
import io.keyward.event.RevocationCause;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Running;
import io.keyward.topology.Events;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a service that publishes with the kit gets to know, with a real broker, registry and processor.
@ExtendWith(ClusterExtension.class)
class KitIT {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static Cluster cluster;

    private final KeywardConfig config = cluster.config("kit.", Map.of("keyward.progress.interval", "PT0.5S"));
    private final TopicNames names = config.topics().names();
    private final Settings settings = Settings.of(
                    cluster.bootstrapServers(), cluster.registryUrl().toString())
            .withPrefix("kit.")
            .withKafka("partitioner.class", RoundRobinPartitioner.class.getName());

    @Test
    void aPublisherGetsToKnowWhatBecomesOfItsEvents() throws Exception {
        try (EventPublisher publisher = EventPublisher.connect(settings)) {
            assertThat(publisher.outcome(new Coordinates("kit.key-revoked", 0, 0)))
                    .as("while there are no topics")
                    .isEqualTo(new Pending());
            awaitUnknown(publisher, new Coordinates("kit.key-revoked", 0, 0), "kit.key-revoked does not exist");
            cluster.withTopics(config);
            List<Coordinates> good = new ArrayList<>();
            for (String tenant : List.of("contoso", "fabrikam", "münchen", "東京")) {
                Coordinates coordinates = publisher.publish(applied(tenant, AT)).get();
                assertThat(coordinates.topic()).isEqualTo("kit.policy-applied");
                assertThat(coordinates.partition())
                        .isEqualTo(TenantPartitioner.partitionOf(tenant, Cluster.PARTITIONS));
                good.add(coordinates);
            }
            PolicyApplied plain = applied("contoso", AT);
            plain.getKey().put("vaultUri", "http://contoso.vault.azure.net");
            Coordinates wrong = publisher.publish(plain).get();
            good.add(publisher.publish(removed("contoso")).get());
            assertThat(good)
                    .allSatisfy(coordinates ->
                            assertThat(publisher.outcome(coordinates)).isEqualTo(new Pending()));

            try (Instance instance = Instance.prepare(config, false, InstantSource.system())) {
                instance.start();
                Running.within().until(() -> isRefused(publisher, wrong));
                for (Coordinates coordinates : good) {
                    Running.within().until(() -> publisher.outcome(coordinates) instanceof Decided);
                }
                Coordinates later = new Coordinates(wrong.topic(), wrong.partition(), wrong.offset() + 100);
                assertThat(publisher.outcome(later)).isEqualTo(new Pending());
                awaitUnknown(publisher, later, " has no record at " + later.offset());
                awaitUnknown(publisher, new Coordinates(wrong.topic(), Cluster.PARTITIONS, 0), " no partition 3.");
                instance.rethrowFailure();
            }
            assertThat(isRefused(publisher, wrong)).isTrue();
            assertThat(cluster.read(names.rerouted())).isEmpty();
        }
        try (EventPublisher another = EventPublisher.connect(settings)) {
            Coordinates first = new Coordinates(
                    "kit.policy-applied", TenantPartitioner.partitionOf("contoso", Cluster.PARTITIONS), 0);
            Running.within().until(() -> another.outcome(first) instanceof Decided);
        }
    }

    /// A revocation reaches 2,000 environments, in portions.
    @Test
    void onceARevocationIsDecidedTheDecisionsOfAllItsEnvironmentsCanBeRead() throws Exception {
        KeywardConfig many = cluster.config("many.", Map.of("keyward.progress.interval", "PT0.1S"));
        cluster.withTopics(many);
        List<String> environments =
                IntStream.range(0, 2_000).mapToObj(n -> "e" + n).toList();
        cluster.sendAll(
                many.topics().names(),
                environments.stream()
                        .flatMap(e -> Stream.of(Events.clean(1, "contoso", e), Events.applied(1, "contoso", e, "k1"))));
        try (EventPublisher publisher = EventPublisher.connect(settings.withPrefix("many."));
                Instance instance = Instance.prepare(many, false, InstantSource.system())) {
            instance.start();
            Running.awaitDecisions(many);
            Coordinates coordinates = publisher.publish(revoked()).get();
            Running.within()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> publisher.outcome(coordinates) instanceof Decided);
            assertThat(cluster.published(many.topics().names().decisions()).stream()
                            .map(Publication.OfDecision.class::cast)
                            .filter(decision -> decision.cause().eventId().equals("revoked"))
                            .map(decision ->
                                    decision.environmentId().orElseThrow().value()))
                    .containsExactlyInAnyOrderElementsOf(environments);
            instance.rethrowFailure();
        }
    }

    private static KeyRevoked revoked() {
        KeyId key = Events.key("k1");
        return KeyRevoked.newBuilder()
                .setEventId("revoked")
                .setTenantId("contoso")
                .setOccurredAt(Events.day(2))
                .setVaultUri(key.vaultUri())
                .setKeyName(key.keyName())
                .setCause(RevocationCause.KEY_DISABLED)
                .build();
    }

    private static void awaitUnknown(EventPublisher publisher, Coordinates coordinates, String why) {
        Running.within().until(() -> publisher.outcome(coordinates) instanceof Unknown);
        assertThat(publisher.outcome(coordinates))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains(why));
    }

    private static boolean isRefused(EventPublisher publisher, Coordinates coordinates) {
        Outcome outcome = publisher.outcome(coordinates);
        assertThat(outcome).isNotInstanceOf(Decided.class);
        if (outcome instanceof Refused refused) {
            assertThat(refused.code()).isEqualTo("INVALID_FIELD");
            assertThat(refused.detail()).contains("vaultUri");
            return true;
        }
        return false;
    }

    private static PolicyApplied applied(String tenant, Instant occurredAt) {
        return PolicyApplied.newBuilder()
                .setEventId("e-" + tenant)
                .setTenantId(tenant)
                .setOccurredAt(occurredAt)
                .setEnvironmentId("hr")
                .setPolicyId("p1")
                .setKey(KeyReference.newBuilder()
                        .setVaultUri("https://contoso.vault.azure.net")
                        .setKeyName("k1")
                        .build())
                .build();
    }

    private static PolicyRemoved removed(String tenant) {
        return new PolicyRemoved("e-removed", tenant, AT.plusSeconds(60), "", "hr", "p1");
    }
}
