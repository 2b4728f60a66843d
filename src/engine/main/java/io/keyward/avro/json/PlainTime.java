package io.keyward.avro.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// A time in JSON: ISO-8601 with a zone, or epoch milliseconds.
public final class PlainTime {
    public static final String EXPECTED = "a time such as 2026-03-01T10:00:00Z or epoch milliseconds";

    private PlainTime() {}

    /// The time, truncated to milliseconds; empty if the JSON is not a time within the range of epoch
    /// milliseconds.
    public static Optional<Instant> read(JsonNode json) {
        try {
            return millis(json).map(Instant::ofEpochMilli);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> millis(JsonNode json) {
        if (json.isTextual()) {
            return Optional.of(Instant.parse(json.textValue()).toEpochMilli());
        }
        return json.isIntegralNumber() && json.canConvertToLong() ? Optional.of(json.longValue()) : Optional.empty();
    }
}
