package io.keyward.testing;

import io.keyward.app.run.Instance;
import io.keyward.app.run.Membership;
import io.keyward.app.run.RegistryAccess;
import io.keyward.app.run.StreamsRuntime;
import io.keyward.app.start.StartChecks;
import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.config.AdminSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.config.StreamsProperties;
import io.keyward.ops.health.RestoreProgress;
import io.keyward.topology.Bounds;
import io.keyward.topology.Flow;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.Ports;
import io.keyward.topology.TaskProgress;
import io.keyward.topology.Tracing;
import io.keyward.topology.UncheckedState;
import io.keyward.topology.read.GroupOffsets;
import io.keyward.topology.store.RocksMemory;
import io.keyward.topology.store.StoreKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/// The processor with the producers of Kafka Streams in place of its own, so that a long outage loses rows of its
/// stores.
/// With the check of the state it must notice, without it must decide wrongly.
public final class PlainProducers implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final RegistryAccess registry;
    private final RocksMemory memory;
    private final Membership membership;
    private final GroupOffsets committed;
    private final StreamsRuntime runtime;
    private final RestoreProgress restoration = new RestoreProgress();
    private final AtomicInteger notWhole = new AtomicInteger();

    /// @param checked whether a task works only on state that is whole
    public PlainProducers(KeywardConfig config, boolean checked) {
        memory = new RocksMemory(config.value(StateSettings.MEMORY).bytes());
        Membership named = Membership.of(config);
        membership = new Membership(
                named.name(), named.settings(), new DefaultKafkaClientSupplier(), GroupMembershipOperation.LEAVE_GROUP);
        registry = RegistryAccess.open(config);
        committed = new GroupOffsets(
                AdminSettings.from(config.kafka()).values(),
                config.applicationId(),
                config.topics().names());
        Flow flow = new Flow(
                config.topics().names(),
                new StartChecks(config).checkTopics().inputPartitions(),
                Instance.profile(config.rules()),
                Bounds.DEFAULT,
                InstantSource.system());
        Ports ports = new Ports(
                () -> new EventReader(registry.values()),
                () -> new PublicationWriter(registry.values()),
                new Counting(),
                committed,
                new TaskProgress(),
                Tracing.NONE);
        StoreKind kind = config.value(StateSettings.STORE);
        StreamsConfig streams = StreamsProperties.checked(config, memory, membership.settings());
        Topology topology = checked
                ? KeywardTopology.build(flow, ports, kind, streams)
                : UncheckedState.build(flow, ports, kind, streams);
        runtime = new StreamsRuntime(topology, streams, restoration, membership);
        runtime.start();
    }

    /// Whether it has stopped by itself.
    public boolean hasEnded() {
        return runtime.ended().isDone();
    }

    /// Whether it restores stores now.
    public boolean isRestoring() {
        return !restoration.remaining().isEmpty();
    }

    /// How often the state of a task was not whole, and nothing was decided on it.
    public int notWhole() {
        return notWhole.get();
    }

    @Override
    public void close() {
        boolean stopped = runtime.close(CLOSE_LIMIT);
        membership.close();
        committed.close();
        registry.close();
        if (stopped) { // else its threads may still use it
            memory.close();
        }
    }

    private final class Counting implements FlowObserver {
        @Override
        public void stateIncomplete() {
            notWhole.incrementAndGet();
        }
    }
}
