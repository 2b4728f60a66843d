package io.keyward.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Registers meters in one registry. Tags alternate names and values.
record Meters(MeterRegistry registry) {
    Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    void gauge(String name, String description, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value).description(description).tags(tags).register(registry);
    }

    /// A gauge of seconds.
    void age(String name, String description, Supplier<Duration> age, String... tags) {
        TimeGauge.builder(name, () -> age.get().toMillis(), TimeUnit.MILLISECONDS)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /// A timer with buckets.
    Timer timer(String name, String description, Duration... bounds) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(bounds)
                .register(registry);
    }

    static Duration[] millis(Integer... bounds) {
        return Arrays.stream(bounds).map(Duration::ofMillis).toArray(Duration[]::new);
    }
}
