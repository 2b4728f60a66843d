package io.keyward.topology;

import io.keyward.domain.event.Event;

/// A record that was accepted: the event it holds, where it was first read, and its bytes as received.
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record Admitted(Event event, Origin origin, byte[] received) {}
