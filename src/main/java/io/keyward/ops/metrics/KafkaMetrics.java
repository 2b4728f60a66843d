package io.keyward.ops.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// The metrics of one Kafka Streams instance by their names; without the consumers that restore state, whose lag is no
/// lag of the input.
final class KafkaMetrics {
    private final Map<Name, List<Metric>> byName = new HashMap<>();

    private KafkaMetrics() {}

    private record Name(String group, String name) {}

    static KafkaMetrics of(Map<MetricName, ? extends Metric> all) {
        KafkaMetrics metrics = new KafkaMetrics();
        all.forEach(metrics::add);
        return metrics;
    }

    private void add(MetricName name, Metric metric) {
        if (!name.tags().getOrDefault("client-id", "").endsWith("-restore-consumer")) {
            byName.computeIfAbsent(new Name(name.group(), name.name()), _ -> new ArrayList<>())
                    .add(metric);
        }
    }

    Stream<Metric> named(String group, String name) {
        return byName.getOrDefault(new Name(group, name), List.of()).stream();
    }

    /// The values of all metrics of that name.
    DoubleStream all(String group, String name) {
        return named(group, name).flatMapToDouble(KafkaMetrics::values);
    }

    /// The metric's value; nothing if it has none yet, or none any more because its store was just closed.
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
