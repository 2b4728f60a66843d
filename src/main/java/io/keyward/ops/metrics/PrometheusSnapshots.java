package io.keyward.ops.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;

/// Creates Prometheus metrics with at most one label.
final class PrometheusSnapshots {
    private PrometheusSnapshots() {}

    /// @param label the label's name; empty for a metric without labels, which has at most one value
    /// @param values the values by label value
    static MetricSnapshot gauge(String name, String help, String label, Map<String, ? extends Number> values) {
        var gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((labelValue, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels(label, labelValue))
                .value(value.doubleValue())
                .build()));
        return gauge.build();
    }

    /// The same for a counter; `name` is without the suffix `_total`.
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
