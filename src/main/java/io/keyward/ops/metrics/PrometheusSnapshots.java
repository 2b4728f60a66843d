package io.keyward.ops.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;

/// Makes metrics of at most one label for Prometheus.
final class PrometheusSnapshots {
    private PrometheusSnapshots() {}

    /// @param label name of the label; empty where there is none, and one value at most
    /// @param values by the label's value
    static MetricSnapshot gauge(String name, String help, String label, Map<String, ? extends Number> values) {
        var gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((labelValue, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels(label, labelValue))
                .value(value.doubleValue())
                .build()));
        return gauge.build();
    }

    /// The same for a value that only grows; the name is without its suffix.
    static MetricSnapshot counter(String name, String help, String label, Map<String, ? extends Number> values) {
        var counter = CounterSnapshot.builder().name(name).help(help);
        values.forEach((labelValue, value) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels(label, labelValue))
                .value(value.doubleValue())
                .build()));
        return counter.build();
    }

    private static Labels labels(String name, String value) {
        return name.isEmpty() ? Labels.EMPTY : Labels.of(name.replace('-', '_'), value);
    }
}
