package io.keyward.domain.decision;

import static io.keyward.domain.Facts.CONTOSO;
import static io.keyward.domain.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.EnvironmentId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is counted of a fan-out that is interrupted and resumed, and what remains of an erasure.
class FanOutTest {
    private static final UUID REQUEST = UUID.fromString("0b4bd6e3-1d6e-4c8b-9d0e-2a7a3c5f8e11");

    @Test
    void theReachedEnvironmentsAddUp() {
        Trigger trigger = new Trigger(cause("e1"), day(2), List.of());
        FanOut all = new FanOut.OfQueue(CONTOSO);
        FanOut rest = new FanOut.OfErasure(CONTOSO, Optional.of(new EnvironmentId("e5")), FanOut.Erased.NOTHING);

        assertThat(PendingFanOut.start(all, trigger)).isEqualTo(new PendingFanOut(all, trigger, 0));
        assertThat(PendingFanOut.start(all, trigger).advance(rest, 5).advance(rest, 2))
                .isEqualTo(new PendingFanOut(rest, trigger, 7));
    }

    @Test
    void whatAnErasureErasedAddsUp() {
        assertThat(new FanOut.Erased(1, 2, 3).plus(new FanOut.Erased(10, 20, 30)))
                .isEqualTo(new FanOut.Erased(11, 22, 33));
    }

    /// The digest is that of `printf contoso | sha256sum`.
    @Test
    void anErasureIdentifiesATenantByItsDigest() {
        FanOut.Erased erased = new FanOut.Erased(1, 2, 3);

        assertThat(Erasure.done(CONTOSO, cause(REQUEST.toString()), day(9), erased))
                .isEqualTo(new Erasure(
                        "11f0b04eda61baebd5646fde72b0058e9713c30e950d2f3457bbbc1c3c68b31a",
                        Optional.of(REQUEST),
                        day(2),
                        day(9),
                        erased));
    }

    /// An event id could hold a name.
    @ParameterizedTest
    @ValueSource(strings = {"alice@contoso.example", "0-0-0-0-1", "0B4BD6E3-1D6E-4C8B-9D0E-2A7A3C5F8E11"})
    void anEventIdThatIsNoUuidIsLeftOut(String eventId) {
        assertThat(Erasure.done(CONTOSO, cause(eventId), day(9), FanOut.Erased.NOTHING)
                        .requestId())
                .isEmpty();
    }

    private static Cause cause(String eventId) {
        return new Cause("TenantErased", eventId, day(2), "topic", 0, 1);
    }
}
