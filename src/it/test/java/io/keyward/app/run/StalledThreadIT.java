package io.keyward.app.run;

import static io.keyward.testing.Running.awaitDecisions;
import static io.keyward.testing.Running.within;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.KeywardConfig;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.HangingSerde;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A stream thread that hangs fails liveness; a thread that only looks like it does not.
@ExtendWith(ClusterExtension.class)
class StalledThreadIT {
    private static final Duration LIMIT = Duration.ofSeconds(8);

    /// Of a changelog, one for each commit; three seconds for each are far more than the limit.
    private static final int BATCHES = 12;

    private static Cluster cluster;

    @AfterEach
    void release() {
        HangingSerde.release();
    }

    @ParameterizedTest(name = "{0} stream threads, group.protocol={1}")
    @CsvSource("2, streams")
    void aThreadThatHangsFailsLivenessUntilItGoesOn(int threads, String protocol) throws Exception {
        KeywardConfig config = config(
                "hangs-" + threads + protocol + ".",
                Map.of(
                        "keyward.registry.serde", HangingSerde.class.getName(),
                        "keyward.streams.group.protocol", protocol,
                        "keyward.streams.num.stream.threads", Integer.toString(threads)));
        HangingSerde.arm();
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            within().until(() -> InstanceHealth.readiness(instance).ok());
            assertThat(live(instance).statusCode()).isEqualTo(200);

            cluster.send(config.topics().names(), clean(1, HangingSerde.TENANT, "hr"));
            within().until(HangingSerde::hangs);
            within().until(() -> live(instance).statusCode() == 503);
            assertThat(live(instance).body())
                    .contains("\"DOWN\"", "-StreamThread-", "keyward.health.stalled-after", "Restart this instance");
            assertThat(InstanceHealth.readiness(instance).ok()).isFalse();

            if (threads > 1) {
                // The other thread goes on with its partitions, and cannot have those of the one that hangs.
                cluster.sendAll(config.topics().names(), ofManyTenants());
                within().until(() ->
                        !cluster.published(config.topics().names().decisions()).isEmpty());
                assertThat(live(instance).statusCode()).isEqualTo(503);
            }
            HangingSerde.release();
            within().until(() -> live(instance).statusCode() == 200);
            awaitDecisions(config);
            instance.rethrowFailure();
        }
    }

    @Tag("full")
    @ParameterizedTest(name = "{0} stream threads, group.protocol={1}")
    @CsvSource({"1, classic", "2, classic"})
    void aThreadOfTheOtherProtocolDoesSoToo(int threads, String protocol) throws Exception {
        aThreadThatHangsFailsLivenessUntilItGoesOn(threads, protocol);
    }

    @Test
    void aBrokerThatIsAwayIsNoReasonForARestart() throws Exception {
        KeywardConfig config = config("away.", Map.of());
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            cluster.sendAll(config.topics().names(), events(2_000));
            within().until(() -> InstanceHealth.readiness(instance).ok());
            cluster.stopKafka();
            try {
                within().during(LIMIT.multipliedBy(3))
                        .until(() -> live(instance).statusCode() == 200);
            } finally {
                cluster.startKafkaAgain();
            }
            awaitDecisions(config);
            assertThat(live(instance).statusCode()).isEqualTo(200);
            instance.rethrowFailure();
        }
    }

    @Tag("full")
    @Test
    void aLongRestorationIsNoReasonForARestart() throws Exception {
        KeywardConfig written = config("restored.", Map.of());
        Running.whileRunning(written, () -> {
            for (int batch = 0; batch < BATCHES; batch++) {
                cluster.send(written.topics().names(), clean(1, "contoso", "batch-" + batch));
                awaitDecisions(written);
            }
        });
        // Each fetch brings one batch, and waits three seconds for more than there is.
        KeywardConfig config = cluster.config(
                "restored.",
                with(Map.of(
                        "keyward.state.store", "memory",
                        "keyward.streams.restore.consumer.max.partition.fetch.bytes", "1",
                        "keyward.streams.restore.consumer.fetch.min.bytes", "10000000",
                        "keyward.streams.restore.consumer.fetch.max.wait.ms", "3000")));
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            within().until(() -> isRestoring(instance));
            within().during(LIMIT.multipliedBy(2))
                    .until(() -> isRestoring(instance) && live(instance).statusCode() == 200);
        }
    }

    private static boolean isRestoring(Instance instance) {
        return InstanceHealth.readiness(instance).reasons().stream()
                .anyMatch(reason -> reason.contains("left to restore"));
    }

    private static Stream<Event> ofManyTenants() {
        return IntStream.range(0, 30).mapToObj(number -> clean(1, "tenant-" + number, "hr"));
    }

    private static Stream<Event> events(int environments) {
        return IntStream.range(0, environments)
                .mapToObj(Integer::toString)
                .flatMap(number -> Stream.of(clean(1, "contoso", number), applied(2, "contoso", number, "k1")));
    }

    private static KeywardConfig config(String prefix, Map<String, String> more) {
        KeywardConfig config = cluster.config(prefix, with(more));
        cluster.withTopics(config);
        return config;
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("keyward.health.stalled-after", LIMIT.toString());
        all.put("keyward.streams.max.poll.interval.ms", "4000");
        return all;
    }

    private static HttpResponse<String> live(Instance instance) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(instance.httpUri() + "/health/live"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
