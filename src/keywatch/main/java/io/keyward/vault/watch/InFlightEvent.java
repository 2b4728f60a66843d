package io.keyward.vault.watch;

import io.keyward.client.Coordinates;
import io.keyward.domain.event.Event;
import io.keyward.registry.client.DoublingWait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An event that is published or about to be, and is not stored as a fact yet.
///
/// @param coordinates of its record, once the brokers have acknowledged it
/// @param attempts the number of sends
/// @param notBefore the earliest time of the next send
record InFlightEvent(Event.OfKey event, Optional<Coordinates> coordinates, int attempts, Instant notBefore) {
    private static final DoublingWait PAUSES = new DoublingWait(Duration.ofSeconds(5), Duration.ofMinutes(10));

    /// The wait before an acknowledged record that has not become a fact is sent again. It is long, because the
    /// brokers have the record.
    private static final Duration PATIENCE = Duration.ofHours(1);

    static InFlightEvent first(Event.OfKey event) {
        return new InFlightEvent(event, Optional.empty(), 1, Instant.MAX);
    }

    InFlightEvent again() {
        return new InFlightEvent(event, Optional.empty(), attempts + 1, Instant.MAX);
    }

    InFlightEvent failed(Instant now) {
        return new InFlightEvent(event, Optional.empty(), attempts, now.plus(PAUSES.after(attempts - 1)));
    }

    InFlightEvent placed(Coordinates at, Instant now) {
        return new InFlightEvent(event, Optional.of(at), attempts, now.plus(PATIENCE));
    }

    /// The processor has read past the record, but it is not a fact: the stores do not show it yet, or it was
    /// refused.
    InFlightEvent passed(Instant now) {
        Instant soon = now.plus(PAUSES.after(attempts - 1));
        return soon.isBefore(notBefore) ? new InFlightEvent(event, coordinates, attempts, soon) : this;
    }
}
