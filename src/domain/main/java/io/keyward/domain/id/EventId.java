package io.keyward.domain.id;

/// Identifies an event. It orders events of equal time (docs/domain.md, "Facts").
///
/// A [RefusedException] with `INVALID_ID` is thrown if the text is blank, too long, or holds a control character.
/// Only the ids of the processor's own events hold `/`, so no other service can use one of them.
public record EventId(String value) implements Comparable<EventId> {
    public EventId {
        Identifiers.requireText("eventId", value);
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
