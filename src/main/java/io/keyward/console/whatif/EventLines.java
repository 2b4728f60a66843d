package io.keyward.console.whatif;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.event.Event;
import io.keyward.topology.contract.EventLine;

/// Writes events as the lines that `publish` takes.
final class EventLines {
    private static final String SOURCE = "keyward whatif";

    private EventLines() {}

    static ObjectNode json(Event event) {
        return EventLine.write(event, SOURCE);
    }

    /// The event as it is read from its line.
    static EventLine of(Event event) {
        return EventLine.parse(json(event).toString());
    }
}
