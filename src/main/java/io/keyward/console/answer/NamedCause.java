package io.keyward.console.answer;

import java.time.Instant;
import java.util.Optional;

/// An event, and where its record is.
///
/// @param eventType the name of the event's schema; empty if no output that is still known names the event
/// @param topic where it was read, like `partition` and `offset`; empty if no output that is still known says it
public record NamedCause(
        Optional<String> eventType,
        String eventId,
        Instant occurredAt,
        Optional<String> topic,
        Optional<Integer> partition,
        Optional<Long> offset) {}
