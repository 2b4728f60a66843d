package io.keyward.domain;

import static io.keyward.domain.EnforcementRulesTest.holding;
import static io.keyward.domain.EnforcementRulesTest.reporting;
import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.deleted;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.justBefore;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.reset;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.RuleTable.rowInOrder;
import static io.keyward.domain.decision.EnforcementStatus.DRIFTED;
import static io.keyward.domain.decision.EnforcementStatus.ENFORCED;
import static io.keyward.domain.decision.EnforcementStatus.IN_PROGRESS;
import static io.keyward.domain.decision.EnforcementStatus.UNREPORTED;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.DESKTOP_FLOWS;
import static io.keyward.domain.event.Component.FLOW_RUN_HISTORY;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.HOSTED_MACHINE_GROUPS;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Component.OAUTH_CONNECTIONS;

import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R29: under which key a component should be, and since when.
class DesiredRulesTest {
    private static final Component[] POWER_AUTOMATE = {
        CLOUD_FLOWS,
        DESKTOP_FLOWS,
        FLOW_RUN_HISTORY,
        OAUTH_CONNECTIONS,
        NON_OAUTH_CONNECTIONS,
        HOSTED_MACHINE_GROUPS,
        HOSTED_MACHINES
    };

    /// Flows that are all older than the policy of day 2.
    private static Inventory older() {
        return production().cloudFlows(3, day(0), day(1));
    }

    /// Flows of which some are older than the policy of day 2.
    private static Inventory mixed() {
        return production().cloudFlows(3, day(0), day(3));
    }

    private static Event flows(int day, Report report) {
        return reported(day(day), report);
    }

    private static Report flows() {
        return Report.of(CLOUD_FLOWS);
    }

    private static Report groups() {
        return Report.of(HOSTED_MACHINE_GROUPS);
    }

    @TestFactory
    Stream<DynamicTest> underWhichKey() {
        return Stream.of(
                row(
                        "R29 what is never under a customer key should be under the Microsoft-managed one",
                        reporting(
                                reported(
                                        day(3), Report.of(NON_OAUTH_CONNECTIONS).microsoftManaged(1)),
                                reported(day(3), Report.of(HOSTED_MACHINES).under("k1", "v1", 1))),
                        then -> then.reports(ENFORCED, NON_OAUTH_CONNECTIONS).reports(IN_PROGRESS, HOSTED_MACHINES)),
                row(
                        "R29 flows that stay: Microsoft-managed",
                        holding(older(), flows(3, flows().microsoftManaged(3))),
                        then -> then.reports(ENFORCED, CLOUD_FLOWS)),
                row(
                        "R29 flows that stay under the customer's key",
                        holding(older(), flows(3, flows().under("k1", "v1", 3))),
                        then -> then.reports(IN_PROGRESS, CLOUD_FLOWS)),
                row(
                        "R29 mixed flows under the customer's key alone",
                        holding(mixed(), flows(4, flows().under("k1", "v1", 3))),
                        then -> then.reports(ENFORCED, CLOUD_FLOWS)),
                row(
                        "R29 mixed flows under both keys: nothing is wrong, and nothing is claimed",
                        holding(mixed(), flows(4, flows().under("k1", "v1", 3).microsoftManaged(1))),
                        then -> then.reports(IN_PROGRESS, CLOUD_FLOWS)),
                row(
                        "R29 mixed flows under the Microsoft-managed key alone",
                        holding(mixed(), flows(4, flows().microsoftManaged(1))),
                        then -> then.reports(IN_PROGRESS, CLOUD_FLOWS)),
                row(
                        "R31 mixed flows go back to the Microsoft-managed key, which is allowed",
                        holding(
                                mixed(),
                                flows(4, flows().under("k1", "v1", 3)),
                                flows(5, flows().under("k1", "v1", 3).microsoftManaged(1))),
                        then -> then.reports(IN_PROGRESS, CLOUD_FLOWS)),
                row(
                        "R31 mixed flows go to another version, which is not",
                        holding(
                                mixed(),
                                flows(4, flows().under("k1", "v1", 3)),
                                flows(5, flows().under("k1", "v0", 3).microsoftManaged(1))),
                        then -> then.reports(DRIFTED, CLOUD_FLOWS)),
                row(
                        "R29 without a snapshot what is undetermined should be under the Microsoft-managed key",
                        given(
                                        rotated(day(0), "k1", "v1"),
                                        applied(day(2), "p1", "k1"),
                                        flows(3, flows().microsoftManaged(1)),
                                        reported(day(3), Report.of(DATAVERSE).under("k1", "v1", 1)))
                                .by(Profiles.REPORT),
                        then -> then.reports(ENFORCED, CLOUD_FLOWS, DATAVERSE).reports(UNREPORTED, DESKTOP_FLOWS)),
                rowInOrder(
                        "R29 over the limit only Dataverse should be under the customer's key",
                        given(
                                        limit(day(0), 0),
                                        snapshot(day(1), production()),
                                        rotated(day(0), "k1", "v1"),
                                        applied(day(2), "p1", "k1"),
                                        flows(3, flows().microsoftManaged(1)),
                                        reported(day(3), Report.of(DATAVERSE).under("k1", "v1", 1)))
                                .by(Profiles.REPORT),
                        then -> then.reports(ENFORCED, CLOUD_FLOWS, DATAVERSE)
                                .desiredSince(day(2), Component.values())));
    }

    @TestFactory
    Stream<DynamicTest> withoutAKnownVersion() {
        List<Event> unknown = List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"));
        return Stream.of(
                row(
                        "R29 no version is known: any one of the key",
                        given(
                                        unknown,
                                        List.of(reported(
                                                day(3), Report.of(DATAVERSE).under("k1", "v7", 1))))
                                .by(Profiles.REPORT),
                        then -> then.reports(ENFORCED, DATAVERSE).desiredSince(day(2), DATAVERSE)),
                row(
                        "R29 but not two",
                        given(
                                        unknown,
                                        List.of(reported(
                                                day(3),
                                                Report.of(DATAVERSE)
                                                        .under("k1", "v7", 1)
                                                        .under("k1", "v8", 1))))
                                .by(Profiles.REPORT),
                        then -> then.reports(IN_PROGRESS, DATAVERSE)),
                row(
                        "R29 nor one of another key",
                        given(
                                        unknown,
                                        List.of(reported(
                                                day(3), Report.of(DATAVERSE).under("k2", "v7", 1))))
                                .by(Profiles.REPORT),
                        then -> then.reports(IN_PROGRESS, DATAVERSE)),
                row(
                        "R29 nor the Microsoft-managed key",
                        given(
                                        unknown,
                                        List.of(reported(
                                                day(3), Report.of(DATAVERSE).microsoftManaged(1))))
                                .by(Profiles.REPORT),
                        then -> then.reports(IN_PROGRESS, DATAVERSE)));
    }

    @TestFactory
    Stream<DynamicTest> machineGroups() {
        Inventory pending = production().machineGroup("g1", day(1));
        Inventory some = production().machineGroup("g1", day(1)).machineGroup("g2", day(8));
        Event swap = applied(day(6), "p2", "k2");
        Event rotated = rotated(day(5), "k2", "v1");
        return Stream.of(
                row(
                        "R29 groups that wait to be provisioned again: Microsoft-managed",
                        holding(pending, reported(day(3), groups().microsoftManaged(1))),
                        then -> then.reports(ENFORCED, HOSTED_MACHINE_GROUPS)),
                row(
                        "R29 after a swap they may be under the previous key, which shows nothing",
                        holding(pending, rotated, swap, reported(day(7), groups().under("k1", "v1", 1))),
                        then -> then.reports(IN_PROGRESS, HOSTED_MACHINE_GROUPS)),
                row(
                        "R31 items go back to the previous key, which some groups may still be under",
                        holding(
                                some,
                                rotated,
                                swap,
                                reported(day(9), groups().under("k2", "v1", 1)),
                                reported(day(10), groups().under("k2", "v1", 1).under("k1", "v3", 1))),
                        then -> then.reports(IN_PROGRESS, HOSTED_MACHINE_GROUPS)),
                row(
                        "R31 or to a third key, which none may be under",
                        holding(
                                some,
                                rotated,
                                swap,
                                reported(day(9), groups().under("k2", "v1", 1)),
                                reported(day(10), groups().under("k2", "v1", 1).under("k3", "v1", 1))),
                        then -> then.reports(DRIFTED, HOSTED_MACHINE_GROUPS)),
                row(
                        "R31 no group waits: the previous key is not allowed",
                        holding(
                                production().machineGroup("g2", day(8)),
                                rotated,
                                swap,
                                reported(day(9), groups().under("k2", "v1", 1)),
                                reported(day(10), groups().under("k2", "v1", 1).under("k1", "v1", 1))),
                        then -> then.reports(DRIFTED, HOSTED_MACHINE_GROUPS)),
                row(
                        "R31 other components that are mixed may not be under the previous key",
                        holding(
                                mixed(),
                                rotated,
                                swap,
                                reported(day(9), flows().under("k2", "v1", 1)),
                                reported(day(10), flows().under("k2", "v1", 1).under("k1", "v1", 1))),
                        then -> then.reports(DRIFTED, CLOUD_FLOWS)),
                row(
                        "R31 a key left by a removal is no previous key",
                        holding(
                                some,
                                removed(day(4), "p1"),
                                rotated,
                                swap,
                                reported(day(9), groups().under("k2", "v1", 1)),
                                reported(day(10), groups().under("k2", "v1", 1).under("k1", "v1", 1))),
                        then -> then.reports(DRIFTED, HOSTED_MACHINE_GROUPS)));
    }

    @TestFactory
    Stream<DynamicTest> sinceWhen() {
        return Stream.of(
                row(
                        "R29 a rotation moves what is desired, and with it what counts",
                        reporting(
                                reported(day(3), Report.of(DATAVERSE).under("k1", "v1", 1)),
                                rotated(day(5), "k1", "v2")),
                        then -> then.reports(UNREPORTED, DATAVERSE)
                                .desiredSince(day(5), DATAVERSE, CLOUD_FLOWS)
                                .desiredSince(day(2), NON_OAUTH_CONNECTIONS, HOSTED_MACHINES)),
                row(
                        "R29 a rotation that is told late un-proves what was proven since",
                        reporting(
                                reported(day(6), Report.of(DATAVERSE).under("k1", "v1", 1)),
                                rotated(day(5), "k1", "v2")),
                        then -> then.reports(IN_PROGRESS, DATAVERSE)),
                row(
                        "R29 the report of the moment of the rotation does not count",
                        reporting(
                                rotated(day(5), "k1", "v2"),
                                reported(day(5), Report.of(DATAVERSE).under("k1", "v2", 1))),
                        then -> then.reports(UNREPORTED, DATAVERSE)),
                row(
                        "R29 one just after it does",
                        reporting(
                                rotated(day(5), "k1", "v2"),
                                reported(justAfter(day(5)), Report.of(DATAVERSE).under("k1", "v2", 1))),
                        then -> then.reports(ENFORCED, DATAVERSE)),
                row(
                        "R29 a second notice of the version in force moves nothing",
                        reporting(rotated(day(5), "k1", "v2"), Facts.as("again", rotated(day(7), "k1", "v2"))),
                        then -> then.desiredSince(day(5), DATAVERSE)),
                row(
                        "R29 nor does pinning it",
                        reporting(rotated(day(5), "k1", "v2"), applied(day(7), "p2", pinned("k1", "v2"))),
                        then -> then.desiredSince(day(5), DATAVERSE)),
                row(
                        "R29 another pin does",
                        reporting(rotated(day(5), "k1", "v2"), applied(day(7), "p2", pinned("k1", "v1"))),
                        then -> then.desiredSince(day(7), DATAVERSE)),
                row(
                        "R29 a version that comes back is desired since it came back",
                        reporting(
                                rotated(day(5), "k1", "v2"),
                                rotated(day(7), "k1", "v3"),
                                Facts.as("back", rotated(day(9), "k1", "v2"))),
                        then -> then.desiredSince(day(9), DATAVERSE)),
                row(
                        "R29 a swap",
                        reporting(rotated(day(3), "k2", "v1"), applied(day(6), "p2", "k2")),
                        then -> then.desiredSince(day(6), Component.values())),
                row(
                        "R29 a blocked swap has not taken effect",
                        reporting(revoked(day(5), "k1"), applied(day(6), "p2", "k2")),
                        then -> then.desiredSince(day(2), Component.values())),
                row(
                        "R29 a removal: Microsoft-managed since it took effect",
                        reporting(
                                removed(day(6), "p1"),
                                reported(day(7), Report.of(DATAVERSE).microsoftManaged(1)),
                                reported(day(7), Report.of(CLOUD_FLOWS).under("k1", "v1", 1)),
                                reported(day(6), Report.of(OAUTH_CONNECTIONS).microsoftManaged(1))),
                        then -> then.desiredSince(day(6), Component.values())
                                .reports(ENFORCED, DATAVERSE)
                                .reports(IN_PROGRESS, CLOUD_FLOWS)
                                .reports(UNREPORTED, OAUTH_CONNECTIONS)),
                row(
                        "R29 applied again after a removal",
                        reporting(removed(day(6), "p1"), applied(day(8), "p2", "k1")),
                        then -> then.desiredSince(day(8), Component.values())),
                rowInOrder(
                        "R29 Power Automate since it was enabled",
                        given(
                                        snapshot(day(1), production().unmanaged()),
                                        rotated(day(0), "k1", "v1"),
                                        applied(day(2), "p1", "k1"),
                                        snapshot(day(12), production()))
                                .by(Profiles.REPORT),
                        then -> then.desiredSince(day(2), DATAVERSE).desiredSince(day(12), POWER_AUTOMATE)));
    }

    @TestFactory
    Stream<DynamicTest> locks() {
        return Stream.of(
                row(
                        "R29 a lock is left aside while it lasts",
                        reporting(reported(day(3), Report.of(DATAVERSE).under("k1", "v1", 1)), revoked(day(5), "k1")),
                        then -> then.reports(ENFORCED, DATAVERSE).desiredSince(day(2), Component.values())),
                row(
                        "R29 once it has ended only later reports count",
                        reporting(
                                reported(day(3), Report.of(DATAVERSE).under("k1", "v1", 1)),
                                revoked(day(5), "k1"),
                                restored(day(7), "k1")),
                        then -> then.reports(UNREPORTED, DATAVERSE).desiredSince(day(7), Component.values())),
                row(
                        "R29 one cause that ends while another goes on ends no lock",
                        reporting(
                                revoked(day(5), "k1"),
                                restored(day(7), Facts.unpinned("k1"), RevocationCause.KEY_DISABLED),
                                revoked(day(6), Facts.unpinned("k1"), RevocationCause.ACCESS_REMOVED)),
                        then -> then.desiredSince(day(2), Component.values())),
                row(
                        "R29 nor where the other one begins at that very time",
                        reporting(
                                revoked(day(5), "k1"),
                                restored(day(7), Facts.unpinned("k1"), RevocationCause.KEY_DISABLED),
                                revoked(day(7), Facts.unpinned("k1"), RevocationCause.ACCESS_REMOVED)),
                        then -> then.desiredSince(day(2), Component.values())),
                row(
                        "R29 an earlier lock that has ended, while another one lasts",
                        reporting(
                                revoked(day(5), "k1"),
                                restored(day(7), Facts.unpinned("k1"), RevocationCause.KEY_DISABLED),
                                revoked(justAfter(day(7)), Facts.unpinned("k1"), RevocationCause.ACCESS_REMOVED)),
                        then -> then.desiredSince(day(7), Component.values())),
                row(
                        "R29 an expiry that locks is a lock",
                        reporting(
                                revoked(day(5), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED),
                                restored(day(7), "k1")),
                        then -> then.desiredSince(day(7), Component.values())),
                row(
                        "R29 one that only warns is none",
                        reporting(
                                        revoked(day(5), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED),
                                        restored(day(7), "k1"))
                                .by(Profiles.EXPIRY_WARNS.with(RuleProfile.Evidence.REPORT)),
                        then -> then.desiredSince(day(2), Component.values())));
    }

    @TestFactory
    Stream<DynamicTest> runHistoryOfMigratedFlows() {
        RuleProfile migrating = Profiles.MIGRATE.with(RuleProfile.Evidence.REPORT);
        Inventory done = older().reported(0).migrationDone(day(5));
        return Stream.of(
                row(
                        "R29 before the 30 days are over they move nothing",
                        holding(production()).by(migrating),
                        then -> then.desiredSince(day(2), FLOW_RUN_HISTORY)),
                row(
                        "R29 run history from before the migration ends 30 days after it",
                        holding(production(), snapshot(day(6), done), reached(day(35)))
                                .by(migrating),
                        then -> then.desiredSince(day(35), FLOW_RUN_HISTORY)
                                .desiredSince(day(2), CLOUD_FLOWS, DATAVERSE)),
                row(
                        "R29 not a moment earlier",
                        holding(production(), snapshot(day(6), done), reached(justBefore(day(35))))
                                .by(migrating),
                        then -> then.desiredSince(day(2), FLOW_RUN_HISTORY).dueAt(day(35))),
                row(
                        "R29 where flows stay there is no migration",
                        holding(production(), snapshot(day(6), done), reached(day(35))),
                        then -> then.desiredSince(day(2), FLOW_RUN_HISTORY)),
                rowInOrder(
                        "R29 nor over the limit",
                        given(
                                        limit(day(0), 0),
                                        snapshot(day(1), production()),
                                        applied(day(2), "p1", "k1"),
                                        snapshot(day(6), done),
                                        reached(day(35)))
                                .by(migrating),
                        then -> then.desiredSince(day(2), FLOW_RUN_HISTORY)));
    }

    @TestFactory
    Stream<DynamicTest> whereNothingIsDesired() {
        return Stream.of(
                row(
                        "R29 no policy ever took effect",
                        given(snapshot(day(1), production()), flows(2, flows().under("k1", "v1", 1)))
                                .by(Profiles.REPORT),
                        Outcome::assessesNothing),
                row("R29 nor since a reset", reporting(reset(day(5))), Outcome::assessesNothing),
                row(
                        "R29 nor since a purge",
                        reporting(purged(day(5)), snapshot(day(6), production())),
                        Outcome::assessesNothing),
                row("R29 deleted", reporting(deleted(day(5))), Outcome::assessesNothing),
                row("R29 not eligible", holding(Inventory.of(EnvironmentType.TRIAL)), Outcome::assessesNothing),
                row(
                        "R29 not eligible, with a removal that waits",
                        holding(Inventory.of(EnvironmentType.TRIAL), revoked(day(3), "k1"), removed(day(4), "p1")),
                        Outcome::assessesNothing),
                row(
                        "R32 reports are ignored",
                        holding(
                                        production(),
                                        flows(3, flows().under("k1", "v1", 1).failed(3)))
                                .by(Profiles.SEED),
                        Outcome::assessesNothing),
                rowInOrder(
                        "R29 no longer eligible, but enabled",
                        reporting(snapshot(day(5), production().unmanaged())),
                        then -> then.reports(UNREPORTED, Component.values())));
    }

    @TestFactory
    Stream<DynamicTest> whatAResetVoids() {
        Event applied = applied(day(6), "p2", "k1");
        return Stream.of(
                row(
                        "R28 a reset voids the reports up to its moment",
                        reporting(
                                reported(day(7), Report.of(DATAVERSE).under("k1", "v1", 1)),
                                reset(day(7)),
                                applied(day(6), "p2", "k1"),
                                applied(day(8), "p3", "k1")),
                        then -> then.reports(UNREPORTED, DATAVERSE)),
                row(
                        "R28 and none after it",
                        reporting(
                                reset(day(4)),
                                applied,
                                reported(day(7), Report.of(DATAVERSE).under("k1", "v1", 1))),
                        then -> then.reports(ENFORCED, DATAVERSE)));
    }
}
