package io.keyward.sandbox.azure;

/// The schema in which Event Grid delivers the events of a subscription.
public enum EventSchema {
    CLOUD_EVENTS("CloudEvents"),
    EVENT_GRID("its own schema");

    private final String label;

    EventSchema(String label) {
        this.label = label;
    }

    /// The name in texts.
    public String label() {
        return label;
    }
}
