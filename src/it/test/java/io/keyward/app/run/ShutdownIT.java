package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.testing.ProcessorProgram;
import io.keyward.testing.process.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a processor does when it is asked to stop (SIGTERM), and when it is killed.
class ShutdownIT {
    private static final int TERMINATED = 143;
    private static final int FEW = 500;

    /// So many that deciding them lasts until it is asked to stop.
    private static final int ENVIRONMENTS = 5_000;

    @TempDir
    Path folder;

    @Test
    void inTheMiddleOfItsWorkItStopsInOrderAndTheNextOneDecidesTheRestOnce() {
        try (Cluster cluster = Cluster.start(folder)) {
            KeywardConfig config = cluster.config("stop.", Map.of());
            TopicNames names = config.topics().names();
            cluster.withTopics(config);
            cluster.sendAll(names, events(ENVIRONMENTS));
            try (ProcessorProgram first = ProcessorProgram.start(folder, "first", config, Map.of());
                    Backlog backlog = Backlog.connect(config)) {
                Awaitility.await().until(() -> cluster.read(names.decisions()).size() > 100);
                assertThat(first.stop()).isEqualTo(TERMINATED);
                assertThat(first.err()).contains("Stopped").doesNotContain(" ERROR ", "Exception");
                try (ProcessorProgram _ = ProcessorProgram.start(folder, "second", config, Map.of())) {
                    Awaitility.await().until(() -> backlog.undecided().isEmpty());
                }
            }
            Map<String, Long> revisions = new HashMap<>();
            cluster.published(names.decisions()).stream()
                    .map(Publication.OfDecision.class::cast)
                    .forEach(decision ->
                            assertThat(decision.revision()).isEqualTo(revisions.merge(decision.key(), 1L, Long::sum)));
            assertThat(revisions).hasSize(ENVIRONMENTS);
        }
    }

    @Tag("full")
    @Test
    void withoutItsBrokersItStopsWithinItsBound() {
        Cluster cluster = Cluster.start(folder);
        try (cluster) {
            KeywardConfig config = cluster.config("alone.", Map.of());
            cluster.withTopics(config);
            try (ProcessorProgram processor = ProcessorProgram.start(folder, "alone", config, Map.of())) {
                Awaitility.await().until(processor::isReady);
                cluster.close();
                assertThat(processor.stop()).isEqualTo(TERMINATED);
                assertThat(processor.err()).contains("Stopped");
            }
        }
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"rocksdb", "memory"})
    void killedItIsReadyAgainBeforeItsSessionHasExpired(String store) {
        try (Cluster cluster = Cluster.start(folder)) {
            Duration session = Patience.LIMIT.multipliedBy(3);
            KeywardConfig config = cluster.config(
                    "killed.",
                    Map.of(
                            "keyward.state.store",
                            store,
                            "keyward.streams.session.timeout.ms",
                            Long.toString(session.toMillis())));
            cluster.withTopics(config);
            try (ProcessorProgram first = ProcessorProgram.start(folder, "first", config, Map.of())) {
                Awaitility.await().until(first::isReady);
                first.kill();
            }
            try (ProcessorProgram second = ProcessorProgram.start(folder, "second", config, Map.of())) {
                Awaitility.await().until(second::isReady);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "rocksdb")
    void killedInATransactionItLetsReadersWaitOnlyUntilItIsBack(String store) {
        try (Cluster cluster = Cluster.start(folder)) {
            Duration limit = Duration.ofMinutes(15);
            String millis = Long.toString(limit.toMillis());
            Map<String, String> settings = Map.of("keyward.state.store", store);
            Map<String, String> open = new HashMap<>(settings);
            open.put("keyward.streams.commit.interval.ms", millis);
            open.put("keyward.streams.producer.transaction.timeout.ms", millis);
            KeywardConfig config = cluster.config("open.", settings);
            cluster.withTopics(config);
            cluster.sendAll(config.topics().names(), events(FEW));
            try (ProcessorProgram first =
                    ProcessorProgram.start(folder, "first", cluster.config("open.", open), Map.of())) {
                Awaitility.await()
                        .until(() -> cluster.written(config.topics().names().decisions()) > 0);
                first.kill();
            }
            try (ProcessorProgram _ = ProcessorProgram.start(folder, "second", config, Map.of());
                    Backlog backlog = Backlog.connect(config)) {
                Awaitility.await().until(() -> backlog.undecided().isEmpty());
                assertThat(cluster.standing(config.topics().names().decisions()))
                        .hasSize(FEW);
            }
        }
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = "memory")
    void killedWithItsStoresInMemoryItDoesSoToo(String store) {
        killedInATransactionItLetsReadersWaitOnlyUntilItIsBack(store);
    }

    private static Stream<Event> events(int environments) {
        return IntStream.range(0, environments)
                .boxed()
                .flatMap(number -> Stream.of(
                        clean(1, "tenant-" + number % 200, "e" + number),
                        applied(2, "tenant-" + number % 200, "e" + number, "k1")));
    }
}
