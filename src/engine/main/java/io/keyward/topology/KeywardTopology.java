package io.keyward.topology;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.topology.contract.PartitionedByNumber;
import io.keyward.topology.contract.PartitionedByTenant;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.StoreKind;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/// The complete flow, from events to decisions, warnings and suppressions: read, admit, route, decide, write.
///
/// It is one sub-topology. All facts of a tenant are on one partition, so one task has everything that a decision
/// needs.
public final class KeywardTopology {
    private KeywardTopology() {}

    /// Builds the flow.
    ///
    /// @param config must contain the settings that Keyward owns
    public static Topology build(Flow flow, Ports ports, StoreKind stores, StreamsConfig config) {
        return build(
                flow,
                ports,
                stores,
                config,
                new CompleteState(ports.observer(), ports.progress().parked()),
                Optional.empty());
    }

    /// Builds the flow for state that was restored from copies: it makes the state consistent and reads events,
    /// but publishes nothing. The flow of [#build] publishes the changes later.
    public static Topology buildForRestoredState(
            Flow flow, Ports ports, StoreKind stores, StreamsConfig config, RestoredState restored) {
        return build(flow, ports, stores, config, CompleteState.unchecked(), Optional.of(restored));
    }

    /// @param completeState checks the state before a task works on it
    static Topology build(
            Flow flow,
            Ports ports,
            StoreKind stores,
            StreamsConfig config,
            CompleteState completeState,
            Optional<RestoredState> restored) {
        TopicNames names = flow.names();
        RefusalWatch refusals = new RefusalWatch(flow.bounds().refusals());
        Topology topology = new Topology(new TopologyConfig(config));

        Topic.readByTheProcessor().forEach(topic -> read(topology, topic, names));

        topology.addProcessor(
                Nodes.ADMIT,
                () -> new AdmitProcessor(flow, ports, refusals),
                Topic.readByTheProcessor().stream().map(Nodes::read).toArray(String[]::new));
        topology.addProcessor(
                Nodes.ROUTE, () -> new RouteProcessor(names, flow.partitions(), ports.observer()), Nodes.ADMIT);
        topology.addProcessor(
                Nodes.DECIDE, () -> new DecideProcessor(flow, ports, completeState, restored), Nodes.ROUTE);

        stores().forEach(store -> topology.addStateStore(stores.store(store), Nodes.DECIDE));

        write(topology, Topic.ENCRYPTION_DECISIONS, names, Nodes.DECIDE);
        write(topology, Topic.WARNINGS, names, Nodes.DECIDE);
        write(topology, Topic.ANALYTICS_SUPPRESSIONS, names, Nodes.DECIDE);
        write(topology, Topic.ERASURES, names, Nodes.DECIDE);
        write(topology, Topic.TIME_REACHED, names, Nodes.DECIDE);
        write(topology, Topic.PROGRESS, names, Nodes.DECIDE);
        write(topology, Topic.REROUTED, names, Nodes.ROUTE);
        topology.addSink(
                Nodes.write(Topic.DEAD_LETTERS),
                names.deadLetters(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                Nodes.ADMIT);
        return topology;
    }

    /// The names of the state stores; their changelogs are named after them.
    public static List<String> stores() {
        return List.of(
                Nodes.ENVIRONMENTS, Nodes.KEYS, Nodes.KEY_USAGE, Nodes.TENANTS, Nodes.DEADLINES, Nodes.ENFORCEMENT);
    }

    /// The name of the changelog of a store.
    public static String changelog(String applicationId, String store) {
        return applicationId + "-" + store + "-changelog";
    }

    private static void read(Topology topology, Topic topic, TopicNames names) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                Nodes.read(topic),
                new LenientTimestamps(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                names.name(topic));
    }

    private static void write(Topology topology, Topic topic, TopicNames names, String from) {
        topology.addSink(
                Nodes.write(topic),
                names.name(topic),
                new StringSerializer(),
                new ByteArraySerializer(),
                topic == Topic.PROGRESS ? new PartitionedByNumber<>() : new PartitionedByTenant<>(),
                from);
    }
}
