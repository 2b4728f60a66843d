package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.ops.metrics.Scrape;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Kcat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Producers with other partitioners. The test is skipped if kcat is not installed.
@ExtendWith(ClusterExtension.class)
class ForeignProducerIT {
    private static final List<String> TENANTS =
            IntStream.range(0, 12).mapToObj(n -> "tenant-" + n).toList();
    private static Cluster cluster;
    private static Kcat kcat;

    @BeforeAll
    static void start(@TempDir Path folder) {
        assumeThat(Kcat.isInstalled()).as("kcat is installed").isTrue();
        kcat = new Kcat(folder, cluster.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {}
    }

    @Test
    void whatKcatPutsOnForeignPartitionsEndsAsIfEveryProducerWereRight() throws Exception {
        Map<String, Object> expected = decided("right.", ForeignProducerIT::byTheTenantsKey);
        Map<String, Object> actual = decided("foreign.", ForeignProducerIT::inTurns);

        assertThat(expected).hasSize(TENANTS.size());
        assertThat(misplaced(new TopicNames("right."))).isZero();
        assertThat(misplaced(new TopicNames("foreign."))).isPositive();
        assertThat(actual).isEqualTo(expected);
    }

    /// Sends the event with that number.
    private interface Producers {
        void send(TopicNames names, Event event, int number);
    }

    private static Map<String, Object> decided(String prefix, Producers producers) throws Exception {
        KeywardConfig config = cluster.config(prefix, Map.of());
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        List<Event> events = events();
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                Backlog backlog = Backlog.connect(config)) {
            instance.start();
            for (int number = 0; number < events.size(); number++) {
                producers.send(names, events.get(number), number);
            }
            Awaitility.await().until(() -> backlog.undecided().isEmpty());
            assertThat(reroutedBy(instance)).isEqualTo(misplaced(names));
        }
        assertThat(inputs(names)).as("what the inputs hold").isEqualTo(events.size());
        assertThat(cluster.read(names.deadLetters())).isEmpty();
        assertThat(cluster.read(names.rerouted())).hasSize((int) misplaced(names));
        return standing(names);
    }

    /// Five facts about each tenant: flows that exist, a policy, a rotation, and for every second one a revocation and
    /// for every fourth one a restoration.
    private static List<Event> events() {
        return IntStream.range(0, TENANTS.size())
                .boxed()
                .flatMap(n -> {
                    String tenant = TENANTS.get(n);
                    return Stream.<Event>of(
                                    changed(1, tenant, "hr", Lifecycle.ACTIVE, flowsFrom(1)),
                                    applied(2, tenant, "hr", "k1"),
                                    rotated(3, tenant, "k1", "v2"),
                                    revoked(4, tenant, "k1"),
                                    restored(5, tenant, "k1"))
                            .limit(n % 2 == 0 ? 3 : n % 4 == 1 ? 4 : 5);
                })
                .toList();
    }

    private static void byTheTenantsKey(TopicNames names, Event event, int number) {
        cluster.send(names, event);
    }

    /// One in three by a Java producer, one by kcat with the tenant as the key, one by kcat without a key.
    private static void inTurns(TopicNames names, Event event, int number) {
        Topic topic = Cluster.topicOf(event);
        List<byte[]> value = List.of(cluster.bytesOf(topic, event));
        switch (number % 3) {
            case 0 -> cluster.send(names, event);
            case 1 -> kcat.send(names.name(topic), Optional.of(event.tenantId().value()), value);
            default -> kcat.send(names.name(topic), Optional.empty(), value);
        }
    }

    private static long inputs(TopicNames names) {
        return names.inputs().stream()
                .mapToLong(topic -> cluster.read(topic).size())
                .sum();
    }

    /// How many records of the inputs are not on their tenant's partition.
    private static long misplaced(TopicNames names) {
        return names.inputs().stream()
                .flatMap(topic -> cluster.read(topic).stream())
                .filter(record -> record.partition()
                        != TenantPartitioner.partitionOf(
                                cluster.eventOf(record.value()).tenantId().value(), Cluster.PARTITIONS))
                .count();
    }

    private static long reroutedBy(Instance instance) {
        Double rerouted = Scrape.of(instance.httpUri()).samples().get("keyward_records_rerouted_total");
        assertThat(rerouted).isNotNull();
        return rerouted.longValue();
    }

    /// The final state of the outputs, without revisions and causes.
    private record Believed(Decision decision, List<String> openWarnings, List<String> suppressedSinks) {}

    private static Map<String, Object> standing(TopicNames names) {
        Map<String, Object> standing = new TreeMap<>();
        Set<String> raised = new TreeSet<>();
        cluster.published(names.warnings()).forEach(publication -> {
            if (((Publication.OfWarning) publication).clearedAt().isPresent()) {
                raised.remove(publication.key());
            } else {
                raised.add(publication.key());
            }
        });
        cluster.published(names.decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .forEach(last -> standing.put(
                        last.key(), new Believed(last.decision(), last.openWarnings(), last.suppressedSinks())));
        standing.forEach((environment, believed) -> assertThat(raised.stream()
                        .filter(warning -> warning.startsWith(environment + "/"))
                        .map(warning -> warning.substring(environment.length() + 1))
                        .collect(Collectors.toList()))
                .as("raised for %s", environment)
                .isEqualTo(
                        ((Believed) believed).openWarnings().stream().sorted().toList()));
        return standing;
    }
}
