package io.keyward.domain.id;

/// Names an event; two events of one time are ordered by it (docs/domain.md, "Facts").
///
/// A [RefusedException] with `INVALID_ID` is thrown when the text is blank, too long or holds `/` or a control
/// character.
public record EventId(String value) implements Comparable<EventId> {
    public EventId {
        Identifiers.requireValid("eventId", value);
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
