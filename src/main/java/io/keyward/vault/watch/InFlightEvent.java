package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An event that was published, or will be, and is not among the stored facts yet.
///
/// @param position in its topic, once the brokers have it
/// @param attempts how often it was sent
/// @param notBefore when it may be sent again at the earliest
record InFlightEvent(Event.OfKey event, Optional<RecordPosition> position, int attempts, Instant notBefore) {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int DOUBLINGS = 7;

    /// The wait for an acknowledged record that has not become a fact: the brokers have it, so there is no hurry.
    private static final Duration PATIENCE = Duration.ofHours(1);

    static InFlightEvent first(Event.OfKey event) {
        return new InFlightEvent(event, Optional.empty(), 1, Instant.MAX);
    }

    InFlightEvent again() {
        return new InFlightEvent(event, Optional.empty(), attempts + 1, Instant.MAX);
    }

    InFlightEvent failed(Instant now) {
        return new InFlightEvent(event, Optional.empty(), attempts, now.plus(pause()));
    }

    InFlightEvent placed(RecordPosition at, Instant now) {
        return new InFlightEvent(event, Optional.of(at), attempts, now.plus(PATIENCE));
    }

    /// The processor has read past it, and it is no fact: either the stores do not show it yet, or it was refused.
    InFlightEvent passed(Instant now) {
        Instant soon = now.plus(pause());
        return soon.isBefore(notBefore) ? new InFlightEvent(event, position, attempts, soon) : this;
    }

    private Duration pause() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
