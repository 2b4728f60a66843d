package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.keyward.app.start.StartChecks;
import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.client.GateAnswer;
import io.keyward.client.Settings;
import io.keyward.client.SuppressionGate;
import io.keyward.config.AdminSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.config.StreamsProperties;
import io.keyward.ops.health.RestoreProgress;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Running;
import io.keyward.topology.Flow;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.Ports;
import io.keyward.topology.TaskProgress;
import io.keyward.topology.Tracing;
import io.keyward.topology.read.GroupOffsets;
import io.keyward.topology.store.RocksMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// R33 on a real broker, with a processor whose clock is ahead.
@ExtendWith(ClusterExtension.class)
class ClockAheadIT {
    private static final Duration AHEAD = Duration.ofMinutes(2);
    private static final String TENANT = "contoso";
    private static final String ENVIRONMENT = "hr";

    private static Cluster cluster;

    /// The broker's clock and the gate's are right. As long as nobody has decided the policy, no data of a time after
    /// it passes, although the processor's clock was past that time when it was last heard of.
    @Test
    void noDataPassesWhileAPolicyIsUndecided() {
        KeywardConfig config = cluster.config(
                "ahead.", Map.of("keyward.progress.interval", "PT0.5S", "keyward.state.store", "memory"));
        cluster.withTopics(config);
        try (SuppressionGate gate = SuppressionGate.open(settings(config), _ -> {})) {
            try (Processor _ = new Processor(config)) {
                cluster.send(config.topics().names(), clean(1, TENANT, ENVIRONMENT));
                Instant before = Instant.now();
                Running.within().until(() -> answer(gate, before).passes());
            }
            cluster.send(config.topics().names(), applied(2, TENANT, ENVIRONMENT, "k1"));
            Instant after = Instant.now();

            assertThat(answer(gate, after)).isInstanceOf(GateAnswer.Wait.class);

            try (Processor _ = new Processor(config)) {
                Running.within().until(() -> answer(gate, after) instanceof GateAnswer.Suppressed);
            }
        }
    }

    private static GateAnswer answer(SuppressionGate gate, Instant time) {
        return gate.check(TENANT, ENVIRONMENT, "TENANT_REPORTING", time);
    }

    private static Settings settings(KeywardConfig config) {
        return Settings.of(cluster.bootstrapServers(), cluster.registryUrl().toString())
                .withPrefix(config.topics().names().prefix());
    }

    /// The parts of an instance that say how far it is.
    private static final class Processor implements AutoCloseable {
        private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

        private final RocksMemory memory;
        private final Membership membership;
        private final GroupOffsets committed;
        private final RegistryAccess registry;
        private final StreamsRuntime runtime;
        private final AutoCloseable watch;

        Processor(KeywardConfig config) {
            InstantSource clock = () -> Instant.now().plus(AHEAD);
            memory = new RocksMemory(config.value(StateSettings.MEMORY).bytes());
            membership = Membership.of(config);
            registry = RegistryAccess.open(config);
            committed = new GroupOffsets(
                    AdminSettings.from(config.kafka()).values(),
                    config.applicationId(),
                    config.topics().names());
            TaskProgress progress = new TaskProgress(clock);
            Map<String, Object> more = new HashMap<>(membership.settings());
            more.putAll(StreamsProperties.noting(progress, config));
            StreamsConfig streams = StreamsProperties.checked(config, memory, more);
            Flow flow = new Flow(
                    config.topics().names(),
                    new StartChecks(config).checkTopics().inputPartitions(),
                    Instance.profile(config.rules()),
                    config.rules().bounds(),
                    clock);
            Ports ports = new Ports(
                    () -> new EventReader(registry.values()),
                    () -> new PublicationWriter(registry.values()),
                    FlowObserver.NONE,
                    committed,
                    progress,
                    Tracing.NONE);
            runtime = new StreamsRuntime(
                    KeywardTopology.build(flow, ports, config.value(StateSettings.STORE), streams),
                    streams,
                    new RestoreProgress(),
                    membership);
            watch = InputEndsWatch.start(config, progress);
            runtime.start();
        }

        @Override
        public void close() {
            assertThatCode(watch::close).doesNotThrowAnyException();
            assertThat(runtime.close(CLOSE_LIMIT)).isTrue();
            membership.close();
            committed.close();
            registry.close();
            memory.close();
        }
    }
}
