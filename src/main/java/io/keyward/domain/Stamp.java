package io.keyward.domain;

import java.time.Instant;
import java.util.Comparator;

/// When an event occurred and which one it was: the total order of facts (domain, section 4).
public record Stamp(Instant occurredAt, EventId eventId) implements Comparable<Stamp> {
    private static final Comparator<Stamp> ORDER =
            Comparator.comparing(Stamp::occurredAt).thenComparing(Stamp::eventId);

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
