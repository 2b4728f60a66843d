package io.keyward.domain.decision;

import java.time.Instant;

/// The record that made an output change: which event, and where it was read.
///
/// @param eventType the name of the event's schema, or `PROFILE_CHANGED`
/// @param occurredAt the event's own time, which is also the time of every output it causes
public record Cause(String eventType, String eventId, Instant occurredAt, String topic, int partition, long offset) {}
