package io.keyward.intake.eventgrid;

import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.Identifiers;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.intake.Fields;
import io.keyward.intake.ObjectAddress;
import java.time.Instant;

/// An event of Event Grid, in either of its schemas. Each method throws a [RefusedException] that names the field if
/// the field is missing or not valid.
///
/// @param typeField the field with its type
/// @param timeField the field with its time
/// @param vaultField the field with the vault that sent it
record GridEvent(Fields fields, String typeField, String timeField, String vaultField) {
    /// The prefix of the ids of our events.
    private static final String PREFIX = "eg:";

    /// The event in this object.
    ///
    /// @throws RefusedException `WRONG_SCHEMA` if it has neither schema
    static GridEvent of(Fields fields) {
        if (fields.has("specversion")) {
            return new GridEvent(fields, "type", "time", "source");
        }
        if (fields.has("eventType")) {
            return new GridEvent(fields, "eventType", "eventTime", "topic");
        }
        throw new RefusedException(
                RefusalCode.WRONG_SCHEMA,
                "This is not an event; expected the field specversion of CloudEvents, or eventType of Event Grid.");
    }

    String type() {
        return fields.requiredText(typeField, "the type of the event");
    }

    Instant time() {
        return fields.requiredTime(timeField);
    }

    /// Its time, and the id of our event about it.
    Stamp stamp() {
        String id = Identifiers.parse("id", fields.requiredText("id", "the id of the event"));
        return new Stamp(time(), new EventId(Identifiers.parse("eventId", PREFIX + id)));
    }

    Fields data() {
        return fields.requiredObject("data");
    }

    /// The vault that sent it.
    ObjectAddress vault() {
        String vault = fields.requiredText(vaultField, "the resource id of the vault");
        return ObjectAddress.ofResource(vaultField, vault);
    }
}
