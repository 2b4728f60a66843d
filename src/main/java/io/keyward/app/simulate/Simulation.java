package io.keyward.app.simulate;

import io.keyward.app.config.StreamsProperties;
import io.keyward.avro.EventReader;
import io.keyward.avro.EventWriter;
import io.keyward.avro.PublicationWriter;
import io.keyward.domain.Explanation;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusedException;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.Bounds;
import io.keyward.topology.CommittedPositions;
import io.keyward.topology.FanOut;
import io.keyward.topology.Flow;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.LogSubject;
import io.keyward.topology.OutputReader;
import io.keyward.topology.OutputRecord;
import io.keyward.topology.Ports;
import io.keyward.topology.RefusalLimits;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicNames;
import io.keyward.topology.store.DeadlineStore;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.StoreKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/// The real topology in this process, on one partition, with its state in memory and without a broker: events go
/// in one by one, and what each one causes comes out. For one thread.
public final class Simulation implements AutoCloseable {
    private final TopicNames names;
    private final InstantSource clock;
    private final AvroSerializer serializer;
    private final OutputReader reader;
    private final SimulationTrace trace = new SimulationTrace();
    private final TopologyTestDriver driver;
    private final Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Topic.class);
    private final Map<Topic, TestOutputTopic<byte[], byte[]>> outputs = new EnumMap<>(Topic.class);

    /// @param clock that decides whether an event without a record timestamp lies in the future
    public Simulation(TopicNames names, RuleProfile profile, Duration maxFuture, InstantSource clock) {
        this.names = names;
        this.clock = clock;
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
        reader = new OutputReader(registry, names);
        ValueSerde values = ValueSerde.own(registry, SerializerSettings.DEFAULT);
        Ports ports = new Ports(
                () -> new EventReader(values), () -> new PublicationWriter(values), trace, CommittedPositions.NONE);
        // Without transactions, the fan-out of an event need not be interrupted.
        Bounds bounds = Bounds.DEFAULT
                .withMaxFuture(maxFuture)
                .withFanOut(FanOut.unbounded())
                .withRefusals(RefusalLimits.NEVER);
        Flow flow = new Flow(names, 1, profile, bounds, () -> Instant.EPOCH);
        Properties settings = settings();
        driver = new TopologyTestDriver(
                KeywardTopology.build(flow, ports, StoreKind.MEMORY, new StreamsConfig(settings)), settings);
    }

    /// Processes an event as a record of its topic, and returns its outputs in the order of publication.
    List<SimulatedOutput> decide(EventLine event) {
        return decide(event.topic(), event.key(), event.value(), recordTime(event));
    }

    /// Lets time pass to the next moment up to `until` at which something falls due, and returns what that causes
    /// (R25); empty if nothing more falls due by then.
    Optional<List<SimulatedOutput>> nextDue(Instant until) {
        return new DeadlineStore(driver.getKeyValueStore(Nodes.DEADLINES))
                .dueBy(until, 1).stream()
                        .findFirst()
                        .map(due -> decide(
                                Topic.TIME_REACHED,
                                Optional.of(due.tenant().value()),
                                Optional.of(
                                        EventWriter.write(new Event.TimeReached(due.tenant(), due.at()), "keyward")),
                                due.at()));
    }

    private List<SimulatedOutput> decide(
            Topic topic, Optional<String> key, Optional<SpecificRecord> event, Instant recordTime) {
        byte[] value = event.map(record -> serializer.serialize(names.name(topic), record))
                .orElse(null);
        inputs.computeIfAbsent(topic, this::input)
                .pipeInput(new TestRecord<>(key.map(Simulation::bytes).orElse(null), value, recordTime));
        List<SimulatedOutput> outcomes = new ArrayList<>();
        for (SimulationTrace.TracedRecord step : trace.drain()) {
            outcomes.add(new SimulatedOutput(next(step.topic()), step.why()));
        }
        return outcomes;
    }

    @Override
    public void close() {
        driver.close();
    }

    /// The timestamp of the record: that of the line, or the time of the event, but not later than now.
    private Instant recordTime(EventLine event) {
        Instant now = clock.instant();
        return event.timestamp()
                .or(() -> event.occurredAt().map(time -> time.isAfter(now) ? now : time))
                .filter(time -> !time.isBefore(Instant.EPOCH))
                .orElse(Instant.EPOCH);
    }

    private TestInputTopic<byte[], byte[]> input(Topic topic) {
        return driver.createInputTopic(names.name(topic), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private OutputRecord next(Topic topic) {
        TestRecord<byte[], byte[]> published = outputs.computeIfAbsent(
                        topic,
                        t -> driver.createOutputTopic(
                                names.name(t), new ByteArrayDeserializer(), new ByteArrayDeserializer()))
                .readRecord();
        return reader.read(new ConsumerRecord<>(
                names.name(topic),
                0,
                0,
                published.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                published.key(),
                published.value(),
                published.headers(),
                Optional.empty()));
    }

    private static Properties settings() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "simulation");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        // Never created, since all state is in memory.
        settings.put(StreamsConfig.STATE_DIR_CONFIG, "/nonexistent");
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // Kafka Streams warns if this is not set, though there is no global store.
        settings.put(StreamsProperties.GLOBAL_HANDLER, true);
        return settings;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// An output of a simulation and, on demand, the explanation of a decision.
    record SimulatedOutput(OutputRecord output, Supplier<List<Explanation>> why) {}

    /// Records which topics the topology wrote to, in order, and the explanation of each decision. For one thread.
    private static final class SimulationTrace implements FlowObserver {
        private final List<TracedRecord> steps = new ArrayList<>();

        record TracedRecord(Topic topic, Supplier<List<Explanation>> why) {}

        /// Returns and forgets what was written since the last call.
        List<TracedRecord> drain() {
            List<TracedRecord> taken = List.copyOf(steps);
            steps.clear();
            return taken;
        }

        @Override
        public void refused(RefusedException why, LogSubject about) {
            steps.add(new TracedRecord(Topic.DEAD_LETTERS, List::of));
        }

        @Override
        public void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
            boolean decision = publication instanceof Publication.OfDecision;
            steps.add(new TracedRecord(Topic.of(publication), decision ? why : List::of));
        }
    }
}
