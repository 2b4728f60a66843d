package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.topology.HostileFate;
import io.keyward.topology.HostileRecords;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The flood of `HostileInputTest`, smaller, through a real broker, on any partition. `-Dfuzz.seed` repeats a run.
class HostileInputIT {
    private static final int RECORDS = 10_000;
    private static final int GOOD = 200;

    @Test
    void eachIsRefusedOnceAndWhatIsGoodInBetweenIsDecided(@TempDir Path folder) {
        long seed = Long.getLong("fuzz.seed", new Random().nextLong());
        System.out.println("-Dfuzz.seed=" + seed);
        HostileFate fate = new HostileFate();
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig config = cluster.config("hostile.", Map.of("keyward.refusals.records", "0"));
            TopicNames names = config.topics().names();
            cluster.withTopics(config);
            try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                    Backlog backlog = Backlog.connect(config)) {
                instance.start();
                flood(cluster, names, seed, fate);
                Awaitility.await().until(() -> backlog.undecided().isEmpty());
                instance.rethrowFailure();
            }
            cluster.read(names.deadLetters())
                    .forEach(deadLetter -> fate.refused(deadLetter.headers(), deadLetter.value()));
            fate.assertThatAllIsSettled();
            assertThat(statesOfGood(cluster, names))
                    .as("seed %d", seed)
                    .hasSize(GOOD)
                    .allSatisfy((_, state) -> assertThat(state).isEqualTo(EncryptionState.LOCKED));
        }
    }

    /// Good events of tenants of their own, each after some of the hostile records.
    private static void flood(Cluster cluster, TopicNames names, long seed, HostileFate fate) {
        HostileRecords hostile = new HostileRecords(seed, cluster::bytesOf);
        List<Event> good = IntStream.range(0, GOOD)
                .mapToObj(n -> "sound-" + n)
                .flatMap(tenant ->
                        List.<Event>of(clean(1, tenant, "hr"), applied(2, tenant, "hr", "k1"), revoked(3, tenant, "k1"))
                                .stream())
                .toList();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster.bootstrapServers(),
                        "compression.type",
                        "lz4",
                        "max.request.size",
                        50_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int number = 0; number < RECORDS; number++) {
                HostileRecords.Hostile next = hostile.next();
                fate.sent(next);
                var _ = producer.send(new ProducerRecord<>(
                        names.name(next.topic()),
                        number % Cluster.PARTITIONS,
                        null,
                        null,
                        next.value(),
                        next.headers()));
                if (number % (RECORDS / good.size()) == 0 && number / (RECORDS / good.size()) < good.size()) {
                    cluster.send(names, good.get(number / (RECORDS / good.size())));
                }
            }
        }
    }

    private static Map<String, EncryptionState> statesOfGood(Cluster cluster, TopicNames names) {
        Map<String, EncryptionState> states = new HashMap<>();
        cluster.published(names.decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .filter(decision -> decision.tenantId().value().startsWith("sound-"))
                .forEach(decision ->
                        states.put(decision.key(), decision.decision().encryptionState()));
        return states;
    }
}
