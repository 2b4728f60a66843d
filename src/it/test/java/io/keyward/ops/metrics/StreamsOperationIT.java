package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.ops.health.HealthSource;
import io.keyward.ops.health.RestoreProgress;
import io.keyward.ops.health.StreamsHealth;
import io.keyward.sandbox.EmbeddedKafka;
import io.keyward.testing.TestTopics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsOperationIT {
    private static final int THREADS = 2;
    private static final String INPUT = "input";
    private static final List<String> STORES = List.of("environments", "keys");

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(strings = "classic")
    void aRunningInstanceIsReadyAndTellsOfItselfInFewSeries(String groupProtocol) throws Exception {
        RestoreProgress restore = new RestoreProgress();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data.resolve("kafka"), 0);
                KeywardMetrics metrics =
                        new KeywardMetrics("1.2.3", Flows.PROFILE, InstantSource.system(), System::nanoTime)) {
            publish(kafka, 500);
            try (KafkaStreams streams = new KafkaStreams(topology(), settings(kafka, groupProtocol))) {
                streams.setGlobalStateRestoreListener(restore);
                metrics.watch(streams::metrics, restore);
                HealthSource health = StreamsHealth.of(streams, restore, List.of(), List::of);
                assertThat(health.liveness().ok()).isTrue();
                assertThat(health.readiness().reasons()).containsExactly("Kafka Streams has not been started yet.");

                streams.start();
                Awaitility.await().until(() -> health.readiness().ok());
                Awaitility.await()
                        .until(() -> Scrape.of(metrics).samples().getOrDefault("keyward_input_lag_records", 1.0) == 0);

                tellsOfItself(Scrape.of(metrics));
            }
            assertThat(restore.remaining()).isEmpty();
        }
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = "streams")
    void aRunningInstanceOfTheOtherProtocolDoesSoToo(String groupProtocol) throws Exception {
        aRunningInstanceIsReadyAndTellsOfItselfInFewSeries(groupProtocol);
    }

    @Test
    void whatIsProcessedWaitsUntilItIsCommitted() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data.resolve("kafka"), 0)) {
            publish(kafka, 1);
            Properties settings = settings(kafka, "classic");
            settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 3_000);
            try (KafkaStreams streams = new KafkaStreams(topology(), settings);
                    Producer<String, String> producer = producer(kafka)) {
                CommitAges commits = new CommitAges(streams::metrics, System::nanoTime);
                streams.start();
                Awaitility.await().until(() -> {
                    producer.send(new ProducerRecord<>(INPUT, "tenant", "event"))
                            .get();
                    commits.poll();
                    return commits.oldest().isPositive();
                });
                Awaitility.await().until(() -> {
                    commits.poll();
                    return commits.oldest().isZero();
                });
            }
        }
    }

    private static void tellsOfItself(Scrape scrape) throws Exception {
        assertThat(scrape.samples())
                .containsEntry("kafka_stream_alive_stream_threads", (double) THREADS)
                .containsEntry("kafka_stream_failed_stream_threads_total", 0.0)
                .containsEntry("kafka_stream_client_state", 2.0)
                .containsEntry("keyward_restore_remaining_records", 0.0)
                .containsKey("keyward_rocksdb_memory_bytes{kind=\"block_cache\"}");
        assertThat(scrape.samples().get("keyward_rocksdb_memory_bytes{kind=\"memtables\"}"))
                .isPositive();
        assertThat(scrape.series("kafka_stream_thread_process_rate")).hasSize(THREADS);
        assertThat(scrape.series("kafka_consumer_coordinator_assigned_partitions"))
                .hasSize(THREADS);
        assertThat(scrape.series("kafka_consumer_fetch_manager_records_lag_max"))
                .isNotEmpty();
        assertThat(scrape.series("kafka_")).hasSizeBetween(20 * THREADS, 75 * THREADS);
        Promtool.assertHasNothingToSayAbout(scrape);
    }

    private static void publish(EmbeddedKafka kafka, int records) throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            TestTopics.create(admin, List.of(new NewTopic(INPUT, 4, (short) 1)));
        }
        try (Producer<String, String> producer = producer(kafka)) {
            for (int number = 0; number < records; number++) {
                producer.send(new ProducerRecord<>(INPUT, "tenant-" + number, "event"))
                        .get();
            }
        }
    }

    private static Producer<String, String> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(), new StringSerializer());
    }

    private Properties settings(EmbeddedKafka kafka, String groupProtocol) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "operation");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, data.resolve("state").toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, groupProtocol);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put("auto.offset.reset", "earliest");
        return settings;
    }

    private static Topology topology() {
        Topology topology = new Topology();
        topology.addSource("read", new StringDeserializer(), new StringDeserializer(), INPUT);
        topology.addProcessor("remember", Remember::new, "read");
        STORES.forEach(store -> topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(store), Serdes.String(), Serdes.String()),
                "remember"));
        return topology;
    }

    private static final class Remember implements Processor<String, String, String, String> {
        private List<KeyValueStore<String, String>> stores = List.of();

        @Override
        public void init(ProcessorContext<String, String> context) {
            stores = STORES.stream()
                    .map(store -> context.<KeyValueStore<String, String>>getStateStore(store))
                    .toList();
        }

        @Override
        public void process(Record<String, String> event) {
            stores.forEach(store -> store.put(event.key(), event.value()));
        }
    }
}
