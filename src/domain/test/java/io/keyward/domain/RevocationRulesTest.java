package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.ofTenant;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.RuleTable.rowInOrder;
import static io.keyward.domain.decision.WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY;
import static io.keyward.domain.decision.WarningCode.INVENTORY_UNKNOWN;
import static io.keyward.domain.decision.WarningCode.KEY_REVOKED;
import static io.keyward.domain.decision.WarningCode.POLICY_NOT_ENFORCED;
import static io.keyward.domain.decision.WarningCode.REENABLE_REQUIRED;
import static io.keyward.domain.decision.WarningCode.RETAIN_KEY;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.DESKTOP_FLOWS;
import static io.keyward.domain.event.Component.FLOW_RUN_HISTORY;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.HOSTED_MACHINE_GROUPS;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Component.OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.LOCKED;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;
import static io.keyward.domain.event.Protection.PENDING_REPROVISION;
import static io.keyward.domain.event.Protection.UNDETERMINED;
import static io.keyward.domain.event.RevocationCause.ACCESS_REMOVED;
import static io.keyward.domain.event.RevocationCause.NETWORK_BLOCKED;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.RevocationCause;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R20 and R21: what locks an environment, what ends the lock, and what must be done then.
class RevocationRulesTest {
    private static final List<Event> APPLIED = List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"));

    private static DynamicTest after(String rule, Consumer<Outcome> then, Event... events) {
        return row(rule, given(APPLIED, List.of(events)), then);
    }

    private static void usable(Outcome then) {
        then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                .notLocked()
                .warns(new WarningCode[0]);
    }

    private static void recoverable(Outcome then) {
        then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                .notLocked()
                .warns(REENABLE_REQUIRED)
                .suppressedSince(day(2), Rule.R14);
    }

    @TestFactory
    Stream<DynamicTest> revocation() {
        return Stream.of(
                after(
                        "R20 a revoked key locks what is on it, and keeps the suppression",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .hasAllBut(LOCKED, Rule.R20, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES)
                                .has(MICROSOFT_MANAGED, Rule.R5, NON_OAUTH_CONNECTIONS)
                                .has(MICROSOFT_MANAGED, Rule.R7, HOSTED_MACHINES)
                                .warns(KEY_REVOKED)
                                .says(
                                        KEY_REVOKED,
                                        "keys/k1 ",
                                        "the key was disabled on 2026-01-06 00:00 UTC",
                                        "locked since 2026-01-06 00:00 UTC",
                                        "deleted on 2026-02-05 00:00 UTC")
                                .lockedSince(day(5))
                                .expectedToBeDeletedAt(day(35))
                                .suppressedSince(day(2), Rule.R14)
                                .policy("p1"),
                        revoked(day(5), "k1")),
                after(
                        "R20 the version in use revoked: the same",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .warns(KEY_REVOKED)
                                .lockedSince(day(5)),
                        rotated(day(3), "k1", "v1"),
                        revoked(day(5), "k1", "v1")),
                after("R20 another key revoked: nothing", RevocationRulesTest::usable, revoked(day(5), "k2")),
                after(
                        "R20 the same key of another tenant revoked: nothing",
                        RevocationRulesTest::usable,
                        ofTenant("fabrikam", revoked(day(5), "k1"))),
                after(
                        "R20 several causes: locked since the earliest, the text names them all",
                        then -> then.lockedSince(day(4))
                                .says(KEY_REVOKED, "access to the key was removed", "; the network rules"),
                        revoked(day(5), unpinned("k1"), ACCESS_REMOVED),
                        revoked(day(4), unpinned("k1"), NETWORK_BLOCKED)),
                after(
                        "R20 a second notice of a cause changes nothing",
                        then -> then.lockedSince(day(4))
                                .says(KEY_REVOKED, ": access to the key was removed on 2026-01-05 00:00 UTC."),
                        revoked(day(5), unpinned("k1"), ACCESS_REMOVED),
                        revoked(day(4), unpinned("k1"), ACCESS_REMOVED)),
                after(
                        "R20 revoked at the very moment the policy was applied: failed",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .lockedSince(day(2)),
                        revoked(day(2), "k1")),
                after(
                        "R20 revoked before the policy was applied: failed, locked since it was applied",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .lockedSince(day(2))
                                .expectedToBeDeletedAt(day(32)),
                        revoked(day(0), "k1")),
                after(
                        "R20 revoked just after the policy was applied: a warning",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .lockedSince(justAfter(day(2))),
                        revoked(justAfter(day(2)), "k1")),
                after(
                        "R20 a cause that ends while another one goes on moves nothing",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .lockedSince(day(3))
                                .expectedToBeDeletedAt(day(33)),
                        revoked(day(3), unpinned("k1"), NETWORK_BLOCKED),
                        revoked(day(25), unpinned("k1"), ACCESS_REMOVED),
                        restored(day(26), unpinned("k1"), NETWORK_BLOCKED)),
                after(
                        "R20 a cause that begins at the very moment another one ends goes on with the lock",
                        then -> then.lockedSince(day(3)),
                        revoked(day(3), unpinned("k1"), NETWORK_BLOCKED),
                        revoked(day(25), unpinned("k1"), ACCESS_REMOVED),
                        restored(day(25), unpinned("k1"), NETWORK_BLOCKED)),
                after(
                        "R20 a cause that begins after another one has ended is a new lock",
                        then -> then.lockedSince(day(25)),
                        revoked(day(3), unpinned("k1"), NETWORK_BLOCKED),
                        revoked(day(25), unpinned("k1"), ACCESS_REMOVED),
                        restored(day(24), unpinned("k1"), NETWORK_BLOCKED)),
                after(
                        "R20 the early cause closed, a later one open: a warning, locked since the early one",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .lockedSince(day(2)),
                        revoked(day(0), unpinned("k1"), NETWORK_BLOCKED),
                        revoked(day(3), unpinned("k1"), ACCESS_REMOVED),
                        restored(day(4), unpinned("k1"), NETWORK_BLOCKED)),
                after(
                        "R20 the policy removed and the key revoked after that: no lock",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .notLocked(),
                        removed(day(4), "p1"),
                        revoked(day(5), "k1")),
                row(
                        "R20 mixed components lock, those on the Microsoft-managed key and those pending do not",
                        given(
                                snapshot(
                                        day(1),
                                        production()
                                                .cloudFlows(2, day(0), day(3))
                                                .desktopFlows(1, day(0), day(0))
                                                .machineGroup("g1", day(0))),
                                applied(day(2), "p1", "k1"),
                                revoked(day(5), "k1")),
                        then -> then.has(LOCKED, Rule.R20, CLOUD_FLOWS, DATAVERSE, OAUTH_CONNECTIONS)
                                .has(MICROSOFT_MANAGED, Rule.R3, DESKTOP_FLOWS, FLOW_RUN_HISTORY)
                                .has(PENDING_REPROVISION, Rule.R6, HOSTED_MACHINE_GROUPS)
                                .warns(
                                        FLOWS_ON_MICROSOFT_MANAGED_KEY.name(),
                                        "HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED",
                                        KEY_REVOKED.name())),
                row(
                        "R20 without a snapshot what is claimed locks; the date of deletion is not known",
                        given(applied(day(2), "p1", "k1"), revoked(day(5), "k1")),
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .has(LOCKED, Rule.R20, DATAVERSE, OAUTH_CONNECTIONS)
                                .has(UNDETERMINED, Rule.R4, CLOUD_FLOWS, HOSTED_MACHINE_GROUPS)
                                .warns(INVENTORY_UNKNOWN, KEY_REVOKED)
                                .lockedSince(day(5))
                                .deletionNotKnown()
                                .suppressedSince(day(2), Rule.R4)));
    }

    @TestFactory
    Stream<DynamicTest> everyCauseAndType() {
        Stream<DynamicTest> causes = Arrays.stream(RevocationCause.values())
                .map(cause -> after(
                        "R20 cause " + cause + " locks",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .says(KEY_REVOKED, ": " + cause.describe(Optional.empty()) + " on "),
                        revoked(day(5), unpinned("k1"), cause)));
        Stream<DynamicTest> types = Stream.of(EnvironmentType.SANDBOX, EnvironmentType.DEVELOPER)
                .map(type -> row(
                        "R20 a locked environment of type " + type + " is deleted after 7 days",
                        given(snapshot(day(1), Inventory.of(type)), applied(day(2), "p1", "k1"), revoked(day(5), "k1")),
                        then -> then.expectedToBeDeletedAt(day(12))));
        Stream<DynamicTest> others = Stream.of(EnvironmentType.TRIAL, EnvironmentType.TEAMS, EnvironmentType.DEFAULT)
                .map(type -> rowInOrder(
                        "R20 one that became " + type + " after it was enabled, after 30 days",
                        given(APPLIED, List.of(snapshot(day(3), Inventory.of(type)), revoked(day(5), "k1"))),
                        then -> then.expectedToBeDeletedAt(day(35)).warns(KEY_REVOKED, POLICY_NOT_ENFORCED)));
        DynamicTest unknown = row(
                "R20 one of unknown type, nobody knows when",
                given(
                        snapshot(day(1), Inventory.of(EnvironmentType.UNKNOWN)),
                        applied(day(2), "p1", "k1"),
                        revoked(day(5), "k1")),
                then -> then.lockedSince(day(5)).deletionNotKnown());
        return Stream.of(causes, types, others, Stream.of(unknown)).flatMap(rows -> rows);
    }

    @TestFactory
    Stream<DynamicTest> restoration() {
        return Stream.of(
                after(
                        "R21 with no cause open: to be enabled again",
                        RevocationRulesTest::recoverable,
                        revoked(day(5), "k1"),
                        restored(day(6), "k1")),
                after(
                        "R21 the components are again as they were",
                        then -> then.hasAllBut(
                                Protection.CUSTOMER_MANAGED, Rule.R2, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES),
                        revoked(day(5), "k1"),
                        restored(day(6), "k1")),
                after(
                        "R21 enabled again after that: done",
                        RevocationRulesTest::usable,
                        revoked(day(5), "k1"),
                        restored(day(6), "k1"),
                        snapshot(justAfter(day(6)), production())),
                after(
                        "R21 seen enabled at the very moment of the restoration: not after it",
                        RevocationRulesTest::recoverable,
                        revoked(day(5), "k1"),
                        restored(day(6), "k1"),
                        snapshot(day(6), production())),
                after(
                        "R21 seen with its runtime off: not enabled",
                        RevocationRulesTest::recoverable,
                        revoked(day(5), "k1"),
                        restored(day(6), "k1"),
                        snapshot(day(7), production().runtimeDisabled())),
                after(
                        "R21 seen enabled once, then off: it was enabled again",
                        RevocationRulesTest::usable,
                        revoked(day(5), "k1"),
                        restored(day(6), "k1"),
                        snapshot(day(7), production()),
                        snapshot(day(8), production().runtimeDisabled())),
                after(
                        "R21 a restoration at the very moment of the revocation closes nothing",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING),
                        revoked(day(5), "k1"),
                        restored(day(5), "k1")),
                after(
                        "R21 a restoration before the revocation closes nothing",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING),
                        restored(day(4), "k1"),
                        revoked(day(5), "k1")),
                after(
                        "R21 a restoration of one cause leaves the others open",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .says(KEY_REVOKED, ": the network rules")
                                .lockedSince(day(5)),
                        revoked(day(5), unpinned("k1"), ACCESS_REMOVED),
                        revoked(day(6), unpinned("k1"), NETWORK_BLOCKED),
                        restored(day(7), unpinned("k1"), ACCESS_REMOVED)),
                after(
                        "R21 a second notice after the restoration is open",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .lockedSince(day(7)),
                        revoked(day(5), "k1"),
                        restored(day(6), "k1"),
                        as("second", revoked(day(7), "k1"))),
                after(
                        "R21 a second notice before the restoration is closed with the first",
                        RevocationRulesTest::recoverable,
                        revoked(day(5), "k1"),
                        as("second", revoked(day(6), "k1")),
                        restored(day(7), "k1")),
                after(
                        "R21 a restoration of the whole key covers every version",
                        RevocationRulesTest::recoverable,
                        rotated(day(3), "k1", "v1"),
                        revoked(day(5), "k1", "v1"),
                        restored(day(6), "k1")),
                after(
                        "R21 a restoration of a version does not cover the whole key",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING),
                        rotated(day(3), "k1", "v1"),
                        revoked(day(5), "k1"),
                        restored(day(6), pinned("k1", "v1"))),
                after(
                        "R21 a restoration of another version covers nothing",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING),
                        rotated(day(3), "k1", "v1"),
                        revoked(day(5), "k1", "v1"),
                        restored(day(6), pinned("k1", "v2"))),
                after(
                        "R21 a revocation over before the environment came is none of its locks",
                        RevocationRulesTest::usable,
                        revoked(day(0), "k1"),
                        restored(day(1), "k1")),
                after(
                        "R21 the first restoration that covers a revocation ends it",
                        RevocationRulesTest::usable,
                        revoked(day(5), "k1"),
                        restored(day(6), "k1"),
                        snapshot(day(7), production()),
                        as("again", restored(day(8), "k1"))),
                after(
                        "R21 of two locks the later end counts",
                        RevocationRulesTest::recoverable,
                        revoked(day(5), "k1"),
                        restored(day(6), "k1"),
                        snapshot(day(7), production()),
                        as("again", revoked(day(8), "k1")),
                        as("again", restored(day(9), "k1"))),
                after(
                        "R21 a lock of a series that is over has to be made good no more",
                        RevocationRulesTest::usableAgain,
                        revoked(day(5), "k1"),
                        restored(day(6), "k1"),
                        removed(day(7), "p1"),
                        applied(day(8), "p1", "k1")),
                after(
                        "R21 nor has one under a key that was swapped away in that series",
                        RevocationRulesTest::usableAgain,
                        revoked(day(4), "k1"),
                        restored(day(5), "k1"),
                        applied(day(6), "p2", "k2"),
                        removed(day(7), "p2"),
                        applied(day(8), "p2", "k2")),
                row(
                        "R21 never seen enabled: to be enabled again",
                        given(
                                snapshot(day(1), production().runtimeDisabled()),
                                applied(day(2), "p1", "k1"),
                                revoked(day(5), "k1"),
                                restored(day(6), "k1")),
                        RevocationRulesTest::recoverable),
                row(
                        "R21 a profile that unlocks by itself: back at once",
                        given(APPLIED, List.of(revoked(day(5), "k1"), restored(day(6), "k1")))
                                .by(Profiles.AUTOMATIC_UNLOCK),
                        RevocationRulesTest::usable));
    }

    private static void usableAgain(Outcome then) {
        then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                .warns(RETAIN_KEY)
                .suppressedSince(day(8), Rule.R14);
    }
}
