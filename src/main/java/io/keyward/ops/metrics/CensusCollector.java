package io.keyward.ops.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/// Exports the newest counts at each scrape. Unknown counts have no series.
record CensusCollector(CensusSnapshot census) implements MultiCollector {
    @Override
    public MetricSnapshots collect() {
        Stream<MetricSnapshot> counts = census.total().stream().flatMap(CensusCollector::counts);
        Stream<MetricSnapshot> age = census.age().stream().map(CensusCollector::age);
        return new MetricSnapshots(Stream.concat(counts, age).toList());
    }

    private static Stream<MetricSnapshot> counts(Census total) {
        return Arrays.stream(CensusSeries.values())
                .map(series ->
                        PrometheusSnapshots.gauge(series.family(), series.help(), series.label(), total.of(series)));
    }

    private static MetricSnapshot age(Duration age) {
        return PrometheusSnapshots.gauge(
                "keyward_census_age_seconds",
                "Age of the oldest count behind keyward_environments and its like",
                "",
                Map.of("", age.toNanos() / (double) Duration.ofSeconds(1).toNanos()));
    }
}
