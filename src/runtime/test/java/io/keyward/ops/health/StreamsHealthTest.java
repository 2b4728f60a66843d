package io.keyward.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsHealthTest {
    private final RestoreProgress restore = new RestoreProgress();

    @ParameterizedTest(name = "{0} with {1} threads: live {2}, ready {3}")
    @CsvSource({
        "CREATED,          0, true,  false",
        "CREATED,          2, true,  false",
        "REBALANCING,      2, true,  false",
        "REBALANCING,      0, false, false",
        "RUNNING,          2, true,  true",
        "RUNNING,          1, true,  true",
        "RUNNING,          0, false, false",
        "PENDING_SHUTDOWN, 2, true,  false",
        "PENDING_SHUTDOWN, 0, true,  false",
        "NOT_RUNNING,      0, false, false",
        "PENDING_ERROR,    1, false, false",
        "ERROR,            0, false, false",
    })
    void theStateOfKafkaStreamsDecides(State state, int threads, boolean live, boolean ready) {
        HealthSource health = health(state, threads);
        assertThat(health.liveness().ok()).isEqualTo(live);
        assertThat(health.readiness().ok()).isEqualTo(ready);
    }

    @Test
    void aRestorationIsNamedStoreByStoreAndIsNoReasonForARestart() {
        restore.onRestoreStart(new TopicPartition("c", 0), "environments", 0, 12_000);
        restore.onRestoreStart(new TopicPartition("c", 1), "environments", 0, 345);
        restore.onRestoreStart(new TopicPartition("k", 1), "keys", 0, 7);
        HealthSource health = health(State.REBALANCING, 2);
        assertThat(health.liveness().ok()).isTrue();
        assertThat(health.readiness().reasons())
                .containsExactly(
                        "Kafka Streams is rebalancing: partitions are being assigned, or their state is being restored.",
                        "Store environments: 12,345 records left to restore in 2 partitions.",
                        "Store keys: 7 records left to restore in 1 partition.");
    }

    @Test
    void aRestorationKeepsEvenARunningInstanceFromBeingReady() {
        restore.onRestoreStart(new TopicPartition("k", 1), "keys", 0, 7);
        assertThat(health(State.RUNNING, 2).readiness().reasons())
                .containsExactly("Store keys: 7 records left to restore in 1 partition.");
    }

    @Test
    void everyCheckThatFindsAProblemIsNamedAndNoneIsAReasonForARestart() {
        HealthSource health = health(
                State.RUNNING,
                2,
                new StreamsHealth.ReadinessCheck("Schema registry", () -> Optional.of("it does not answer.")),
                new StreamsHealth.ReadinessCheck("Vault", Optional::empty),
                new StreamsHealth.ReadinessCheck("Disk", () -> {
                    throw new IllegalStateException("unreadable");
                }));
        assertThat(health.liveness().ok()).isTrue();
        assertThat(health.readiness().reasons())
                .containsExactly(
                        "Schema registry: it does not answer.",
                        "Disk: the check failed: java.lang.IllegalStateException: unreadable");
    }

    @Test
    void aReasonSaysWhatToDo() {
        assertThat(health(State.ERROR, 0).liveness().reasons())
                .singleElement()
                .asString()
                .contains("ERROR", "restart this instance");
        assertThat(health(State.RUNNING, 0).readiness().reasons())
                .singleElement()
                .asString()
                .contains("All stream threads", "restart this instance");
    }

    private HealthSource health(State state, int aliveThreads, StreamsHealth.ReadinessCheck... checks) {
        return new StreamsHealth(() -> state, () -> aliveThreads, restore, List.of(checks), List::of);
    }
}
