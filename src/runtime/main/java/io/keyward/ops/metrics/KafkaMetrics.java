package io.keyward.ops.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// The metrics of one Kafka Streams instance by name. Excludes restore consumers, because their lag is not input
/// lag.
final class KafkaMetrics {
    private final Map<Name, List<Metric>> byName = new HashMap<>();

    private record Name(String group, String name) {}

    KafkaMetrics(Map<MetricName, ? extends Metric> all) {
        all.forEach((name, metric) -> {
            if (!name.tags().getOrDefault("client-id", "").endsWith("-restore-consumer")) {
                byName.computeIfAbsent(new Name(name.group(), name.name()), _ -> new ArrayList<>())
                        .add(metric);
            }
        });
    }

    Stream<Metric> named(String group, String name) {
        return byName.getOrDefault(new Name(group, name), List.of()).stream();
    }

    DoubleStream all(String group, String name) {
        return named(group, name).flatMapToDouble(KafkaMetrics::values);
    }

    /// The metric's value; empty before its first value and after its store was closed.
    static DoubleStream values(Metric metric) {
        try {
            return metric.metricValue() instanceof Number number && !Double.isNaN(number.doubleValue())
                    ? DoubleStream.of(number.doubleValue())
                    : DoubleStream.empty();
        } catch (RuntimeException closed) {
            return DoubleStream.empty();
        }
    }
}
