package io.keyward.testing;

import io.keyward.app.run.Instance;
import io.keyward.app.run.Membership;
import io.keyward.app.run.RegistryAccess;
import io.keyward.app.run.StreamsRuntime;
import io.keyward.app.start.StartChecks;
import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.config.StreamsProperties;
import io.keyward.ops.health.RestoreProgress;
import io.keyward.topology.Bounds;
import io.keyward.topology.CommittedOffsets;
import io.keyward.topology.Flow;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.Ports;
import io.keyward.topology.TaskProgress;
import io.keyward.topology.Tracing;
import io.keyward.topology.UncheckedState;
import io.keyward.topology.store.RocksMemory;
import io.keyward.topology.store.StoreKind;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// The processor with its promise broken on purpose: it decides at least once, and sends and commits seldom, so
/// that one fault shows it. What checks the promise must notice.
public final class AtLeastOnce {
    private AtLeastOnce() {}

    /// Runs it until it fails or is ended.
    ///
    /// @param arguments the configuration file, as for `run`
    public static void main(String... arguments) {
        KeywardConfig config = KeywardConfig.load(Optional.of(Path.of(arguments[0])), Map.of(), new Properties());
        RocksMemory memory = new RocksMemory(config.value(StateSettings.MEMORY).bytes());
        Map<String, Object> properties = new HashMap<>(StreamsProperties.forInstance(config, memory));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 30_000);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 1_000);
        StreamsConfig streams = new StreamsConfig(properties);
        RegistryAccess registry = RegistryAccess.open(config);
        Flow flow = new Flow(
                config.topics().names(),
                new StartChecks(config).checkTopics().inputPartitions(),
                Instance.profile(config.rules()),
                Bounds.DEFAULT,
                InstantSource.system());
        Ports ports = new Ports(
                () -> new EventReader(registry.values()),
                () -> new PublicationWriter(registry.values()),
                FlowObserver.NONE,
                CommittedOffsets.NONE,
                new TaskProgress(),
                Tracing.NONE);
        StreamsRuntime runtime = new StreamsRuntime(
                UncheckedState.build(flow, ports, StoreKind.ROCKSDB, streams),
                streams,
                new RestoreProgress(),
                Membership.of(config));
        runtime.start();
        runtime.ended().join();
    }
}
