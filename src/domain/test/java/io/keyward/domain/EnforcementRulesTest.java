package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.justBefore;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.decision.EnforcementStatus.DRIFTED;
import static io.keyward.domain.decision.EnforcementStatus.ENFORCED;
import static io.keyward.domain.decision.EnforcementStatus.FAILED;
import static io.keyward.domain.decision.EnforcementStatus.IN_PROGRESS;
import static io.keyward.domain.decision.EnforcementStatus.UNREPORTED;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.OAUTH_CONNECTIONS;

import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport.Phase;
import io.keyward.domain.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R28 and R29: whether reports show what is decided.
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
    Stream<DynamicTest> oneReport() {
        return Stream.of(
                row(
                        "R29 without a report nothing is known of any component",
                        reporting(),
                        then -> then.by(Rule.R29)
                                .notBy(Rule.R28, Rule.R30, Rule.R31, Rule.R32)
                                .reports(UNREPORTED, Component.values())
                                .desiredSince(day(2), Component.values())),
                row(
                        "R28 a clean report under the version in force shows its component, and no other one",
                        reporting(reported(day(3), dataverse().under("k1", "v1", 5))),
                        then -> then.by(Rule.R28, Rule.R29)
                                .reports(ENFORCED, DATAVERSE)
                                .reports(UNREPORTED, CLOUD_FLOWS, OAUTH_CONNECTIONS)),
                dataverseIs(
                        UNREPORTED,
                        "R29 a report of the very moment does not count",
                        reported(day(2), dataverse().under("k1", "v1", 5))),
                dataverseIs(
                        ENFORCED,
                        "R29 one just after it counts",
                        reported(justAfter(day(2)), dataverse().under("k1", "v1", 5))),
                dataverseIs(
                        ENFORCED,
                        "R28 without items it is clean of whatever is desired",
                        reported(day(3), dataverse())),
                dataverseIs(
                        ENFORCED,
                        "R28 a count of 0 is no item",
                        reported(day(3), dataverse().under("k1", "v1", 5).microsoftManaged(0))),
                dataverseIs(
                        IN_PROGRESS,
                        "R28 items under two keys are not clean",
                        reported(day(3), dataverse().under("k1", "v1", 5).microsoftManaged(1))),
                dataverseIs(
                        IN_PROGRESS,
                        "R29 another version is not the one in force",
                        reported(day(3), dataverse().under("k1", "v0", 5))),
                dataverseIs(
                        IN_PROGRESS,
                        "R29 the version of another key is not, either",
                        reported(day(3), dataverse().under("k2", "v1", 5))),
                dataverseIs(
                        IN_PROGRESS,
                        "R29 the Microsoft-managed key is not allowed for what is customer-managed",
                        reported(day(3), dataverse().microsoftManaged(5))),
                dataverseIs(
                        IN_PROGRESS,
                        "R29 nothing left out, or it shows nothing",
                        reported(day(3), dataverse().under("k1", "v1", 5).incomplete())),
                dataverseIs(
                        IN_PROGRESS,
                        "R29 a change that runs is not done",
                        reported(day(3), dataverse().under("k1", "v1", 5).phase(Phase.RUNNING))),
                dataverseIs(
                        IN_PROGRESS,
                        "R29 a phase that is not known is not done",
                        reported(day(3), dataverse().under("k1", "v1", 5).phase(Phase.UNKNOWN))),
                dataverseIs(
                        FAILED,
                        "R29 a phase that failed",
                        reported(day(3), dataverse().under("k1", "v1", 5).phase(Phase.FAILED))),
                dataverseIs(
                        FAILED,
                        "R29 an item that failed",
                        reported(day(3), dataverse().under("k1", "v1", 5).failed(1))),
                dataverseIs(
                        IN_PROGRESS,
                        "R29 failed items that are named but not counted are no failure, nor a proof",
                        reported(day(3), dataverse().under("k1", "v1", 5).failed(0, "i1"))),
                dataverseIs(
                        UNREPORTED,
                        "R29 a failure of the very moment does not count",
                        reported(day(2), dataverse().failed(1))));
    }

    @TestFactory
    Stream<DynamicTest> laterReports() {
        Event clean = reported(day(3), dataverse().under("k1", "v1", 5));
        return Stream.of(
                dataverseIs(
                        IN_PROGRESS,
                        "R28 the latest report counts",
                        clean,
                        reported(day(4), dataverse().incomplete())),
                dataverseIs(
                        ENFORCED,
                        "R28 an earlier one does not",
                        clean,
                        reported(justBefore(day(3)), dataverse().failed(2))),
                dataverseIs(
                        FAILED,
                        "R28 of two at one time the one that is not clean counts",
                        as("z", clean),
                        as("a", reported(day(3), dataverse().failed(2)))),
                dataverseIs(
                        ENFORCED,
                        "R28 what failed and is clean later is enforced",
                        reported(day(3), dataverse().failed(2)),
                        reported(day(4), dataverse())));
    }

    /// The worst that holds.
    @TestFactory
    Stream<DynamicTest> parts() {
        Report clean = dataverse().part("a").parts("a", "b").under("k1", "v1", 1);
        return Stream.of(
                dataverseIs(
                        UNREPORTED, "R28 a part that is named and has not reported is known", reported(day(3), clean)),
                dataverseIs(
                        ENFORCED,
                        "R29 every known part has shown it",
                        reported(day(3), clean),
                        reported(day(4), dataverse().part("b").parts("a", "b"))),
                dataverseIs(
                        UNREPORTED,
                        "R29 one of them before it was desired",
                        reported(day(2), dataverse().part("b").under("k1", "v1", 1)),
                        reported(day(3), clean)),
                dataverseIs(
                        ENFORCED,
                        "R28 a part that the latest report does not name is not known any more",
                        reported(day(3), dataverse().part("b").parts("a", "b").failed(1)),
                        reported(day(4), dataverse().part("a").parts("a"))),
                dataverseIs(
                        FAILED,
                        "R28 a part that is named again is known again, with what it reported",
                        reported(day(3), dataverse().part("b").failed(1)),
                        reported(day(4), dataverse().part("a")),
                        reported(day(5), dataverse().part("c").parts("a", "b"))),
                dataverseIs(
                        ENFORCED,
                        "R28 its own part is known though it names none",
                        reported(day(3), dataverse().part("a"))),
                dataverseIs(
                        IN_PROGRESS,
                        "R29 in progress is worse than unreported",
                        reported(day(3), dataverse().part("a").parts("a", "b").incomplete())),
                dataverseIs(
                        DRIFTED,
                        "R29 drifted is worse than in progress",
                        reported(day(3), dataverse().part("a").under("k1", "v1", 1)),
                        reported(day(4), dataverse().part("a").incomplete().microsoftManaged(1)),
                        reported(day(4), dataverse().part("b").parts("a", "b").incomplete())),
                dataverseIs(
                        FAILED,
                        "R29 failed is worse than drifted",
                        reported(day(3), dataverse().part("a").under("k1", "v1", 1)),
                        reported(day(4), dataverse().part("a").incomplete().microsoftManaged(1)),
                        reported(day(4), dataverse().part("b").parts("a", "b").failed(1))),
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
