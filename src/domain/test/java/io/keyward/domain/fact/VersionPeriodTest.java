package io.keyward.domain.fact;

import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What follows from the facts of a key alone: the periods of its versions, and the ends of its revocations (R17,
/// R21).
class VersionPeriodTest {
    private static KeyFacts key(Event.OfKey... events) {
        KeyFacts facts = KeyFacts.NONE;
        for (Event.OfKey event : events) {
            facts = facts.with(event);
        }
        return facts;
    }

    private static VersionPeriod period(String version, Instant from, Instant until) {
        return new VersionPeriod(Optional.of(version(version)), from, until);
    }

    @Test
    void periodsAreInTheOrderOfTheirEnds() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            KeyFacts facts = key(random.ints(12, 0, 6)
                    .mapToObj(day -> rotated(day(day), "k1", "v" + random.nextInt(3), "v" + random.nextInt(3)))
                    .toArray(Event.OfKey[]::new));

            assertThat(facts.versionPeriods())
                    .as("seed %d", seed)
                    .isSortedAccordingTo(Comparator.comparing(VersionPeriod::until));
        }
    }

    @Test
    void aPreviousVersionThatIsNamedAgainHasOnePeriod() {
        KeyFacts facts =
                key(rotated(day(1), "k1", "v1"), rotated(day(2), "k1", "v1", "v2"), rotated(day(3), "k1", "v1", "v2"));

        assertThat(facts.versionPeriods())
                .containsExactly(
                        new VersionPeriod(Optional.empty(), Instant.MIN, day(1)),
                        period("v1", day(1), day(2)),
                        period("v2", day(2), Instant.MAX));
    }

    @Test
    void aPeriodWithinASpanKeepsWhatTheSpanHolds() {
        VersionPeriod period = period("v1", day(2), day(5));

        assertThat(period.within(day(1), day(6))).isEqualTo(period);
        assertThat(period.within(day(3), day(6))).isEqualTo(period("v1", day(3), day(5)));
        assertThat(period.within(day(1), day(4))).isEqualTo(period("v1", day(2), day(4)));
        assertThat(period.within(day(3), day(4))).isEqualTo(period("v1", day(3), day(4)));
    }

    @Test
    void anOutageEndsAtTheFirstLaterRestoration() {
        KeyFacts facts = key(
                revoked(day(1), "k1"),
                restored(day(1), "k1"),
                restored(day(3), "k1"),
                restored(day(4), "k1"),
                revoked(day(5), "k1"));

        assertThat(facts.outages()).extracting(Outage::until).containsExactly(day(3), Instant.MAX);
        assertThat(facts.outages()).extracting(Outage::open).containsExactly(false, true);
        assertThat(facts.openRevocations())
                .isEqualTo(Arrays.asList(facts.revocations().facts().getLast()));
    }
}
