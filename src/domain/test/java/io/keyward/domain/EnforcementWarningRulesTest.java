package io.keyward.domain;

import static io.keyward.domain.EnforcementRulesTest.dataverse;
import static io.keyward.domain.EnforcementRulesTest.holding;
import static io.keyward.domain.EnforcementRulesTest.reporting;
import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.deleted;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.justBefore;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.decision.EnforcementStatus.DRIFTED;
import static io.keyward.domain.decision.EnforcementStatus.ENFORCED;
import static io.keyward.domain.decision.EnforcementStatus.FAILED;
import static io.keyward.domain.decision.EnforcementStatus.IN_PROGRESS;
import static io.keyward.domain.decision.WarningCode.ENFORCEMENT_DRIFT;
import static io.keyward.domain.decision.WarningCode.ENFORCEMENT_FAILED;
import static io.keyward.domain.decision.WarningCode.ENFORCEMENT_LATE;
import static io.keyward.domain.decision.WarningCode.UNEXPECTED_KEY;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.DESKTOP_FLOWS;
import static io.keyward.domain.event.Component.FLOW_RUN_HISTORY;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.HOSTED_MACHINE_GROUPS;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Component.OAUTH_CONNECTIONS;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport.Phase;
import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R30 and R31: what is late, has failed, has drifted, or is under an unexpected key.
class EnforcementWarningRulesTest {
    private static final String K1 = "https://contoso.vault.azure.net/keys/k1";
    private static final WarningCode[] NOTHING = {};

    private static DynamicTest warns(String row, WarningCode[] codes, Event... events) {
        return row(row, reporting(events), then -> then.warnsOf(DATAVERSE, codes));
    }

    private static WarningCode[] only(WarningCode... codes) {
        return codes;
    }

    @TestFactory
    Stream<DynamicTest> late() {
        Event clean = reported(day(3), dataverse().under("k1", "v1", 1));
        Event rotation = rotated(day(10), "k1", "v2");
        return Stream.of(
                row(
                        "R30 four days after the policy it is due",
                        reporting(reached(justBefore(day(6)))),
                        then -> then.warnsOf(DATAVERSE).notBy(Rule.R30).dueAt(day(6))),
                row(
                        "R30 and late from that moment on",
                        reporting(reached(day(6))),
                        then -> then.by(Rule.R30)
                                .warnsOf(DATAVERSE, ENFORCEMENT_LATE)
                                .warnsOf(CLOUD_FLOWS, ENFORCEMENT_LATE)
                                .warnsOf(HOSTED_MACHINE_GROUPS, ENFORCEMENT_LATE)
                                .warnsOf(NON_OAUTH_CONNECTIONS)
                                .warnsOf(HOSTED_MACHINES)
                                .says(
                                        ENFORCEMENT_LATE,
                                        "Components of environment e1 are late: ",
                                        " Cloud flows: with the key " + K1 + "/v1 since 2026-01-03 00:00 UTC,"
                                                + " to be shown by 2026-01-07 00:00 UTC.")),
                warns("R30 not if it is enforced", NOTHING, clean, reached(day(6))),
                warns(
                        "R30 what is in progress is late, too",
                        only(ENFORCEMENT_LATE),
                        reported(day(3), dataverse().incomplete()),
                        reached(day(6))),
                row(
                        "R30 24 hours after a rotation it is due",
                        reporting(clean, rotation, reached(justBefore(day(11)))),
                        then -> then.warnsOf(DATAVERSE).dueAt(day(11))),
                warns(
                        "R30 and late from that moment on, after a rotation",
                        only(ENFORCEMENT_LATE),
                        clean,
                        rotation,
                        reached(day(11))),
                row(
                        "R30 soon after the policy a rotation leaves the four days",
                        reporting(rotated(day(3), "k1", "v2"), reached(justBefore(day(6)))),
                        then -> then.warnsOf(DATAVERSE).dueAt(day(6))),
                row(
                        "R30 what is enforced is never due",
                        given(
                                        List.of(
                                                snapshot(day(1), production()),
                                                rotated(day(0), "k1", "v1"),
                                                applied(day(2), "p1", "k1")),
                                        everything(day(3), "v1"))
                                .by(Profiles.REPORT),
                        then -> then.reports(ENFORCED, Component.values()).neverDue()),
                row(
                        "R30 what was never to be under a customer key is not late",
                        holding(production().cloudFlows(1, day(0), day(1)), reached(day(20))),
                        then -> then.warnsOf(CLOUD_FLOWS)
                                .warnsOf(FLOW_RUN_HISTORY)
                                .warnsOf(DESKTOP_FLOWS, ENFORCEMENT_LATE)),
                row(
                        "R30 what is mixed is",
                        holding(production().cloudFlows(1, day(0), day(3)), reached(day(20))),
                        then -> then.warnsOf(CLOUD_FLOWS, ENFORCEMENT_LATE)),
                row(
                        "R30 machine groups that wait to be provisioned again are not",
                        holding(production().machineGroup("g1", day(1)), reached(day(20))),
                        then -> then.warnsOf(HOSTED_MACHINE_GROUPS)),
                row(
                        "R30 after a removal: what may have been under the customer's key",
                        reporting(removed(day(10), "p1"), reached(day(14))),
                        then -> then.warnsOf(DATAVERSE, ENFORCEMENT_LATE)
                                .warnsOf(CLOUD_FLOWS, ENFORCEMENT_LATE)
                                .warnsOf(DESKTOP_FLOWS, ENFORCEMENT_LATE)
                                .warnsOf(FLOW_RUN_HISTORY, ENFORCEMENT_LATE)
                                .warnsOf(OAUTH_CONNECTIONS, ENFORCEMENT_LATE)
                                .warnsOf(HOSTED_MACHINE_GROUPS, ENFORCEMENT_LATE)
                                .warnsOf(NON_OAUTH_CONNECTIONS)
                                .warnsOf(HOSTED_MACHINES)
                                .says(ENFORCEMENT_LATE, "with the Microsoft-managed key since")),
                row(
                        "R30 after a removal it is due four days later",
                        reporting(removed(day(10), "p1"), reached(justBefore(day(14)))),
                        then -> then.warnsOf(DATAVERSE).dueAt(day(14))));
    }

    @TestFactory
    Stream<DynamicTest> neverLate() {
        return Stream.of(
                warns("R30 not while locked", NOTHING, revoked(day(5), "k1"), reached(day(20))),
                warns(
                        "R30 not while the environment waits to be enabled again",
                        NOTHING,
                        revoked(day(5), "k1"),
                        restored(day(7), "k1"),
                        reached(day(30))),
                warns(
                        "R30 four days after the end of the lock",
                        only(ENFORCEMENT_LATE),
                        revoked(day(5), "k1"),
                        restored(day(7), "k1"),
                        snapshot(day(8), production()),
                        reached(day(11))),
                row(
                        "R30 not before",
                        reporting(
                                revoked(day(5), "k1"),
                                restored(day(7), "k1"),
                                snapshot(day(8), production()),
                                reached(justBefore(day(11)))),
                        then -> then.warnsOf(DATAVERSE).dueAt(day(11))),
                warns("R30 not when deleted", NOTHING, deleted(day(5)), reached(day(20))),
                row(
                        "R30 not without a snapshot",
                        given(applied(day(2), "p1", "k1"), reached(day(20))).by(Profiles.REPORT),
                        then -> then.warnsOf(DATAVERSE).neverDue()),
                row(
                        "R30 not where the policy cannot be enforced",
                        given(snapshot(day(1), production().unmanaged()), applied(day(2), "p1", "k1"), reached(day(20)))
                                .by(Profiles.REPORT),
                        then -> then.warnsOf(DATAVERSE).neverDue()),
                row(
                        "R32 not where reports are ignored",
                        reporting(reached(day(20))).by(Profiles.SEED),
                        then -> then.warnsOf(DATAVERSE).neverDue()));
    }

    /// Clean reports of all components under what is desired of an empty environment.
    private static List<Event> everything(Instant at, String version) {
        List<Event> reports = new ArrayList<>();
        for (Component component : Component.values()) {
            boolean microsofts = component == NON_OAUTH_CONNECTIONS || component == HOSTED_MACHINES;
            Report report = Report.of(component);
            reports.add(reported(at, microsofts ? report.microsoftManaged(1) : report.under("k1", version, 1)));
        }
        return reports;
    }

    @TestFactory
    Stream<DynamicTest> failed() {
        return Stream.of(
                row(
                        "R30 the count of failed items, and three of them",
                        reporting(
                                reported(day(3), dataverse().part("b").failed(5, "i4", "i2")),
                                reported(day(3), dataverse().part("c").failed(1, "i1", "i3")),
                                reported(day(4), dataverse().part("a").parts("b", "c"))),
                        then -> then.reports(FAILED, DATAVERSE)
                                .by(Rule.R30)
                                .warnsOf(DATAVERSE, ENFORCEMENT_FAILED)
                                .says(
                                        ENFORCEMENT_FAILED,
                                        "The latest reports say that components of environment e1 could not be moved",
                                        " Dataverse: to the key " + K1 + "/v1. Items that failed: 6,"
                                                + " among them i1, i2, i3.")),
                row(
                        "R30 a failed phase counts nothing",
                        reporting(reported(day(3), dataverse().phase(Phase.FAILED))),
                        then -> then.says(ENFORCEMENT_FAILED, "/v1. How many items failed is not reported.")),
                row(
                        "R30 a count without names",
                        reporting(reported(day(3), dataverse().failed(2))),
                        then -> then.says(ENFORCEMENT_FAILED, "Items that failed: 2.")),
                row(
                        "R30 more than a number can hold",
                        reporting(
                                reported(day(3), dataverse().part("a").failed(Long.MAX_VALUE)),
                                reported(
                                        day(4), dataverse().part("b").parts("a").failed(1))),
                        then -> then.says(ENFORCEMENT_FAILED, "Items that failed: " + Long.MAX_VALUE + ".")),
                warns(
                        "R30 what failed before it was desired is no failure",
                        NOTHING,
                        reported(day(2), dataverse().failed(2))),
                warns(
                        "R30 what failed is late, too",
                        only(ENFORCEMENT_FAILED, ENFORCEMENT_LATE),
                        reported(day(3), dataverse().failed(2)),
                        reached(day(6))));
    }

    @TestFactory
    Stream<DynamicTest> drift() {
        Event clean = reported(day(3), dataverse().under("k1", "v1", 5));
        return Stream.of(
                row(
                        "R31 items left the key that all were under",
                        reporting(
                                clean,
                                reported(
                                        day(4),
                                        dataverse()
                                                .under("k1", "v1", 4)
                                                .microsoftManaged(1)
                                                .under("k1", "v0", 2))),
                        then -> then.reports(DRIFTED, DATAVERSE)
                                .by(Rule.R31)
                                .warnsOf(DATAVERSE, ENFORCEMENT_DRIFT)
                                .says(
                                        ENFORCEMENT_DRIFT,
                                        " Dataverse: from the key " + K1 + "/v1 to the Microsoft-managed key, the key "
                                                + K1 + "/v0, by the last report of 2026-01-05 00:00 UTC.")),
                warns(
                        "R31 at one time, too: the report that is not clean is the later one",
                        only(ENFORCEMENT_DRIFT),
                        clean,
                        as(
                                "a",
                                reported(
                                        day(3), dataverse().under("k1", "v1", 4).microsoftManaged(1)))),
                warns(
                        "R31 not if all are still under it",
                        NOTHING,
                        clean,
                        reported(day(4), dataverse().under("k1", "v1", 4).incomplete())),
                warns(
                        "R31 not if they were not all under it",
                        NOTHING,
                        reported(day(3), dataverse().under("k1", "v1", 5).incomplete()),
                        reported(day(4), dataverse().under("k1", "v1", 4).microsoftManaged(1))),
                warns(
                        "R31 not if they were before it was desired",
                        NOTHING,
                        reported(day(2), dataverse().under("k1", "v1", 5)),
                        reported(day(4), dataverse().under("k1", "v1", 4).microsoftManaged(1))),
                warns(
                        "R31 not if they were under another version",
                        NOTHING,
                        reported(day(3), dataverse().under("k1", "v0", 5)),
                        reported(day(4), dataverse().under("k1", "v1", 4).microsoftManaged(1))),
                row(
                        "R31 nor if they left the Microsoft-managed key",
                        reporting(
                                reported(
                                        day(3), Report.of(NON_OAUTH_CONNECTIONS).microsoftManaged(5)),
                                reported(
                                        day(4),
                                        Report.of(NON_OAUTH_CONNECTIONS)
                                                .microsoftManaged(5)
                                                .under("k1", "v1", 1))),
                        then -> then.reports(IN_PROGRESS, NON_OAUTH_CONNECTIONS).warnsOf(NON_OAUTH_CONNECTIONS)),
                row(
                        "R31 a part that has failed can have drifted, too",
                        reporting(
                                clean,
                                reported(day(4), dataverse().microsoftManaged(1).failed(1, "i1"))),
                        then -> then.reports(FAILED, DATAVERSE)
                                .warnsOf(DATAVERSE, ENFORCEMENT_FAILED, ENFORCEMENT_DRIFT)),
                row(
                        "R31 the last report of all parts that drifted",
                        reporting(
                                reported(day(3), dataverse().part("a").under("k1", "v1", 1)),
                                reported(day(3), dataverse().part("b").under("k1", "v1", 1)),
                                reported(
                                        day(5),
                                        dataverse().part("a").incomplete().microsoftManaged(1)),
                                reported(
                                        day(4),
                                        dataverse().part("b").incomplete().under("k2", "v9", 1)),
                                reported(day(6), dataverse().part("c").parts("a", "b"))),
                        then -> then.says(
                                ENFORCEMENT_DRIFT,
                                " to the Microsoft-managed key, the key https://contoso.vault.azure.net/keys/k2/v9,"
                                        + " by the last report of 2026-01-06 00:00 UTC.")));
    }

    private static Event under(Instant at, String key, String version) {
        return reported(at, dataverse().under(key, version, 1));
    }

    @TestFactory
    Stream<DynamicTest> unexpectedKeys() {
        Event rotation = rotated(day(10), "k1", "v2");
        Event swap = applied(day(10), "p2", "k2");
        return Stream.of(
                row(
                        "R31 another key, reported after the deadline",
                        reporting(under(justAfter(day(6)), "k9", "v1")),
                        then -> then.by(Rule.R31)
                                .warnsOf(DATAVERSE, UNEXPECTED_KEY)
                                .says(
                                        UNEXPECTED_KEY,
                                        "The latest reports count items of environment e1 under unexpected customer-managed"
                                                + " keys. Dataverse: https://contoso.vault.azure.net/keys/k9/v1.")),
                warns("R31 not at the deadline", NOTHING, under(day(6), "k9", "v1")),
                row(
                        "R31 for components that cannot be late, too",
                        reporting(reported(
                                justAfter(day(6)),
                                Report.of(NON_OAUTH_CONNECTIONS).under("k9", "v1", 1))),
                        then -> then.warnsOf(NON_OAUTH_CONNECTIONS, UNEXPECTED_KEY)),
                warns(
                        "R31 while it is locked, too",
                        only(UNEXPECTED_KEY),
                        under(justAfter(day(6)), "k9", "v1"),
                        revoked(day(5), "k1")),
                row(
                        "R31 a part that is not known any more is left aside",
                        reporting(
                                reported(day(7), dataverse().part("a").under("k9", "v1", 1)),
                                reported(day(8), dataverse().part("b"))),
                        then -> then.warnsOf(DATAVERSE)),
                warns(
                        "R31 not the Microsoft-managed key",
                        NOTHING,
                        reported(day(7), dataverse().microsoftManaged(1))),
                warns("R31 not the version in force", NOTHING, under(day(7), "k1", "v1")),
                warns("R31 a version that was superseded before", only(UNEXPECTED_KEY), under(day(7), "k1", "v0")),
                warns(
                        "R31 a version that came into force only later, and for no time",
                        only(UNEXPECTED_KEY, ENFORCEMENT_LATE),
                        under(day(7), "k1", "v9"),
                        as("a", rotated(day(20), "k1", "v9")),
                        as("b", rotated(day(20), "k1", "v1"))),
                warns(
                        "R31 a superseded version must be kept for 28 days",
                        NOTHING,
                        rotation,
                        under(justBefore(day(38)), "k1", "v1")),
                warns("R31 and is unexpected from then on", only(UNEXPECTED_KEY), rotation, under(day(38), "k1", "v1")),
                warns(
                        "R31 a former key must be kept for 30 days, with every version",
                        NOTHING,
                        swap,
                        under(justBefore(day(40)), "k1", "v7")),
                warns(
                        "R31 and is unexpected from then on, too",
                        only(UNEXPECTED_KEY),
                        swap,
                        under(day(40), "k1", "v1")),
                warns(
                        "R31 after a removal the former key, too",
                        only(UNEXPECTED_KEY),
                        removed(day(10), "p1"),
                        under(day(40), "k1", "v1")),
                warns(
                        "R31 within the 30 days it is expected",
                        NOTHING,
                        removed(day(10), "p1"),
                        under(justBefore(day(40)), "k1", "v1")),
                warns(
                        "R31 a key that a blocked swap leads to is not in force",
                        only(UNEXPECTED_KEY),
                        revoked(day(5), "k1"),
                        applied(day(5), "p2", "k2"),
                        under(day(7), "k2", "v1")),
                row(
                        "R31 ten keys are named",
                        reporting(manyKeys(10)),
                        then -> then.says(
                                UNEXPECTED_KEY,
                                "Dataverse: https://contoso.vault.azure.net/keys/k01/v1, ",
                                "/k10/v1.")),
                row(
                        "R31 and how many more there are",
                        reporting(manyKeys(12)),
                        then -> then.says(UNEXPECTED_KEY, "/k10/v1 and 2 more.")));
    }

    private static Event manyKeys(int count) {
        Report report = dataverse();
        for (int i = 1; i <= count; i++) {
            report.under("k%02d".formatted(i), "v1", 1);
        }
        return reported(day(7), report);
    }

    /// Where the key's first rotation names no previous version, R17 says which versions count.
    @TestFactory
    Stream<DynamicTest> unexpectedVersionsOfAKeyWhoseFirstVersionIsUnknown() {
        List<Event> unknown = List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"));
        Event first = rotated(day(10), "k1", "v2");
        Event naming = rotated(day(10), "k1", "v1", "v2");
        return Stream.of(
                unexpectedIf(false, "R31 any version while none is known", unknown, under(day(7), "k1", "v7")),
                unexpectedIf(true, "R31 not of another key", unknown, under(day(7), "k2", "v7")),
                unexpectedIf(
                        false,
                        "R31 within 28 days of the first rotation any that may have been current before",
                        unknown,
                        first,
                        under(justBefore(day(38)), "k1", "v7")),
                unexpectedIf(true, "R31 not after that", unknown, first, under(day(38), "k1", "v7")),
                unexpectedIf(
                        false,
                        "R31 a first rotation that names the previous version leaves that one",
                        unknown,
                        naming,
                        under(day(12), "k1", "v1")),
                unexpectedIf(true, "R31 and no other one", unknown, naming, under(day(12), "k1", "v7")));
    }

    private static DynamicTest unexpectedIf(boolean expected, String row, List<Event> first, Event... events) {
        return row(
                row,
                given(first, List.of(events)).by(Profiles.REPORT),
                then -> then.warnsOf(DATAVERSE, expected ? only(UNEXPECTED_KEY) : NOTHING));
    }
}
