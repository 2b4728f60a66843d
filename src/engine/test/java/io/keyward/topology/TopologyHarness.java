package io.keyward.topology;

import io.keyward.avro.EventReader;
import io.keyward.avro.EventWriter;
import io.keyward.avro.PublicationReader;
import io.keyward.avro.PublicationWriter;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.decision.Progress;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.contract.TopicSchemas;
import io.keyward.topology.store.ActiveStores;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.PendingFanOutStore;
import io.keyward.topology.store.StoreKind;
import io.keyward.topology.store.TestStores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/// The only place where tests build a TopologyTestDriver: events in, publications and dead-letter records
/// out, in order.
public final class TopologyHarness implements AutoCloseable {
    public static final TopicNames NAMES = new TopicNames("cmk.");

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerializer serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
    private final AvroDeserializer deserializer = TopicSchemas.reader(registry, Topic.withSchema(Topic.Direction.OUT));
    private final Topology topology;
    private final TaskProgress progress = new TaskProgress();
    private Instant now = Instant.EPOCH;
    private final EventReader events;
    private final TopologyTestDriver driver;

    private TopologyHarness(RuleProfile profile, Bounds bounds, FlowObserver observer) {
        this(profile, bounds, observer, Tracing.NONE, KeywardTopology::build);
    }

    /// What makes the topology.
    @FunctionalInterface
    private interface Builder {
        Topology build(Flow flow, Ports ports, StoreKind stores, StreamsConfig config);
    }

    private TopologyHarness(
            RuleProfile profile, Bounds bounds, FlowObserver observer, Tracing tracing, Builder builder) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "keyward-test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, LenientTimestamps.class);
        Flow flow = new Flow(NAMES, 1, profile, bounds, () -> now);
        ValueSerde values = ValueSerde.own(registry, SerializerSettings.DEFAULT);
        events = new EventReader(values);
        Ports ports = new Ports(
                () -> new EventReader(values),
                () -> new PublicationWriter(values),
                observer,
                CommittedOffsets.NONE,
                progress,
                tracing);
        topology = builder.build(flow, ports, StoreKind.MEMORY, new StreamsConfig(settings));
        driver = new TopologyTestDriver(topology, settings, now);
    }

    /// The topology with the default rule profile.
    public static TopologyHarness start() {
        return start(5_000);
    }

    /// The topology with the default rule profile, and this many environments per budget.
    public static TopologyHarness start(int fanOutBound) {
        return new TopologyHarness(
                RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                Bounds.DEFAULT.withFanOut(FanOutLimits.upTo(fanOutBound)),
                FlowObserver.NONE);
    }

    /// The topology with the default rule profile, with these traces and this many environments per budget.
    public static TopologyHarness start(int fanOutBound, Tracing tracing) {
        return new TopologyHarness(
                RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                Bounds.DEFAULT.withFanOut(FanOutLimits.upTo(fanOutBound)),
                FlowObserver.NONE,
                tracing,
                KeywardTopology::build);
    }

    /// The topology with the default rule profile, for rows that a test puts into its stores: they
    /// have no digest.
    public static TopologyHarness startUnchecked() {
        return new TopologyHarness(
                RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                Bounds.DEFAULT.withFanOut(FanOutLimits.upTo(5_000)),
                FlowObserver.NONE,
                Tracing.NONE,
                UncheckedState::build);
    }

    /// The topology with that profile and that observer.
    public static TopologyHarness start(RuleProfile profile, FlowObserver observer) {
        return new TopologyHarness(profile, Bounds.DEFAULT.withFanOut(FanOutLimits.unbounded()), observer);
    }

    /// The topology with that profile and that observer, and this many environments per budget.
    public static TopologyHarness start(RuleProfile profile, FlowObserver observer, int fanOutBound) {
        return new TopologyHarness(profile, Bounds.DEFAULT.withFanOut(FanOutLimits.upTo(fanOutBound)), observer);
    }

    /// The topology with the default rule profile, in other bounds and with that observer.
    static TopologyHarness start(Bounds bounds, FlowObserver observer) {
        return new TopologyHarness(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(), bounds, observer);
    }

    /// Sends events whose outputs do not matter.
    public TopologyHarness given(Event... events) {
        for (Event event : events) {
            send(event, new RecordHeaders());
        }
        published();
        return this;
    }

    /// Sends events, and returns what the topology published for them, per topic in order: decisions,
    /// warnings, signals.
    public List<Publication> when(Event... events) {
        for (Event event : events) {
            send(event, new RecordHeaders());
        }
        return published();
    }

    /// Sends an event with headers, and returns the records of that topic.
    public List<TestRecord<String, byte[]>> recordsOf(Topic topic, Event event, Headers headers) {
        send(event, headers);
        return driver.createOutputTopic(NAMES.name(topic), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /// Sends a record as it is.
    public void receive(Topic topic, TestRecord<byte[], byte[]> record) {
        input(topic).pipeInput(record);
    }

    /// The bytes of an event, as a producer would write them.
    public byte[] bytesOf(Topic topic, Event event) {
        return serializer.serialize(NAMES.name(topic), EventWriter.write(event, ""));
    }

    /// The bytes of a record, as a producer would write them.
    public byte[] bytesOf(Topic topic, SpecificRecord value) {
        return serializer.serialize(NAMES.name(topic), value);
    }

    /// Sends an event.
    public void send(Event event) {
        send(event, new RecordHeaders());
    }

    /// Advances the clock until interrupted fan-outs have been resumed once.
    public List<Publication> afterAWhile() {
        return whenTheClockSays(now.plusMillis(50));
    }

    /// The time events that the topology wrote and that were not read yet.
    List<Event> timesReached() {
        return rawOutput(Topic.TIME_REACHED).stream()
                .map(record -> events.read(
                        NAMES.name(Topic.TIME_REACHED),
                        record.value(),
                        record.headers(),
                        Topic.TIME_REACHED.valueSchema().orElseThrow(),
                        Instant.MIN))
                .toList();
    }

    /// Sets the processor's clock, and returns what it publishes then. At first the clock is at the epoch, so
    /// nothing is due.
    public List<Publication> whenTheClockSays(Instant time) {
        clockSays(time);
        return published();
    }

    /// Sets the processor's clock, each time a second later, until no timer fires: one that fires before anything
    /// is due is set again.
    public void letTimePass(Instant from) {
        Instant time = from;
        do {
            clockSays(time);
            time = time.plusSeconds(1);
        } while (!timesReached().isEmpty());
    }

    /// Sets the processor's clock.
    public void clockSays(Instant time) {
        Duration passed = Duration.between(now, time);
        now = time;
        driver.advanceWallClockTime(passed);
    }

    /// Whether an interrupted fan-out waits to be resumed.
    public boolean fanOutsWait() {
        return new PendingFanOutStore(driver.getKeyValueStore(Nodes.TENANTS)).count() > 0;
    }

    /// Publications not read yet: decisions, warnings, signals; tombstones as retractions.
    public List<Publication> published() {
        List<Publication> publications = new ArrayList<>();
        for (Topic topic : List.of(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS)) {
            rawOutput(topic).forEach(record -> publications.add(publication(topic, record)));
        }
        return publications;
    }

    private Publication publication(Topic topic, TestRecord<String, byte[]> record) {
        if (record.value() != null) {
            return PublicationReader.read(deserializer.deserialize(NAMES.name(topic), record.value()));
        }
        Publication.Kind kind = switch (topic) {
            case ENCRYPTION_DECISIONS -> Publication.Kind.DECISION;
            case WARNINGS -> Publication.Kind.WARNING;
            default -> Publication.Kind.SUPPRESSION;
        };
        TenantId tenant = new TenantId(record.key().substring(0, record.key().indexOf('/')));
        return new Publication.Retraction(tenant, kind, record.key());
    }

    /// The records of an output topic that were not read yet.
    public List<TestRecord<String, byte[]>> rawOutput(Topic topic) {
        return driver.createOutputTopic(NAMES.name(topic), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /// What the topology knows of its inputs and its consumers.
    TaskProgress tasks() {
        return progress;
    }

    /// The published progress that was not read yet.
    List<Progress> progress() {
        return rawOutput(Topic.PROGRESS).stream()
                .map(record -> (Progress) deserializer.deserialize(NAMES.name(Topic.PROGRESS), record.value()))
                .toList();
    }

    /// The dead-letter records that were not read yet.
    public List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(NAMES.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /// What the topology consists of.
    public TopologyDescription description() {
        return topology.describe();
    }

    /// The stores as readers beside the topology see them.
    public ActiveStores stores() {
        return TestStores.active(driver.getKeyValueStore(Nodes.ENVIRONMENTS), driver.getKeyValueStore(Nodes.KEYS));
    }

    /// The schemas of what the topology reads and writes.
    public SchemaRegistry registry() {
        return registry;
    }

    /// How many rows a store holds.
    public long rowsIn(String store) {
        return driver.getKeyValueStore(store).approximateNumEntries();
    }

    /// A store of the topology.
    public KeyValueStore<Bytes, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /// Every row of a store, key and value, in digits.
    public List<String> rowsOf(String store) {
        List<String> rows = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore(store).all()) {
            all.forEachRemaining(row -> rows.add(HexFormat.of().formatHex(row.key.get()) + "="
                    + HexFormat.of().formatHex(row.value)));
        }
        return rows;
    }

    /// The bytes of the largest row of a store, key and value, as its changelog holds them.
    long largestRowIn(String store) {
        long largest = 0;
        try (KeyValueIterator<Bytes, byte[]> rows =
                driver.<Bytes, byte[]>getKeyValueStore(store).all()) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                largest = Math.max(largest, (long) row.key.get().length + row.value.length);
            }
        }
        return largest;
    }

    private void send(Event event, Headers headers) {
        Topic topic = topicOf(event);
        input(topic)
                .pipeInput(new TestRecord<>(
                        event.tenantId().value().getBytes(StandardCharsets.UTF_8),
                        bytesOf(topic, event),
                        headers,
                        event.occurredAt()));
    }

    private TestInputTopic<byte[], byte[]> input(Topic topic) {
        return driver.createInputTopic(NAMES.name(topic), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Topic topicOf(Event event) {
        return switch (event) {
            case Event.PolicyApplied _ -> Topic.POLICY_APPLIED;
            case Event.PolicyRemoved _ -> Topic.POLICY_REMOVED;
            case Event.EnvironmentChanged _ -> Topic.ENVIRONMENT_CHANGED;
            case Event.KeyRotated _ -> Topic.KEY_ROTATED;
            case Event.KeyRevoked _ -> Topic.KEY_REVOKED;
            case Event.KeyRestored _ -> Topic.KEY_RESTORED;
            case Event.KeyExpiring _ -> Topic.KEY_EXPIRING;
            case Event.TenantLimitChanged _ -> Topic.TENANT_LIMIT_CHANGED;
            case Event.EnforcementReported _ -> Topic.ENFORCEMENT_REPORTED;
            case Event.TenantErased _ -> Topic.TENANT_ERASED;
            case Event.TimeReached _ -> Topic.TIME_REACHED;
        };
    }

    @Override
    public void close() {
        driver.close();
    }
}
