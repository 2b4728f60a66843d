package io.keyward.domain.id;

/// Identifies an event. It orders events of equal time (docs/domain.md, "Facts").
///
/// Ids of events are checked where they are read ([Identifiers#parse]). Only the ids of the processor's own events
/// hold `/`, so no other service can use one of them.
public record EventId(String value) implements Comparable<EventId> {
    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
