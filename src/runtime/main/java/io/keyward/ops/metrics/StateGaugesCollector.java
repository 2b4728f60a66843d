package io.keyward.ops.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/// Exports the newest counts at each scrape. Unknown counts have no series.
record StateGaugesCollector(StateGaugesSnapshot stateGauges) implements MultiCollector {
    @Override
    public MetricSnapshots collect() {
        Stream<MetricSnapshot> counts = stateGauges.total().stream().flatMap(StateGaugesCollector::counts);
        Stream<MetricSnapshot> age = stateGauges.age().stream()
                .map(oldest -> seconds(
                        "keyward_census_age_seconds",
                        "Age of the oldest count behind keyward_environments and the other state gauges",
                        oldest));
        return new MetricSnapshots(Stream.concat(counts, age).toList());
    }

    private static Stream<MetricSnapshot> counts(StateGauges total) {
        Stream<MetricSnapshot> series = Arrays.stream(StateGauge.values())
                .map(counted ->
                        PrometheusSnapshots.gauge(counted.family, counted.help, counted.label, total.of(counted)));
        MetricSnapshot lag = seconds(
                "keyward_deadline_lag_seconds",
                "How long ago the earliest passed and undecided deadline was when it was counted",
                total.deadlineLag());
        return Stream.concat(series, Stream.of(lag));
    }

    private static MetricSnapshot seconds(String name, String help, Duration duration) {
        return PrometheusSnapshots.gauge(name, help, "", Map.of("", duration.toMillis() / 1_000.0));
    }
}
