package io.keyward.domain.id;

/// Identifies an event. It orders events of equal time (docs/domain.md, "Facts").
///
/// A [RefusedException] with `INVALID_ID` is thrown if the text is blank, too long, or holds `/` or a control
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
