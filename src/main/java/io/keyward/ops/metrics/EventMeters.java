package io.keyward.ops.metrics;

import io.keyward.domain.event.Event;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Counts events by type, and measures the time since the last event of each type that others send.
final class EventMeters {
    private final MeterRegistry registry;
    private final LongSupplier nanoTime;
    private final Map<Class<? extends Event>, OfType> types;

    EventMeters(MeterRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
        this.types = Event.kinds().stream().collect(Collectors.toUnmodifiableMap(type -> type, this::ofType));
    }

    private record OfType(Counter count, AtomicLong lastAt) {}

    void admitted(Event event) {
        OfType type = types.get(event.getClass());
        type.count().increment();
        type.lastAt().set(nanoTime.getAsLong());
    }

    private OfType ofType(Class<?> type) {
        Counter count = Counter.builder("keyward.events")
                .description("Events taken in, by type")
                .tag("type", type.getSimpleName())
                .register(registry);
        AtomicLong lastAt = new AtomicLong(nanoTime.getAsLong());
        // Keyward writes these itself: they tell nothing of others.
        if (type != Event.TimeReached.class && type != Event.TenantErased.class) {
            registerAge(type, lastAt);
        }
        return new OfType(count, lastAt);
    }

    private void registerAge(Class<?> type, AtomicLong lastAt) {
        Gauge.builder("keyward.last.event.age", () -> seconds(nanoTime.getAsLong() - lastAt.get()))
                .description("Time since this instance took in the last event of the type, or since its start")
                .baseUnit("seconds")
                .tag("type", type.getSimpleName())
                .register(registry);
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
