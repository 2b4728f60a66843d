package io.keyward.app.run;

import static io.keyward.testing.Running.within;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An instance that would refuse nearly every record of every tenant, on a real broker.
@ExtendWith(ClusterExtension.class)
class SystemicRefusalIT {
    private static final int EVENTS = 1_200;

    private static Cluster cluster;

    /// Like a newly created registry: it has schemas, but not under the ids of the records.
    @Test
    void anEmptiedRegistryStopsTheInstanceBeforeTheInputsAreDrained() {
        KeywardConfig config = cluster.config("emptied.", Map.of());
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        List<Event> events = events();
        events.forEach(event -> cluster.send(
                new ProducerRecord<>(names.name(Cluster.topicOf(event)), key(event), withUnknownId(cluster, event))));
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            within().until(instance::hasEnded);
            assertThatThrownBy(instance::rethrowFailure)
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("Nearly everything is refused")
                    .hasMessageContaining("UNREADABLE=")
                    .hasMessageContaining("keyward.registry.url");
        }
        int refused = cluster.read(names.deadLetters()).size();
        assertThat(refused).as("dead letters before the stop").isLessThan(200);
        try (Backlog backlog = Backlog.connect(config)) {
            assertThat(backlog.undecided().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("left for the next start")
                    .isGreaterThanOrEqualTo(EVENTS - refused);
        }
    }

    @Test
    void whereTheRecordsAreReallyBadTheInstanceCanBeToldToRefuseThemAll() {
        KeywardConfig config = cluster.config("bad.", Map.of("keyward.refusals.records", "0"));
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        List<Event> events = events();
        events.forEach(event -> cluster.send(
                new ProducerRecord<>(names.name(Cluster.topicOf(event)), key(event), withUnknownId(cluster, event))));
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                Backlog backlog = Backlog.connect(config)) {
            instance.start();
            within().until(() -> backlog.undecided().isEmpty());
            instance.rethrowFailure();
        }
        assertThat(cluster.read(names.deadLetters())).hasSize(EVENTS);
    }

    @Test
    void aBrokenProducerOfOneServiceStopsNobody() {
        KeywardConfig config = cluster.config("broken.", Map.of());
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                Backlog backlog = Backlog.connect(config)) {
            instance.start();
            for (int number = 0; number < EVENTS; number++) {
                Topic topic = number % 2 == 0 ? Topic.POLICY_APPLIED : Topic.POLICY_REMOVED;
                byte[] key = ("tenant-" + number % 100).getBytes(StandardCharsets.UTF_8);
                cluster.send(new ProducerRecord<>(names.name(topic), key, key));
            }
            cluster.send(names, clean(1, "contoso", "hr"));
            within().until(() -> backlog.undecided().isEmpty());
            instance.rethrowFailure();
        }
        assertThat(cluster.read(names.deadLetters())).hasSize(EVENTS);
        assertThat(cluster.published(names.decisions()))
                .extracting(Publication::key)
                .containsExactly("contoso/hr");
    }

    private static List<Event> events() {
        return IntStream.range(0, EVENTS / 3)
                .boxed()
                .flatMap(number -> Stream.<Event>of(
                        clean(1, "tenant-" + number % 100, "e" + number),
                        applied(2, "tenant-" + number % 100, "e" + number, "k" + number),
                        rotated(3, "tenant-" + number % 100, "k" + number, "v" + number)))
                .toList();
    }

    private static byte[] key(Event event) {
        return event.tenantId().value().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withUnknownId(Cluster of, Event event) {
        byte[] bytes = of.bytesOf(Cluster.topicOf(event), event);
        bytes[2] = 0x7f;
        return bytes;
    }
}
