package io.keyward.console.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/// An event, with the coordinates of its record.
///
/// @param eventType the name of the event's schema; empty if no known output names the event
/// @param topic with `partition` and `offset`, the coordinates of its record; empty if no known output has them,
///     or if no event caused the output
public record NamedCause(
        Optional<String> eventType,
        String eventId,
        Instant occurredAt,
        Optional<String> topic,
        Optional<Integer> partition,
        Optional<Long> offset) {
    /// The cause in an output in plain JSON; empty if the output has none.
    static Optional<NamedCause> ofOutput(ObjectNode output) {
        JsonNode cause = output.path("cause");
        if (!cause.hasNonNull("eventId") || !cause.hasNonNull("occurredAt")) {
            return Optional.empty();
        }
        boolean known = !cause.path("topic").asText().isEmpty();
        return Optional.of(new NamedCause(
                Optional.ofNullable(cause.path("eventType").textValue()),
                cause.path("eventId").asText(),
                Instant.parse(cause.path("occurredAt").asText()),
                Optional.of(cause.path("topic").asText()).filter(_ -> known),
                Optional.of(cause.path("partition").asInt()).filter(_ -> known),
                Optional.of(cause.path("offset").asLong()).filter(_ -> known)));
    }
}
