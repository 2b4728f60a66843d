package io.keyward.intake.eventgrid;

import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.Identifiers;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.intake.Fields;
import io.keyward.intake.ObjectAddress;
import java.time.Instant;
import java.util.Optional;

/// An event of Event Grid, in either of its schemas. Each method throws a [RefusedException] that names the field if
/// the field is missing or not valid.
record GridEvent(Fields fields, Schema schema) {
    /// The prefix of the ids of our events.
    private static final String PREFIX = "eg:";

    private enum Schema {
        CLOUD_EVENTS("type", "time", "source"),
        EVENT_GRID("eventType", "eventTime", "topic");

        private final String type;
        private final String time;
        private final String resource;

        Schema(String type, String time, String resource) {
            this.type = type;
            this.time = time;
            this.resource = resource;
        }
    }

    /// The event in this object.
    ///
    /// @throws RefusedException `WRONG_SCHEMA` if it has neither schema
    static GridEvent of(Fields fields) {
        if (fields.has("specversion")) {
            return new GridEvent(fields, Schema.CLOUD_EVENTS);
        }
        if (fields.has("eventType")) {
            return new GridEvent(fields, Schema.EVENT_GRID);
        }
        throw new RefusedException(
                RefusalCode.WRONG_SCHEMA,
                "This is not an event; expected the field specversion of CloudEvents, or eventType of Event Grid.");
    }

    String typeName() {
        return fields.requiredText(schema.type, "the type of the event");
    }

    /// Empty if it is not one of those that Azure documents.
    Optional<EventType> type() {
        return EventType.of(typeName());
    }

    Instant time() {
        return fields.requiredTime(schema.time);
    }

    /// Its time, and the id of our event about it.
    Stamp stamp() {
        String id = Identifiers.parse("id", fields.requiredText("id", "the id of the event"));
        return new Stamp(time(), new EventId(PREFIX + id));
    }

    Fields data() {
        return fields.requiredObject("data");
    }

    /// The vault that sent it.
    ObjectAddress vault() {
        String vault = fields.requiredText(schema.resource, "the resource id of the vault");
        return ObjectAddress.ofResource(schema.resource, vault);
    }
}
