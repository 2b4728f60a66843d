package io.keyward.domain.id;

/// Identifies an event. It orders events of equal time (docs/domain.md, "Facts").
///
/// Ids of events are checked where they are read ([Identifiers#parse]). Only the ids of the processor's own events
/// contain `/`, so no other service can use one of them.
public record EventId(String value) implements Comparable<EventId> {
    /// The prefix of the ids of the key watch's events.
    public static final String OF_THE_KEY_WATCH = "vault-watch-";

    /// Whether the key watch published the event.
    public boolean isOfTheKeyWatch() {
        return value.startsWith(OF_THE_KEY_WATCH);
    }

    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
