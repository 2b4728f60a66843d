package io.keyward.intake;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.id.RefusedException;

/// What one event means.
public sealed interface Finding {
    /// It is a fact: an input event of its tenant.
    record Fact(Event.OfKey event) implements Finding {}

    /// It may have changed a key.
    record Hint(KeyHint hint) implements Finding {}

    /// Event Grid asks whether its events are wanted, and expects the code in the answer.
    record Handshake(String code) implements Finding {}

    /// It says nothing about a key, and nothing is kept of it.
    record Irrelevant() implements Finding {}

    /// It cannot be understood. It goes to the dead letters.
    record Refused(RefusedException why) implements Finding {}
}
