package io.keyward.domain.event;

import io.keyward.domain.id.EventId;
import java.time.Instant;

/// When an event occurred, and its id: the total order of facts (docs/domain.md, "Facts").
public record Stamp(Instant occurredAt, EventId eventId) implements Comparable<Stamp> {
    @Override
    public int compareTo(Stamp other) {
        int byTime = occurredAt.compareTo(other.occurredAt);
        return byTime != 0 ? byTime : eventId.compareTo(other.eventId);
    }
}
