package io.keyward.intake.eventgrid;

import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.Identifiers;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.intake.Fields;
import io.keyward.intake.ObjectAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An event of Event Grid, in either of its schemas. Each method throws a [RefusedException] that names the field if
/// the field is missing or not valid.
///
/// @param typeField the field with its type
/// @param timeField the field with its time
/// @param vaultField the field with the vault that sent it
record GridEvent(Fields fields, String typeField, String timeField, String vaultField) {
    /// The prefix of the ids of our events.
    private static final String PREFIX = "eg:";

    private static final String URI = "resourceUri";

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

    /// The Azure resource that an operation of Azure Resource Manager has changed.
    Resource resource() {
        Optional<Fields> data = fields.object("data");
        return data.flatMap(inner -> inner.text(URI).map(id -> new Resource(inner.path(URI), id)))
                .orElseGet(() -> new Resource("subject", fields.requiredText("subject", "the id of the resource")));
    }

    /// An Azure resource.
    ///
    /// @param field where its id was found
    record Resource(String field, String id) {
        /// What follows the last provider: a resource may extend one of another provider.
        private static final Pattern TYPE =
                Pattern.compile(".*/providers/([^/]+/[^/]+)(/.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

        /// Its type, or that of the resource of the same provider that it is in, in lower case; empty if it has none.
        String type() {
            Matcher type = TYPE.matcher(id);
            return type.matches() ? type.group(1).toLowerCase(Locale.ROOT) : "";
        }
    }

    /// The vault that sent it.
    ObjectAddress vault() {
        String vault = fields.requiredText(vaultField, "the resource id of the vault");
        return ObjectAddress.ofResource(vaultField, vault);
    }
}
