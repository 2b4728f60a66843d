package io.keyward.topology;

import io.keyward.domain.event.Event;

/// An accepted record: its event, the coordinates at which it was first read, and its bytes as received.
@SuppressWarnings("ArrayRecordComponent") // forwarded once, never compared
public record Admitted(Event event, OriginCoordinates origin, byte[] received) implements Admission.Outcome {}
