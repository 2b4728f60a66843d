package io.keyward.sandbox.azure;

/// The schema in which Event Grid delivers the events of a subscription.
public enum EventSchema {
    CLOUD_EVENTS("CloudEvents", "source", "type", "time"),
    EVENT_GRID("its own schema", "topic", "eventType", "eventTime");

    /// The names of the fields with the resource, the type and the time of an event.
    final String resource;

    final String type;
    final String time;

    /// The name in texts.
    final String label;

    EventSchema(String label, String resource, String type, String time) {
        this.label = label;
        this.resource = resource;
        this.type = type;
        this.time = time;
    }
}
