package io.keyward.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import example.Pipeline;
import example.StreamsPipeline;
import io.keyward.app.run.Instance;
import io.keyward.config.KeywardConfig;
import io.keyward.event.EnvironmentChanged;
import io.keyward.event.EnvironmentType;
import io.keyward.event.FlowInventory;
import io.keyward.event.KeyReference;
import io.keyward.event.Lifecycle;
import io.keyward.event.PolicyApplied;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The two pipelines of docs/examples/java hold data back, drop it, deliver it and take it back, with a real broker,
/// registry and processor.
@ExtendWith(ClusterExtension.class)
class ExamplePipelinesIT {
    private static final String SINK = "DATA_LAKE_EXPORT";
    private static Cluster cluster;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final KeywardConfig config = cluster.config("pipelines.", Map.of("keyward.progress.interval", "PT0.5S"));
    private final Settings settings = Settings.of(
                    cluster.bootstrapServers(), cluster.registryUrl().toString())
            .withPrefix("pipelines.");

    @TempDir
    private Path state;

    /// What a sink holds: the times of data by their text.
    private static final class Warehouse implements Pipeline.Sink {
        private final Map<String, Instant> held = new ConcurrentHashMap<>();

        @Override
        public String name() {
            return SINK;
        }

        @Override
        public void deliver(String tenant, String environment, Instant eventTime, String datum) {
            held.put(environment, eventTime);
        }

        @Override
        public void onRetraction(Retraction retraction) {
            held.entrySet().removeIf(datum -> retraction.concerns("contoso", datum.getKey(), SINK, datum.getValue()));
        }
    }

    @Test
    void whatIsNotDecidedWaitsWhatIsSuppressedIsDroppedAndWhatALateEventSuppressesIsTakenBack() throws Exception {
        cluster.withTopics(config);
        try (Admin admin = Admin.create(settings.kafka())) {
            admin.createTopics(List.of(new NewTopic("usage", 1, (short) 1), new NewTopic("streamed", 1, (short) 1)))
                    .all()
                    .get();
        }
        Warehouse warehouse = new Warehouse();
        List<Retraction> toldToStreams = new CopyOnWriteArrayList<>();
        try (EventPublisher publisher = EventPublisher.connect(settings);
                SuppressionGate gate = SuppressionGate.open(settings, warehouse);
                SuppressionGate other = SuppressionGate.open(settings, toldToStreams::add);
                KafkaStreams streams =
                        new KafkaStreams(StreamsPipeline.of(other, SINK, "usage", "streamed"), streamsSettings())) {
            publisher.publish(environment("closed")).get();
            publisher.publish(environment("open")).get();
            publisher.publish(policy("closed", Duration.ofHours(1))).get();
            send("undated", Instant.EPOCH);
            send("closed", now);
            send("open", now);
            Pipeline pipeline = new Pipeline(gate, warehouse, consumerSettings(), "usage");
            Thread running = Thread.ofPlatform().start(pipeline);
            streams.start();
            Running.within()
                    .until(() -> gate.check("contoso", "open", SINK, now) instanceof GateAnswer.Wait waits
                            && waits.reason() != GateAnswer.Reason.STARTING);
            assertThat(warehouse.held).as("before anything is decided").isEmpty();

            try (Instance instance = Instance.prepare(config, false, InstantSource.system())) {
                instance.start();
                Running.within().until(() -> warehouse.held.containsKey("open"));
                Running.within().until(() -> !cluster.read("streamed").isEmpty());

                publisher.publish(policy("open", Duration.ofMinutes(30))).get();
                Running.within().until(warehouse.held::isEmpty);
                Running.within()
                        .until(() -> toldToStreams.stream()
                                .anyMatch(retraction -> retraction.concerns("contoso", "open", SINK, now)));
                instance.rethrowFailure();
            }
            pipeline.stop();
            running.join();
        }
        assertThat(cluster.read("streamed")).extracting(datum -> datum.key()).containsOnly("contoso/open");
    }

    private EnvironmentChanged environment(String environment) {
        FlowInventory noFlows = FlowInventory.newBuilder().setCount(0).build();
        return EnvironmentChanged.newBuilder()
                .setEventId("snapshot-" + environment)
                .setTenantId("contoso")
                .setOccurredAt(now.minus(Duration.ofHours(2)))
                .setEnvironmentId(environment)
                .setType(EnvironmentType.PRODUCTION)
                .setManaged(true)
                .setLifecycle(Lifecycle.ACTIVE)
                .setCloudFlows(noFlows)
                .setDesktopFlows(noFlows)
                .build();
    }

    private PolicyApplied policy(String environment, Duration ago) {
        return PolicyApplied.newBuilder()
                .setEventId("policy-" + environment)
                .setTenantId("contoso")
                .setOccurredAt(now.minus(ago))
                .setEnvironmentId(environment)
                .setPolicyId("p1")
                .setKey(new KeyReference("https://kv-contoso.vault.azure.net", "k1", null))
                .build();
    }

    private static void send(String environment, Instant time) {
        cluster.send(new ProducerRecord<>(
                "usage", 0, time.toEpochMilli(), ("contoso/" + environment).getBytes(UTF_8), "{}".getBytes(UTF_8)));
    }

    private Properties consumerSettings() {
        Properties consumer = new Properties();
        consumer.putAll(settings.kafka());
        consumer.put("group.id", "plain-pipeline");
        consumer.put("auto.offset.reset", "earliest");
        consumer.put("enable.auto.commit", "false");
        return consumer;
    }

    private Properties streamsSettings() {
        Properties streams = new Properties();
        streams.putAll(settings.kafka());
        streams.put("application.id", "streams-pipeline");
        streams.put("state.dir", state.toString());
        return streams;
    }
}
