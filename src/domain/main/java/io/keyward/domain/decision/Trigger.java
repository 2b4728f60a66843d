package io.keyward.domain.decision;

import java.time.Instant;
import java.util.List;

/// The cause of outputs, with the time and the headers that outputs take over from it.
///
/// @param cause the event, or `PROFILE_CHANGED`
/// @param recordTime when the broker received the record of the event
/// @param headers the headers of that record
public record Trigger(Cause cause, Instant recordTime, List<CarriedHeader> headers) {
    public Trigger {
        headers = List.copyOf(headers);
    }

    /// The type of a cause that is not an event: the rule profile has changed.
    public static final String PROFILE_CHANGED = "PROFILE_CHANGED";

    /// A header as received. Its value may be null and is never changed.
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record CarriedHeader(String name, byte[] value) {}
}
