package io.keyward.bench.subject;

import io.keyward.bench.subject.WriteProfile.Flow;
import io.keyward.bench.subject.WriteProfile.Pair;
import io.keyward.client.Topic;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.config.StreamsProperties;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.LenientTimestamps;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RocksMemory;
import io.keyward.topology.store.StoreKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/// Kafka Streams with the product's settings, sources and stores on the heap, but with one processor that decides
/// nothing. For each event it looks up and writes as many rows, and writes as many outputs, as the product does, with
/// the sizes of the product's last records. Its cost is what Kafka Streams itself takes for this traffic.
///
/// It is a lower bound. There are only as many rows as samples, each written row is looked up once, and outputs get no
/// headers. What the product writes to topics of its own is written to them, and read again, but causes nothing more.
public final class MatchedStreams {
    private static final String REPEAT = "repeat";

    private final SubjectJob job;
    private final WriteProfile profile;

    private MatchedStreams(SubjectJob job) {
        this.job = job;
        profile = WriteProfile.read(job.folder().resolve(WriteProfile.FILE));
    }

    /// Runs until the process ends.
    ///
    /// @param arguments the job's file, and the product's configuration for the same job
    public static void main(String... arguments) {
        KeywardConfig config = KeywardConfig.load(Optional.of(Path.of(arguments[1])), Map.of(), new Properties());
        StreamsConfig settings = StreamsProperties.checked(
                config, new RocksMemory(config.value(StateSettings.MEMORY).bytes()), Map.of());
        Topology topology = new MatchedStreams(SubjectJob.read(arguments)).topology(settings);
        KafkaStreams streams = new KafkaStreams(topology, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    private Topology topology(StreamsConfig settings) {
        Topology topology = new Topology(new TopologyConfig(settings));
        List<Topic> sources = Topic.readByTheProcessor();
        sources.forEach(source -> topology.addSource(
                AutoOffsetReset.earliest(),
                Nodes.read(source),
                new LenientTimestamps(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                job.name(source)));
        topology.addProcessor(
                REPEAT, Repeater::new, sources.stream().map(Nodes::read).toArray(String[]::new));
        for (Flow flow : profile.flows()) {
            storeOf(flow)
                    .ifPresentOrElse(
                            store -> topology.addStateStore(StoreKind.MEMORY.store(store), REPEAT),
                            () -> write(topology, flow.topic()));
        }
        return topology;
    }

    @SuppressWarnings("removal") // Kafka deprecates the partitioner's method but has no replacement
    private static void write(Topology topology, String topic) {
        topology.<Placed, byte[]>addSink(
                topic,
                topic,
                (_, placed) -> placed.key(),
                new ByteArraySerializer(),
                (_, placed, _, _) -> Optional.of(Set.of(placed.partition())),
                REPEAT);
    }

    /// The store whose changelog the flow is; empty if it is an output.
    private static Optional<String> storeOf(Flow flow) {
        return KeywardTopology.stores().stream()
                .filter(store -> flow.topic().endsWith(KeywardTopology.changelog("", store)))
                .findFirst();
    }

    /// The key of an output, and the partition of the event that causes it.
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    private record Placed(int partition, byte[] key) {}

    /// Writes what is due after each event.
    private final class Repeater implements Processor<byte[], byte[], Placed, byte[]> {
        private final Set<String> inputs = Set.copyOf(job.inputs());
        private ProcessorContext<Placed, byte[]> context;
        private List<Repeated> flows;

        /// A flow, and the way to write a record of it.
        private record Repeated(Repetition repetition, Output output) {}

        private interface Output {
            void write(Record<byte[], byte[]> received, Pair pair);
        }

        @Override
        public void init(ProcessorContext<Placed, byte[]> processorContext) {
            context = processorContext;
            flows = profile.flows().stream()
                    .map(flow -> new Repeated(
                            new Repetition(flow), storeOf(flow).map(this::rows).orElseGet(() -> records(flow))))
                    .toList();
        }

        @Override
        public void process(Record<byte[], byte[]> received) {
            if (inputs.contains(context.recordMetadata().orElseThrow().topic())) {
                flows.forEach(flow ->
                        flow.repetition().afterOneMore(pair -> flow.output().write(received, pair)));
            }
        }

        private Output rows(String name) {
            KeyValueStore<Bytes, byte[]> store = context.getStateStore(name);
            return (_, pair) -> {
                Bytes key = Bytes.wrap(pair.key());
                var _ = store.get(key);
                store.put(key, pair.value());
            };
        }

        private Output records(Flow flow) {
            int partition = context.taskId().partition();
            return (received, pair) -> context.forward(
                    received.withKey(new Placed(partition, pair.key())).withValue(pair.value()), flow.topic());
        }
    }
}
