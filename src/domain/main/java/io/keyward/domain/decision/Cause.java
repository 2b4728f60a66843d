package io.keyward.domain.decision;

import java.time.Instant;

/// The record that caused an output: its event, and the coordinates at which it was read.
///
/// @param eventType the name of the event's schema, or `PROFILE_CHANGED`
/// @param occurredAt the event's own time, which is also the time of every output that it causes
public record Cause(String eventType, String eventId, Instant occurredAt, String topic, int partition, long offset) {
    /// The cause of outputs that no event causes, or whose cause is unknown.
    public static final Cause NONE = new Cause("", "", Instant.EPOCH, "", -1, -1);
}
