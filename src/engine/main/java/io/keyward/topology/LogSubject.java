package io.keyward.topology;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.id.EventId;
import java.util.Optional;
import org.slf4j.spi.LoggingEventBuilder;

/// The record that a log line is about: the coordinates at which it was first read and, if known, its event. Log
/// lines contain them in separate fields (docs/logs.md), and never the record itself.
public record LogSubject(String topic, int partition, long offset, Optional<String> eventId) {
    static final String EVENT_ID = "event.id";
    static final String TOPIC = "kafka.topic";
    static final String PARTITION = "kafka.partition";
    static final String OFFSET = "kafka.offset";

    static LogSubject of(OriginCoordinates origin, Optional<EventId> event) {
        return new LogSubject(origin.topic(), origin.partition(), origin.offset(), event.map(EventId::value));
    }

    static LogSubject of(Admitted admitted) {
        return of(admitted.origin(), Optional.of(admitted.event().stamp().eventId()));
    }

    static LogSubject of(Cause cause) {
        return new LogSubject(cause.topic(), cause.partition(), cause.offset(), Optional.of(cause.eventId()));
    }

    /// Adds these fields to the line.
    public LoggingEventBuilder addTo(LoggingEventBuilder line) {
        LoggingEventBuilder located =
                line.addKeyValue(TOPIC, topic).addKeyValue(PARTITION, partition).addKeyValue(OFFSET, offset);
        return eventId.map(id -> located.addKeyValue(EVENT_ID, id)).orElse(located);
    }

    /// The fields as text, for the end of a sentence.
    @Override
    public String toString() {
        return "partition " + partition + " offset " + offset + " of " + topic
                + eventId.map(id -> " (event " + id + ")").orElse("");
    }
}
