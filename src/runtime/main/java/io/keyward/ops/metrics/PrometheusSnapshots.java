package io.keyward.ops.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;

/// Creates Prometheus metrics.
final class PrometheusSnapshots {
    private PrometheusSnapshots() {}

    /// @param label the names of the labels, separated by spaces; empty for a metric without labels, which has at
    ///     most one value
    /// @param values by label values, separated by spaces
    static MetricSnapshot gauge(String name, String help, String label, Map<String, ? extends Number> values) {
        var gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((labelValue, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels(label, labelValue))
                .value(value.doubleValue())
                .build()));
        return gauge.build();
    }

    /// Like [#gauge], for a counter; `name` is without the suffix `_total`.
    static MetricSnapshot counter(String name, String help, String label, Map<String, ? extends Number> values) {
        var counter = CounterSnapshot.builder().name(name).help(help);
        values.forEach((labelValue, value) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels(label, labelValue))
                .value(value.doubleValue())
                .build()));
        return counter.build();
    }

    private static Labels labels(String name, String value) {
        String[] names = name.replace('-', '_').split(" ", -1);
        return name.isEmpty() ? Labels.EMPTY : Labels.of(names, value.split(" ", names.length));
    }
}
