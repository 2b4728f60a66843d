package io.keyward.domain.decision;

import java.time.Instant;
import java.util.List;

/// What made outputs necessary, with all that they carry on of it.
///
/// @param cause the event, or `PROFILE_CHANGED`
/// @param recordTime when the broker took in the record that stated it
/// @param headers what that record carried
public record Trigger(Cause cause, Instant recordTime, List<CarriedHeader> headers) {
    public Trigger {
        headers = List.copyOf(headers);
    }

    /// The type of a cause that is no event: the rule profile is another one than before.
    public static final String PROFILE_CHANGED = "PROFILE_CHANGED";

    /// A header as received; its value, null included, is never changed.
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record CarriedHeader(String name, byte[] value) {}
}
