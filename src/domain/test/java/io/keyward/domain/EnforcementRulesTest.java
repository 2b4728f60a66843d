package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.decision.EnforcementStatus.ENFORCED;
import static io.keyward.domain.decision.EnforcementStatus.FAILED;
import static io.keyward.domain.decision.EnforcementStatus.UNREPORTED;
import static io.keyward.domain.event.Component.DATAVERSE;

import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R28 and R29: how many parts of a component are remembered.
class EnforcementRulesTest {
    /// Under version v1 of the key k1 since day 2.
    static final List<Event> UNDER_V1 =
            List.of(snapshot(day(1), production()), rotated(day(0), "k1", "v1"), applied(day(2), "p1", "k1"));

    static RuleTable.Given reporting(Event... events) {
        return given(UNDER_V1, List.of(events)).by(Profiles.REPORT);
    }

    /// An environment that held this when the policy was applied on day 2, with v1 in force.
    static RuleTable.Given holding(Inventory inventory, Event... events) {
        return given(
                        List.of(rotated(day(0), "k1", "v1"), applied(day(2), "p1", "k1"), snapshot(day(2), inventory)),
                        List.of(events))
                .by(Profiles.REPORT);
    }

    static Report dataverse() {
        return Report.of(DATAVERSE);
    }

    private static DynamicTest dataverseIs(EnforcementStatus status, String row, Event... events) {
        return row(row, reporting(events), then -> then.reports(status, DATAVERSE));
    }

    @TestFactory
    Stream<DynamicTest> manyParts() {
        return Stream.of(
                dataverseIs(ENFORCED, "R28 64 parts are remembered", many(64)),
                dataverseIs(UNREPORTED, "R28 more than 64 are never enforced", many(65)),
                dataverseIs(
                        UNREPORTED,
                        "R28 not even if they are gone",
                        with(
                                many(65),
                                reported(day(4), dataverse().part("part-00").parts("part-00")))),
                dataverseIs(
                        FAILED,
                        "R29 more than 64 can fail",
                        with(
                                many(65),
                                reported(
                                        day(4),
                                        dataverse()
                                                .part("part-00")
                                                .parts(names(64))
                                                .failed(1)))));
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "part-%02d".formatted(i)).toArray(String[]::new);
    }

    /// Clean reports of that many parts, each of which names the first 64.
    private static Event[] many(int count) {
        String[] names = names(Math.min(count, 64));
        return Arrays.stream(names(count))
                .map(part ->
                        reported(day(3), dataverse().part(part).parts(names).under("k1", "v1", 1)))
                .toArray(Event[]::new);
    }

    private static Event[] with(Event[] events, Event last) {
        List<Event> all = new ArrayList<>(List.of(events));
        all.add(last);
        return all.toArray(Event[]::new);
    }
}
