package io.keyward.domain.event;

import static io.keyward.domain.Facts.CONTOSO;
import static io.keyward.domain.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyward.domain.id.RefusedException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// R25: only the processor states that a time is reached, so nothing in the event is free.
class TimeReachedTest {
    private static final String ID = "time/2026-01-03T00:00:00Z";

    @Test
    void itsTimeAndItsIdFollowFromWhatIsDue() {
        Event.TimeReached event = parse(day(2), ID);

        assertThat(event).isEqualTo(new Event.TimeReached(CONTOSO, day(2)));
        assertThat(event.stamp().eventId()).hasToString(ID);
    }

    @Test
    void anotherTimeOrIdIsRefused() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> parse(day(3), ID))
                .withMessage("occurredAt is 2026-01-04T00:00:00Z; expected 2026-01-03T00:00:00Z, as dueAt says.");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> parse(day(2), "e1"))
                .withMessage("eventId is e1; expected " + ID + ", as dueAt says.");
    }

    private static Event.TimeReached parse(Instant occurredAt, String eventId) {
        return Event.TimeReached.parse(CONTOSO, occurredAt, eventId, day(2));
    }
}
