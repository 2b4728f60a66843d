package io.keyward.ops.metrics;

import io.keyward.domain.event.Event;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Counts events by type, and measures the time since the last event of each type that other systems send.
final class EventMeters {
    private final Meters meters;
    private final LongSupplier nanoTime;
    private final Map<Class<? extends Event>, OfType> types;

    EventMeters(Meters meters, LongSupplier nanoTime) {
        this.meters = meters;
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
        Counter count = meters.counter("keyward.events", "Events taken in, by type", "type", type.getSimpleName());
        AtomicLong lastAt = new AtomicLong(nanoTime.getAsLong());
        // Keyward writes these itself, so they show nothing about other systems.
        if (type != Event.TimeReached.class && type != Event.TenantErased.class) {
            meters.age(
                    "keyward.last.event.age",
                    "Time since this instance took in the last event of the type, or since its start",
                    () -> Duration.ofNanos(nanoTime.getAsLong() - lastAt.get()),
                    "type",
                    type.getSimpleName());
        }
        return new OfType(count, lastAt);
    }
}
