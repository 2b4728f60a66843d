package io.keyward.testing;

import io.keyward.avro.EventCodec;
import io.keyward.avro.EventWriter;
import io.keyward.avro.GeneratedClasses;
import io.keyward.avro.PublicationReader;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.TopicAdmin;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import io.keyward.topology.contract.TopicSchemas;
import io.keyward.topology.contract.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/// A real broker and a schema registry for tests, a plain producer into the inputs, and a read-committed reader of the
/// outputs.
public final class Cluster implements AutoCloseable {
    public static final int PARTITIONS = 3;

    /// A clock at which no deadline has passed: events of tests have fixed dates, which have long passed.
    public static final InstantSource NOTHING_DUE = () -> Instant.EPOCH;

    private final Path folder;
    private EmbeddedKafka kafka;
    private EmbeddedSchemaRegistry registryServer;
    private final SchemaRegistry registry;
    private final AvroSerializer serializer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Consumer<String, byte[]> consumer;
    private final Admin admin;

    private Cluster(Path folder, EmbeddedKafka kafka, EmbeddedSchemaRegistry registryServer) {
        this.folder = folder;
        this.kafka = kafka;
        this.registryServer = registryServer;
        registry = SchemaRegistry.connect(config("any.", Map.of()).registrySettings(), new RegistryHealth());
        serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
        producer = new KafkaProducer<>(
                // A topic made a moment ago may refuse a first batch and take the next, which shuts the first out for
                // good.
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.in.flight.requests.per.connection", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        // Else a fetch of what was read before keeps the next one waiting.
                        "fetch.max.wait.ms", "10"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    public static Cluster start(Path folder) {
        return new Cluster(
                folder,
                EmbeddedKafka.start(folder.resolve("kafka"), FreePorts.one()),
                EmbeddedSchemaRegistry.start(Optional.of(folder.resolve("registry")), FreePorts.HOST, FreePorts.one()));
    }

    /// The configuration of an application of its own, named like its prefix.
    public KeywardConfig config(String prefix, Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "keyward.kafka.bootstrap.servers", kafka.bootstrapServers(),
                "keyward.registry.url", registryServer.url().toString(),
                "keyward.topics.prefix", prefix,
                "keyward.topics.partitions", Integer.toString(PARTITIONS),
                "keyward.application.id", prefix + "keyward",
                "keyward.state.dir", folder.resolve(prefix + "state").toString(),
                "keyward.http.port", "0"));
        properties.putAll(more);
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /// Creates the topics of that configuration, and returns once the broker leads each of their partitions: a first
    /// record may be refused before.
    public Cluster withTopics(KeywardConfig config) {
        try (TopicAdmin topics = new TopicAdmin(config)) {
            topics.create();
        }
        Awaitility.await().untilAsserted(() -> config.topics().names().all().forEach(this::written));
        return this;
    }

    /// Gives a topic a setting, and returns once the broker has taken it up.
    public void alter(String topic, String setting, String value) throws InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(Map.of(
                        resource,
                        List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        Awaitility.await()
                .until(() -> admin.describeConfigs(List.of(resource))
                        .all()
                        .get()
                        .get(resource)
                        .get(setting)
                        .value()
                        .equals(value));
    }

    /// The bytes of an event, as a Confluent serializer writes them.
    public byte[] bytesOf(Topic topic, Event event) {
        return bytesOf(topic, EventWriter.write(event, ""));
    }

    /// The bytes of any record, as a Confluent serializer writes them.
    public byte[] bytesOf(Topic topic, SpecificRecord value) {
        return serializer.serialize(topic.baseName(), value);
    }

    /// The event that a record of a topic with events states.
    public Event eventOf(byte[] value) {
        AvroDeserializer deserializer = AvroDeserializer.specific(
                registry,
                Topics.events().stream()
                        .map(topic ->
                                GeneratedClasses.schema(topic.valueSchema().orElseThrow()))
                        .toList(),
                Cluster.class.getClassLoader());
        return EventCodec.read(deserializer.deserialize("", value));
    }

    /// Sends events as a Java producer does by default: by the tenant's key.
    public void send(TopicNames names, Event... events) {
        for (Event event : events) {
            Topic topic = topicOf(event);
            send(new ProducerRecord<>(
                    names.name(topic),
                    event.tenantId().value().getBytes(StandardCharsets.UTF_8),
                    bytesOf(topic, event)));
        }
    }

    /// Sends many events, and returns once all are acknowledged.
    public void sendAll(TopicNames names, Stream<? extends Event> events) {
        events.forEach(event -> {
            Topic topic = topicOf(event);
            var _ = producer.send(new ProducerRecord<>(
                    names.name(topic),
                    event.tenantId().value().getBytes(StandardCharsets.UTF_8),
                    bytesOf(topic, event)));
        });
        producer.flush();
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        sendAll(List.of(record));
    }

    public void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
        producer.flush();
        sent.forEach(Future::resultNow);
    }

    /// All that is committed in an output topic, partition by partition.
    public synchronized List<ConsumerRecord<String, byte[]>> read(String topic) {
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    /// How many records a topic has, also those of transactions that are open.
    public long written(String topic) {
        return partitions(topic).stream()
                .map(partition -> admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition))
                .mapToLong(end -> answer(end).offset())
                .sum();
    }

    /// The consumer may know only those that it has seen before.
    private List<TopicPartition> partitions(String topic) {
        return answer(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)).partitions().stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        } catch (InterruptedException interrupted) {
            throw Patience.interrupted(interrupted);
        }
    }

    /// All publications that are committed in an output topic; tombstones left out.
    public List<Publication> published(String topic) {
        return decoded(topic, read(topic).stream());
    }

    /// The publications that stand, as compaction would leave them: the last one of each key.
    public List<Publication> standing(String topic) {
        return decoded(topic, newest(topic).values().stream());
    }

    /// The keys of the records that no tombstone has deleted.
    public List<String> standingKeys(String topic) {
        return newest(topic).values().stream()
                .filter(record -> record.value() != null)
                .map(ConsumerRecord::key)
                .toList();
    }

    private Map<String, ConsumerRecord<String, byte[]>> newest(String topic) {
        Map<String, ConsumerRecord<String, byte[]>> last = new LinkedHashMap<>();
        read(topic).forEach(record -> last.put(record.key(), record));
        return last;
    }

    private List<Publication> decoded(String topic, Stream<ConsumerRecord<String, byte[]>> records) {
        AvroDeserializer deserializer = TopicSchemas.reader(registry, Topic.withSchema(Topic.Direction.OUT));
        return records.filter(record -> record.value() != null)
                .<Publication>map(record -> PublicationReader.read(deserializer.deserialize(topic, record.value())))
                .toList();
    }

    public SchemaRegistry registry() {
        return registry;
    }

    public URI registryUrl() {
        return registryServer.url();
    }

    public void stopRegistry() {
        registryServer.close();
    }

    public void startRegistryAgain() {
        registryServer = EmbeddedSchemaRegistry.start(
                Optional.of(folder.resolve("registry")),
                "127.0.0.1",
                registryServer.url().getPort());
    }

    public void stopKafka() {
        kafka.close();
    }

    public void startKafkaAgain() {
        kafka = EmbeddedKafka.start(
                folder.resolve("kafka"),
                URI.create("kafka://" + kafka.bootstrapServers()).getPort());
    }

    public static Topic topicOf(Event event) {
        return Topics.of(event);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        admin.close(Duration.ZERO);
        registry.close();
        registryServer.close();
        kafka.close();
    }
}
