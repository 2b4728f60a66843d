package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.ops.health.RestoreProgress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamsCollectorTest {
    private static final String FETCHES = "consumer-fetch-manager-metrics";
    private static final String STATE = "stream-state-metrics";

    private final Map<MetricName, Metric> kafka = new HashMap<>();
    private final KeywardMetrics metrics =
            new KeywardMetrics("1.2.3", Flows.PROFILE, InstantSource.system(), System::nanoTime);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void aMetricOfAThreadHasItsThreadAsTheOnlyLabel() {
        given("stream-thread-metrics", "thread-state", Map.of("thread-id", "t-1", "process-id", "random"), 4);
        assertThat(scrape().samples()).containsEntry("kafka_stream_thread_thread_state{thread_id=\"t-1\"}", 4.0);
    }

    @Test
    void aMetricOfTheInstanceHasNoLabel() {
        given("stream-metrics", "alive-stream-threads", Map.of("client-id", "keyward-0"), 2);
        given("stream-metrics", "failed-stream-threads", Map.of("client-id", "keyward-0"), 1.0);
        assertThat(scrape().samples())
                .containsEntry("kafka_stream_alive_stream_threads", 2.0)
                .containsEntry("kafka_stream_failed_stream_threads_total", 1.0);
        assertThat(scrape().types())
                .containsEntry("kafka_stream_alive_stream_threads", "gauge")
                .containsEntry("kafka_stream_failed_stream_threads_total", "counter");
    }

    @Test
    void theLagOfTheConsumerIsNotLostAmongThatOfItsPartitions() {
        given(FETCHES, "records-lag-max", Map.of("client-id", "t-1-consumer"), 40);
        given(FETCHES, "records-lag-max", partition("t-1-consumer", 0), 40);
        given(FETCHES, "records-lag-max", partition("t-1-consumer", 1), 3);
        assertThat(scrape().series("kafka_"))
                .containsExactly("kafka_consumer_fetch_manager_records_lag_max{client_id=\"t-1-consumer\"}");
    }

    @Test
    void theInputLagIsThatOfTheWorstPartitionAndKnowsNoRestoration() {
        given(FETCHES, "records-lag", partition("t-1-consumer", 0), 40.0);
        given(FETCHES, "records-lag", partition("t-1-consumer", 1), 3.0);
        given(FETCHES, "records-lag", partition("t-1-restore-consumer", 1), 9_000.0);
        assertThat(scrape().samples()).containsEntry("keyward_input_lag_records", 40.0);
    }

    @Test
    void theMemoryOfRocksDbCountsTheSharedCacheOnce() {
        for (String store : new String[] {"environments", "keys"}) {
            Map<String, String> tags = Map.of("thread-id", "t-1", "task-id", "0_1", "rocksdb-state-id", store);
            given(STATE, "block-cache-usage", tags, 1_000L);
            given(STATE, "size-all-mem-tables", tags, 200L);
            given(STATE, "estimate-table-readers-mem", tags, 30L);
        }
        assertThat(scrape().samples())
                .containsEntry("keyward_rocksdb_memory_bytes{kind=\"block_cache\"}", 1_000.0)
                .containsEntry("keyward_rocksdb_memory_bytes{kind=\"memtables\"}", 400.0)
                .containsEntry("keyward_rocksdb_memory_bytes{kind=\"table_readers\"}", 60.0);
    }

    @Test
    void whatHasNoValueHasNoSeries() {
        given("stream-thread-metrics", "poll-latency-avg", Map.of("thread-id", "t-1"), Double.NaN);
        given("stream-thread-metrics", "process-rate", Map.of("thread-id", "t-1"), "a text");
        given("stream-thread-metrics", "commit-rate", Map.of("thread-id", "t-1"), (Supplier<Object>) () -> {
            throw new IllegalStateException("the store is closed");
        });
        assertThat(scrape().series("kafka_")).isEmpty();
        assertThat(scrape().series("keyward_rocksdb")).isEmpty();
    }

    @Test
    void threadsThatAreGoneLeaveNothingBehind() {
        given("stream-thread-metrics", "poll-rate", Map.of("thread-id", "t-1"), 1.0);
        assertThat(scrape().series("kafka_")).hasSize(1);
        kafka.clear();
        assertThat(scrape().series("kafka_")).isEmpty();
    }

    @Test
    void metricsNobodyRequestedAreLeftOut() {
        given("stream-task-metrics", "process-rate", Map.of("thread-id", "t-1", "task-id", "0_1"), 1.0);
        given("producer-topic-metrics", "byte-rate", Map.of("client-id", "p", "topic", "x"), 1.0);
        assertThat(scrape().series("kafka_")).isEmpty();
    }

    private boolean watched;

    private Scrape scrape() {
        if (!watched) {
            metrics.watch(() -> kafka, new RestoreProgress());
            watched = true;
        }
        return Scrape.of(metrics);
    }

    private static Map<String, String> partition(String client, int number) {
        return Map.of("client-id", client, "topic", "cmk_key-revoked", "partition", Integer.toString(number));
    }

    private void given(String group, String name, Map<String, String> tags, Object value) {
        given(group, name, tags, (Supplier<Object>) () -> value);
    }

    private void given(String group, String name, Map<String, String> tags, Supplier<Object> value) {
        MetricName metricName = new MetricName(name, group, "", tags);
        kafka.put(metricName, new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return value.get();
            }
        });
    }
}
