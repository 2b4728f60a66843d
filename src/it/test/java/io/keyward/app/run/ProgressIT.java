package io.keyward.app.run;

import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.DecidedUpTo;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.decision.Progress;
import io.keyward.domain.event.Event;
import io.keyward.registry.AvroDeserializer;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.ProcessorProgram;
import io.keyward.testing.Running;
import io.keyward.testing.Tries;
import io.keyward.topology.contract.TopicSchemas;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// R33 on a real broker: what is said to be decided is decided, whatever happens to the processor.
@ExtendWith(ClusterExtension.class)
class ProgressIT {
    private static final Map<String, String> OFTEN = Map.of("keyward.progress.interval", "PT0.5S");

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    /// While it is killed, frozen, joined by another instance, and behind, events come, some on wrong partitions.
    @Test
    void whatIsSaidToBeDecidedIsDecided() throws Exception {
        KeywardConfig config = config("faults.", "first");
        cluster.withTopics(config);
        try (Load load = new Load(config);
                Reader reader = new Reader(config, load)) {
            try (ProcessorProgram first = ProcessorProgram.start(folder, "first", config, Map.of())) {
                reader.awaitDecidedAfter(Instant.now());
                signal("STOP", first);
                reader.awaitNothingMore();
                signal("CONT", first);
                reader.awaitDecidedAfter(Instant.now());
                first.kill();
            }
            reader.awaitNothingMore();
            try (ProcessorProgram _ = ProcessorProgram.start(folder, "second", config("faults.", "second"), Map.of())) {
                reader.awaitDecidedAfter(Instant.now());
                try (ProcessorProgram _ =
                        ProcessorProgram.start(folder, "third", config("faults.", "third"), Map.of())) {
                    reader.awaitDecidedAfter(Instant.now());
                }
                load.burst(Tries.of(20_000));
                reader.awaitDecidedAfter(Instant.now());
            }
            load.rethrowFailure();
            assertThat(reader.compared).as("events that were there before").isGreaterThan(Tries.of(1_000));
        }
    }

    @Test
    void anOpenTransactionHoldsItsPartitionBackAndItsEndDoesNot() throws Exception {
        KeywardConfig config = config("open.", "open");
        cluster.withTopics(config);
        TopicNames names = config.topics().names();
        try (Instance instance = Instance.prepare(config, false, java.time.InstantSource.system());
                Producer<byte[], byte[]> producer = producer(Map.of("transactional.id", "upstream"))) {
            instance.start();
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                            names.name(Topic.KEY_REVOKED), 0, new byte[0], "no Avro".getBytes(StandardCharsets.UTF_8)))
                    .get();
            Instant open = Instant.now();
            Running.within().until(() -> others(config, 0).allMatch(said -> said.isAfter(open.plusSeconds(2))));
            assertThat(newest(config).get(0).getDecidedUpTo()).isBeforeOrEqualTo(open);
            producer.abortTransaction();
            Instant aborted = Instant.now();
            Running.within().until(() -> newest(config).get(0).getDecidedUpTo().isAfter(aborted));
            instance.rethrowFailure();
        }
        Progress last = newest(config).get(0);
        assertThat(last.getPartitions()).isEqualTo(Cluster.PARTITIONS);
        assertThat(last.getApplicationId()).isEqualTo(config.applicationId());
    }

    private static Stream<Instant> others(KeywardConfig config, int partition) {
        Map<Integer, Progress> newest = newest(config);
        return IntStream.range(0, Cluster.PARTITIONS)
                .filter(other -> other != partition)
                .mapToObj(other -> Optional.ofNullable(newest.get(other))
                        .map(Progress::getDecidedUpTo)
                        .orElse(Instant.EPOCH));
    }

    private static Map<Integer, Progress> newest(KeywardConfig config) {
        String topic = config.topics().names().name(Topic.PROGRESS);
        AvroDeserializer deserializer = deserializer();
        Map<Integer, Progress> newest = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : cluster.read(topic)) {
            Progress said = (Progress) deserializer.deserialize(topic, record.value());
            assertThat(record.key()).isEqualTo(Integer.toString(record.partition()));
            assertThat(said.getPartition()).isEqualTo(record.partition());
            newest.put(record.partition(), said);
        }
        return newest;
    }

    private static AvroDeserializer deserializer() {
        return TopicSchemas.reader(cluster.registry(), Topic.withSchema(Topic.Direction.OUT));
    }

    private static KeywardConfig config(String prefix, String state) {
        Map<String, String> settings = new HashMap<>(OFTEN);
        settings.put("keyward.state.dir", folder.resolve(state).toString());
        settings.put("keyward.http.port", "0");
        return cluster.config(prefix, settings);
    }

    private static void signal(String signal, ProcessorProgram program) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(program.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", cluster.bootstrapServers());
        settings.put("linger.ms", 0);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Sends a new environment every few milliseconds, some on a wrong partition.
    private static final class Load implements AutoCloseable {
        private final String topic;
        private final Producer<byte[], byte[]> producer = producer(Map.of());
        private final AtomicReference<Exception> failure = new AtomicReference<>();

        /// When the broker got the snapshot of each environment that is not known to be decided.
        private final Map<String, Instant> sent = new ConcurrentHashMap<>();

        private final Thread thread = Thread.ofPlatform().unstarted(this::run);
        private volatile boolean stopped;
        private int number;

        Load(KeywardConfig config) {
            topic = config.topics().names().name(Topic.ENVIRONMENT_CHANGED);
            thread.start();
        }

        private void run() {
            while (!stopped) {
                send();
                try {
                    Thread.sleep(10); // the pace of the load, not a wait
                } catch (InterruptedException interrupted) {
                    stopped = true;
                }
            }
        }

        void burst(int events) {
            for (int event = 0; event < events; event++) {
                send();
            }
        }

        private synchronized void send() {
            number++;
            String tenant = "tenant-" + number % 40;
            String environment = "e" + number;
            int owningPartition = TenantPartitioner.partitionOf(tenant, Cluster.PARTITIONS);
            int partition = number % 5 == 0 ? (owningPartition + 1) % Cluster.PARTITIONS : owningPartition;
            Event event = clean(1, tenant, environment);
            Future<RecordMetadata> _ = producer.send(
                    new ProducerRecord<>(
                            topic, partition, new byte[0], cluster.bytesOf(Topic.ENVIRONMENT_CHANGED, event)),
                    (RecordMetadata metadata, Exception failed) -> {
                        if (failed == null) {
                            sent.put(tenant + "/" + environment, Instant.ofEpochMilli(metadata.timestamp()));
                        } else {
                            failure.set(failed);
                        }
                    });
        }

        void rethrowFailure() throws Exception {
            if (failure.get() != null) {
                throw failure.get();
            }
        }

        @Override
        public void close() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            producer.close();
        }
    }

    /// Reads progress and decisions as a consumer does.
    private static final class Reader implements AutoCloseable {
        private final AvroDeserializer deserializer = deserializer();
        private final DecidedUpTo decided = new DecidedUpTo();
        private final Set<String> decisions = new HashSet<>();
        private final String progress;
        private final List<TopicPartition> read;
        private final Consumer<String, byte[]> consumer;

        /// Sees open transactions.
        private final Consumer<byte[], byte[]> everything = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());

        private final Load load;
        private int compared;

        /// @param load what is sent meanwhile
        Reader(KeywardConfig config, Load load) {
            this.load = load;
            TopicNames names = config.topics().names();
            progress = names.name(Topic.PROGRESS);
            consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            cluster.bootstrapServers(),
                            "isolation.level",
                            "read_committed",
                            "enable.auto.commit",
                            false),
                    new org.apache.kafka.common.serialization.StringDeserializer(),
                    new ByteArrayDeserializer());
            List<TopicPartition> all = new ArrayList<>(partitions(names.decisions()));
            all.addAll(partitions(progress));
            read = all;
            consumer.assign(all);
            consumer.seekToBeginning(all);
        }

        private static List<TopicPartition> partitions(String topic) {
            return IntStream.range(0, Cluster.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
        }

        /// Reads until every partition is decided up to a later moment.
        void awaitDecidedAfter(Instant moment) {
            Running.within().pollInterval(Duration.ZERO).until(() -> {
                step();
                return IntStream.range(0, Cluster.PARTITIONS)
                        .allMatch(partition ->
                                decided.of(partition).filter(moment::isBefore).isPresent());
            });
        }

        /// Reads until nothing more is known to be decided, although events come.
        void awaitNothingMore() {
            AtomicReference<List<Optional<Instant>>> before = new AtomicReference<>(List.of());
            AtomicReference<Instant> since = new AtomicReference<>(Instant.now());
            Running.within().pollInterval(Duration.ZERO).until(() -> {
                step();
                List<Optional<Instant>> now = IntStream.range(0, Cluster.PARTITIONS)
                        .mapToObj(decided::of)
                        .toList();
                if (!now.equals(before.get())) {
                    before.set(now);
                    since.set(Instant.now());
                }
                return since.get().plusSeconds(3).isBefore(Instant.now());
            });
        }

        private void step() {
            poll();
            DecidedUpTo.Claims claims = decided.claims(Instant.now());
            Map<TopicPartition, Long> ends = everything.endOffsets(read);
            while (read.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                poll();
            }
            decided.confirm(claims);
            load.sent.entrySet().removeIf(sent -> isDecided(sent.getKey(), sent.getValue()));
        }

        /// Whether that is known; then it must be so.
        private boolean isDecided(String environment, Instant sent) {
            String tenant = environment.substring(0, environment.indexOf('/'));
            Optional<Instant> upTo = decided.of(tenant);
            boolean said = upTo.filter(time -> !time.isBefore(sent)).isPresent();
            if (said) {
                // AssertJ's own check of a set compares all elements: too slow for one that grows all the time.
                if (!decisions.contains(environment)) {
                    throw new AssertionError(environment + " of " + sent + " is not decided, but all up to " + upTo);
                }
                compared++;
            }
            return said;
        }

        private void poll() {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                if (record.topic().equals(progress)) {
                    Progress said = (Progress) deserializer.deserialize(progress, record.value());
                    Instant appended = Instant.ofEpochMilli(record.timestamp());
                    assertThat(said.getDecidedUpTo()).isBefore(appended);
                    decided.read(
                            new DecidedUpTo.PartitionProgress(
                                    said.getPartition(), said.getPartitions(), said.getDecidedUpTo(), appended),
                            Instant.now());
                } else {
                    decisions.add(record.key());
                }
            }
        }

        @Override
        public void close() {
            consumer.close();
            everything.close();
        }
    }
}
