package io.keyward.console.whatif;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.EventWriter;
import io.keyward.avro.json.AvroJson;
import io.keyward.domain.event.Event;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topic;

/// Writes events as the lines that `publish` takes.
final class EventLines {
    private static final String SOURCE = "keyward whatif";

    private EventLines() {}

    static ObjectNode json(Event event) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", Topic.of(event).baseName());
        line.set("value", AvroJson.write(EventWriter.write(event, SOURCE)));
        return line;
    }

    /// The event as it is read from its line.
    static EventLine of(Event event) {
        return EventLine.parse(json(event).toString());
    }
}
