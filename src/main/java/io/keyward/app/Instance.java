package io.keyward.app;

import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.domain.RuleProfile;
import io.keyward.registry.RegistryHealth;
import io.keyward.registry.RegistrySettings;
import io.keyward.registry.SchemaRegistry;
import io.keyward.topology.Flow;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.Ports;
import io.keyward.topology.RocksMemory;
import io.keyward.topology.RuleProfiles;
import io.keyward.topology.StoreKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One processor, with all that belongs to it: registry client, memory, Kafka Streams.
final class Instance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final SchemaRegistry registry;
    private final RocksMemory memory;
    private final StreamsRuntime runtime;

    private Instance(SchemaRegistry registry, RocksMemory memory, StreamsRuntime runtime) {
        this.registry = registry;
        this.memory = memory;
        this.runtime = runtime;
    }

    /// Checks everything that a start depends on, and makes an instance that can be started.
    ///
    /// @throws ConfigurationException if the configuration cannot be used
    /// @throws CommandFailedException if the cluster or the registry are not as they must be
    static Instance prepare(KeywardConfig config) {
        RuleProfile profile = profile(config.rules().profile());
        RegistrySettings settings = config.registrySettings();
        StartChecks checks = new StartChecks(config);
        int partitions = checks.inputPartitions();
        SchemaRegistry registry = SchemaRegistry.connect(settings, new RegistryHealth());
        try {
            checks.outputSchemas(registry);
            Flow flow = new Flow(
                    config.topics().names(),
                    partitions,
                    profile,
                    config.rules().maxFuture(),
                    Flow.DEFAULT_FAN_OUT_BOUND);
            Ports ports = new Ports(
                    () -> new EventReader(registry),
                    () -> new PublicationWriter(registry, settings.serializer()),
                    FlowObserver.NONE);
            return assemble(config, flow, ports, registry);
        } catch (RuntimeException failure) {
            registry.close();
            throw failure;
        }
    }

    private static Instance assemble(KeywardConfig config, Flow flow, Ports ports, SchemaRegistry registry) {
        RocksMemory memory = new RocksMemory(config.state().memory().bytes());
        try {
            StreamsConfig streams = new StreamsConfig(StreamsProperties.of(config, memory));
            StoreKind stores = switch (config.state().store()) {
                case ROCKSDB -> StoreKind.ROCKSDB;
                case MEMORY -> StoreKind.MEMORY;
            };
            return new Instance(
                    registry, memory, new StreamsRuntime(KeywardTopology.build(flow, ports, stores, streams), streams));
        } catch (RuntimeException failure) {
            memory.close();
            throw failure;
        }
    }

    void start() {
        runtime.start();
    }

    /// Waits until the instance has stopped by itself, or the signal is given.
    void awaitEnd(StopSignal stop) {
        CompletableFuture.anyOf(runtime.ended(), stop.given()).join();
    }

    /// @throws CommandFailedException if the instance was stopped by a failure
    void rethrowFailure() {
        runtime.failure().ifPresent(failure -> {
            throw new CommandFailedException(
                    "The processor has stopped because of a failure: " + Recovery.innermost(failure), failure);
        });
    }

    /// Stops within a bound. The registry client goes first: no thread shall wait for it any longer.
    @Override
    public void close() {
        registry.close();
        if (runtime.close(CLOSE_LIMIT)) {
            memory.close();
        } else {
            LOG.warn("The stream threads did not stop within {} s", CLOSE_LIMIT.toSeconds());
        }
    }

    private static RuleProfile profile(String name) {
        return RuleProfiles.named(name)
                .orElseThrow(() -> new ConfigurationException(List.of("%s = %s: accepted is one of %s."
                        .formatted(Settings.RULES_PROFILE.key(), name, String.join(", ", RuleProfiles.names())))));
    }
}
