package io.keyward.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import org.apache.avro.generic.IndexedRecord;

/// Checks the times that callers pass. An impossible time, such as seconds instead of milliseconds, would lie
/// before everything that is suppressed, or after everything that is decided.
final class EventTime {
    private static final Instant EARLIEST = Instant.parse("2015-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final String OF_EVENT = "occurredAt";

    /// Nothing that has happened lies further ahead: clocks differ, but not by a day.
    private static final Duration AHEAD = Duration.ofDays(1);

    private EventTime() {}

    /// Returns the time.
    ///
    /// @throws IllegalArgumentException if it is null, before 2015, or more than a day ahead of the clock
    static Instant require(Instant time, InstantSource clock) {
        return require("eventTime", time, clock.instant().plus(AHEAD));
    }

    /// Checks all times in an event. Only `occurredAt` lies in the past; others may lie ahead, such as an expiry.
    ///
    /// @throws IllegalArgumentException if one is before 2015, or too far ahead
    static void requireAll(IndexedRecord event, InstantSource clock) {
        Instant latest = clock.instant().plus(AHEAD);
        event.getSchema().getFields().forEach(field -> {
            Object value = event.get(field.pos());
            requireAll(field.name(), value, field.name().equals(OF_EVENT) ? latest : LATEST);
        });
    }

    private static void requireAll(String path, Object value, Instant latest) {
        if (value instanceof Instant time) {
            require(path, time, latest);
        } else if (value instanceof IndexedRecord nested) {
            nested.getSchema()
                    .getFields()
                    .forEach(field -> requireAll(path + "." + field.name(), nested.get(field.pos()), latest));
        } else if (value instanceof Collection<?> items) {
            items.forEach(item -> requireAll(path, item, latest));
        }
    }

    private static Instant require(String name, Instant time, Instant latest) {
        if (time == null || isNone(time, latest)) {
            throw new IllegalArgumentException("%s: %s is not a valid time; must be between %s and %s%s"
                    .formatted(name, time, EARLIEST, latest, looksLikeSeconds(time, latest)));
        }
        return time;
    }

    private static boolean isNone(Instant time, Instant latest) {
        return time.isBefore(EARLIEST) || time.isAfter(latest);
    }

    private static String looksLikeSeconds(Instant time, Instant latest) {
        // Times that milliseconds cannot represent are not seconds.
        boolean seconds = time != null
                && Math.abs(time.getEpochSecond()) < latest.getEpochSecond()
                && !isNone(Instant.ofEpochSecond(time.toEpochMilli()), latest);
        return seconds ? "; it looks like seconds instead of milliseconds" : "";
    }
}
