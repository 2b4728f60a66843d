package io.keyward.ops.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// Exports Kafka's own metrics at each scrape: the [StreamsSeries], and one aggregate for each of Kafka's
/// per-partition and per-store metrics. A metric without a value has no series.
///
/// The names are those of Micrometer's `KafkaStreamsMetrics`. That class is not used: it exports the lag of each
/// partition and drops the consumer's lag, puts the random process id into labels, and exports new threads a
/// minute late.
record StreamsCollector(Supplier<Map<MetricName, ? extends Metric>> source) implements MultiCollector {
    private static final Set<String> OF_INSTANCE_OR_THREAD =
            Set.of("application-id", "client-id", "process-id", "thread-id");
    private static final String STATE = "stream-state-metrics";

    @Override
    public MetricSnapshots collect() {
        KafkaMetrics kafka = new KafkaMetrics(source.get());
        return new MetricSnapshots(Stream.of(
                        StreamsSeries.ALL.stream().map(series -> snapshot(series, kafka)),
                        Stream.of(inputLag(kafka), rocksDbMemory(kafka)))
                .flatMap(snapshots -> snapshots)
                .filter(snapshot -> !snapshot.getDataPoints().isEmpty())
                .toList());
    }

    private static MetricSnapshot snapshot(StreamsSeries series, KafkaMetrics kafka) {
        SortedMap<String, Double> values = new TreeMap<>();
        kafka.named(series.group(), series.name())
                .filter(metric -> OF_INSTANCE_OR_THREAD.containsAll(
                        metric.metricName().tags().keySet()))
                .forEach(metric -> KafkaMetrics.values(metric)
                        .forEach(value ->
                                values.put(metric.metricName().tags().getOrDefault(series.label(), ""), value)));
        return series.counter()
                ? PrometheusSnapshots.counter(series.family(), series.help(), series.label(), values)
                : PrometheusSnapshots.gauge(series.family(), series.help(), series.label(), values);
    }

    private static MetricSnapshot inputLag(KafkaMetrics kafka) {
        SortedMap<String, Double> lag = new TreeMap<>();
        kafka.all("consumer-fetch-manager-metrics", "records-lag").max().ifPresent(most -> lag.put("", most));
        return PrometheusSnapshots.gauge(
                "keyward_input_lag_records", "Records waiting in the input partition with the highest lag", "", lag);
    }

    /// All stores share one block cache, so each store reports its full size.
    private static MetricSnapshot rocksDbMemory(KafkaMetrics kafka) {
        SortedMap<String, Double> bytes = new TreeMap<>();
        kafka.all(STATE, "block-cache-usage").max().ifPresent(shared -> bytes.put("block_cache", shared));
        if (!bytes.isEmpty()) {
            bytes.put("memtables", kafka.all(STATE, "size-all-mem-tables").sum());
            bytes.put(
                    "table_readers",
                    kafka.all(STATE, "estimate-table-readers-mem").sum());
        }
        return PrometheusSnapshots.gauge(
                "keyward_rocksdb_memory_bytes", "Memory that RocksDB uses for all stores together", "kind", bytes);
    }
}
