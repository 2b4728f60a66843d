package io.keyward.cli.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.json.JsonLine;
import io.keyward.avro.json.JsonRefusedException;
import io.keyward.client.Topic;
import io.keyward.topology.contract.EventLine;
import java.util.List;

/// A line that names a dead letter, with the event to send in its stead.
///
/// @param deadLetter the partition and offset of the dead letter
public record EditedLine(DeadLetterId deadLetter, EventLine event, ObjectNode json) {
    private static final JsonLine LINE = new JsonLine(
            "dead letter's line",
            List.of(
                    "topic",
                    "key",
                    "reason",
                    "detail",
                    "source",
                    "place",
                    "resentFrom",
                    "receivedAt",
                    "eventId",
                    "producer",
                    "value",
                    "valueLength",
                    "valueBase64",
                    "truncatedFrom",
                    "headers"),
            "a line of dead-letters show --json, with its field place and the value to send");

    /// The partition and offset of a dead letter in its topic.
    public record DeadLetterId(int partition, long offset) {
        static DeadLetterId of(DeadLetter deadLetter) {
            return new DeadLetterId(
                    deadLetter.received().partition(), deadLetter.received().offset());
        }
    }

    /// Parses a line as `watch dead-letters --json` prints it. Its event is sent to the topic of the refused
    /// record, or to the input topic that the line names instead of `dead-letters`.
    ///
    /// @throws JsonRefusedException if it is not such a line; the message says why
    public static EditedLine parse(String text) {
        ObjectNode line = LINE.parse(text);
        JsonNode coordinates = LINE.required(line, "place");
        if (!coordinates.path("partition").canConvertToInt()
                || !coordinates.path("offset").canConvertToLong()) {
            throw JsonRefusedException.unexpected("place", "the partition and offset of the dead letter", coordinates);
        }
        EventLine event = EventLine.parse(eventOf(line).toString());
        if (!Topic.inputs().contains(event.topic())) {
            throw JsonRefusedException.unexpected("topic", "an input topic", line.get("topic"));
        }
        return new EditedLine(
                new DeadLetterId(
                        coordinates.get("partition").asInt(),
                        coordinates.get("offset").asLong()),
                event,
                line);
    }

    /// Returns the fields that make up the record; the others only describe the dead letter.
    private static ObjectNode eventOf(ObjectNode line) {
        JsonNode topic = LINE.required(line, "topic");
        ObjectNode event = line.objectNode();
        event.set(
                "topic",
                topic.asText().equals(Topic.DEAD_LETTERS.baseName())
                        ? LINE.required(line, "source").path("topic")
                        : topic);
        event.set("value", LINE.required(line, "value"));
        if (line.has("key")) {
            event.set("key", line.get("key"));
        }
        return event;
    }

    /// Whether the record would differ from the refused one. JSON that was not Avro becomes Avro.
    boolean repairs(DeadLetter refused) {
        byte[] bytes = refused.received().value();
        ObjectNode printed = LINE.parse(refused.line().toString());
        return !printed.has("value")
                || (bytes != null && bytes.length > 0 && bytes[0] == '{')
                || !eventOf(printed).equals(eventOf(json));
    }
}
