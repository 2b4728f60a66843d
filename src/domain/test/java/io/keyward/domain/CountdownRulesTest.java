package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.expiring;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.rotatedUntil;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.decision.WarningCode.DELETION_IMMINENT;
import static io.keyward.domain.decision.WarningCode.KEY_EXPIRED;
import static io.keyward.domain.decision.WarningCode.KEY_EXPIRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// R25 and R26: the warnings that are published as time passes, and the dates that no row can state.
class CountdownRulesTest {
    private static final List<Event> APPLIED = List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"));

    /// Locked since day 5, to be deleted on day 35.
    private static final List<Event> LOCKED =
            List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"), revoked(day(5), "k1"));

    @TestFactory
    Stream<DynamicTest> datesBeyondAllTime() {
        Instant latest = Instant.ofEpochMilli(Long.MAX_VALUE);
        return Stream.of(
                row(
                        "R26 a date beyond all time never comes",
                        given(APPLIED, List.of(rotatedUntil(day(3), "k1", "v1", latest))),
                        then -> then.warns(new WarningCode[0]).dueAt(latest.minusSeconds(30 * 24 * 60 * 60))),
                row(
                        "R26 a date before all time has passed",
                        given(APPLIED, List.of(rotatedUntil(day(3), "k1", "v1", Instant.ofEpochMilli(Long.MIN_VALUE)))),
                        then -> then.warns(KEY_EXPIRED).neverDue()));
    }

    /// What happens to warnings, in order.
    private static List<String> warnings(WarningCode code, List<Event> first, Event... events) {
        List<String> warnings = new ArrayList<>();
        given(first, List.of(events)).publications().forEach(publication -> {
            if (publication instanceof Publication.OfWarning w && w.code() == code) {
                warnings.add(w.status() + " " + w.incident().severity() + ": " + w.message());
            }
        });
        return warnings;
    }

    /// A mark that was reached is published once, however often `time-reached` events arrive.
    @Test
    void eachMarkIsPublishedOnce() {
        assertThat(warnings(
                        DELETION_IMMINENT,
                        LOCKED,
                        reached(day(28)),
                        reached(day(29)),
                        reached(day(32)),
                        reached(day(32)),
                        snapshot(day(33), production()),
                        reached(day(34)),
                        reached(day(35)),
                        reached(day(50))))
                .extracting(text -> text.substring(0, text.indexOf(':')))
                .containsExactly("RAISED WARNING", "UPDATED ERROR", "UPDATED CRITICAL");
    }

    /// A late revocation shows that the lock began earlier.
    @Test
    void anotherDateIsAnUpdate() {
        List<String> warnings = warnings(
                DELETION_IMMINENT,
                LOCKED,
                reached(day(32)),
                revoked(day(3), unpinned("k1"), RevocationCause.NETWORK_BLOCKED));

        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).startsWith("RAISED ERROR").contains("deleted on 2026-02-05 00:00 UTC");
        assertThat(warnings.get(1)).startsWith("UPDATED CRITICAL").contains("deleted on 2026-02-03 00:00 UTC");
    }

    @Test
    void anotherDateOfAnExpiryIsAnUpdate() {
        List<String> warnings = warnings(
                KEY_EXPIRING,
                APPLIED,
                rotated(day(3), "k1", "v1"),
                expiring(day(4), "k1", "v1", day(20)),
                expiring(day(5), "k1", "v1", day(20)),
                expiring(day(6), "k1", "v1", day(15)));

        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).startsWith("RAISED").contains("2026-01-21");
        assertThat(warnings.get(1)).startsWith("UPDATED").contains("2026-01-16");
    }
}
