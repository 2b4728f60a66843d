package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.justBefore;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.RuleTable.rowInOrder;
import static io.keyward.domain.decision.WarningCode.ENVIRONMENT_NOT_ELIGIBLE;
import static io.keyward.domain.decision.WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY;
import static io.keyward.domain.decision.WarningCode.HOSTED_MACHINES_NOT_SUPPORTED;
import static io.keyward.domain.decision.WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED;
import static io.keyward.domain.decision.WarningCode.INVENTORY_UNKNOWN;
import static io.keyward.domain.decision.WarningCode.NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY;
import static io.keyward.domain.decision.WarningCode.POLICY_NOT_ENFORCED;
import static io.keyward.domain.decision.WarningCode.RETAIN_KEY;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.DESKTOP_FLOWS;
import static io.keyward.domain.event.Component.FLOW_RUN_HISTORY;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.HOSTED_MACHINE_GROUPS;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Component.OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.CUSTOMER_MANAGED;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;
import static io.keyward.domain.event.Protection.MIXED;
import static io.keyward.domain.event.Protection.PENDING_REPROVISION;
import static io.keyward.domain.event.Protection.UNDETERMINED;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Protection;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R1 to R8: the effect of a policy on the components of an environment.
class PolicyRulesTest {
    private static final Instant APPLIED = day(10);

    /// Such an environment, with a policy applied on day 10.
    private static RuleTable.Given under(Inventory inventory) {
        return given(snapshot(day(1), inventory), applied(APPLIED, "p1", "k1"));
    }

    @TestFactory
    Stream<DynamicTest> withoutAPolicy() {
        return Stream.of(
                row(
                        "R1 an environment without a policy is on the Microsoft-managed key",
                        given(snapshot(
                                day(1),
                                production().cloudFlows(2, day(0), day(0)).nonOAuthConnections(1))),
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .hasAllBut(MICROSOFT_MANAGED, Rule.R1)
                                .warns(new WarningCode[0])
                                .notSuppressed()
                                .noPolicy()
                                .noKey()
                                .retainsNothing()
                                .notLocked()),
                row(
                        "R1 whatever its type, and whether it is managed or not",
                        given(snapshot(
                                day(1), Inventory.of(EnvironmentType.TRIAL).unmanaged())),
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .hasAllBut(MICROSOFT_MANAGED, Rule.R1)
                                .warns(new WarningCode[0])));
    }

    @TestFactory
    Stream<DynamicTest> withAPolicy() {
        return Stream.of(
                row(
                        "R2 an empty environment is wholly on the customer's key, save what never can be",
                        under(production()),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .hasAllBut(CUSTOMER_MANAGED, Rule.R2, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES)
                                .warns(new WarningCode[0])
                                .suppressedSince(APPLIED, Rule.R14)
                                .policy("p1")
                                .key(unpinned("k1"))
                                .retainsNothing()
                                .notLocked()),
                row(
                        "R2 a warning that only informs leaves the status at succeeded",
                        under(production().nonOAuthConnections(1)),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)),
                row(
                        "R2 a graver warning makes the status warning",
                        under(production().machineGroup("g1", day(1))),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)),
                row(
                        "R2 the newest application is the policy in force",
                        given(snapshot(day(1), production()), applied(day(2), "p1", "k1"), applied(day(3), "p2", "k1")),
                        then -> then.policy("p2").suppressedSince(day(2), Rule.R14)),
                row(
                        "R2 of two applications at one time that with the greater event id is in force",
                        given(
                                snapshot(day(1), production()),
                                as("b", applied(day(2), "p1", "k1")),
                                as("a", applied(day(2), "p2", "k1"))),
                        then -> then.policy("p1")),
                row(
                        "R2 an environment of unknown lifecycle is decided like an active one",
                        under(production().lifecycle(Lifecycle.UNKNOWN)),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)));
    }

    @TestFactory
    Stream<DynamicTest> flowsThatExistedBefore() {
        Instant before = justBefore(APPLIED);
        Instant after = justAfter(APPLIED);
        return Stream.of(
                flows(
                        "R3 flows older than the policy stay on the Microsoft-managed key",
                        known(3, day(1), before),
                        MICROSOFT_MANAGED),
                flows("R3 some flows older, some younger: mixed", known(3, before, APPLIED), MIXED),
                flows(
                        "R3 a flow created at the very moment is not older",
                        known(1, APPLIED, APPLIED),
                        CUSTOMER_MANAGED),
                flows(
                        "R3 flows created afterwards are on the customer's key",
                        known(9, after, after),
                        CUSTOMER_MANAGED),
                flows("R3 no flows: nothing older", FlowInventory.EMPTY, CUSTOMER_MANAGED),
                flows("R3 ages told of flows that are gone do not count", known(0, before, before), CUSTOMER_MANAGED),
                flows(
                        "R3 a flow of unknown age counts as older",
                        new FlowInventory(1, Optional.empty(), Optional.empty()),
                        MICROSOFT_MANAGED),
                flows(
                        "R3 oldest older, newest unknown: none is known to be younger",
                        new FlowInventory(2, Optional.of(before), Optional.empty()),
                        MICROSOFT_MANAGED),
                flows(
                        "R3 oldest unknown, newest younger: mixed",
                        new FlowInventory(2, Optional.empty(), Optional.of(APPLIED)),
                        MIXED),
                flows(
                        "R3 oldest younger: none is older, whatever the newest",
                        new FlowInventory(2, Optional.of(APPLIED), Optional.empty()),
                        CUSTOMER_MANAGED));
    }

    private static FlowInventory known(int count, Instant oldest, Instant newest) {
        return new FlowInventory(count, Optional.of(oldest), Optional.of(newest));
    }

    private static DynamicTest flows(String rule, FlowInventory cloudFlows, Protection expected) {
        return row(rule, under(production().cloudFlows(cloudFlows)), then -> {
            boolean clean = expected == CUSTOMER_MANAGED;
            then.has(expected, clean ? Rule.R2 : Rule.R3, CLOUD_FLOWS, FLOW_RUN_HISTORY)
                    .has(CUSTOMER_MANAGED, Rule.R2, DATAVERSE, DESKTOP_FLOWS, OAUTH_CONNECTIONS, HOSTED_MACHINE_GROUPS)
                    .is(EncryptionState.CUSTOMER_MANAGED, clean ? PolicyStatus.SUCCEEDED : PolicyStatus.WARNING)
                    .warns(clean ? new WarningCode[0] : new WarningCode[] {FLOWS_ON_MICROSOFT_MANAGED_KEY})
                    .suppressedSince(APPLIED, Rule.R14);
        });
    }

    @TestFactory
    Stream<DynamicTest> flowsOfBothKinds() {
        Instant before = justBefore(APPLIED);
        return Stream.of(
                row(
                        "R3 desktop flows are judged on their own",
                        under(production().cloudFlows(1, APPLIED, APPLIED).desktopFlows(1, before, before)),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R2, CLOUD_FLOWS)
                                .has(MICROSOFT_MANAGED, Rule.R3, DESKTOP_FLOWS, FLOW_RUN_HISTORY)
                                .warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)),
                row(
                        "R3 run history takes the worse of the two",
                        under(production().cloudFlows(2, before, APPLIED).desktopFlows(1, before, before)),
                        then -> then.has(MIXED, Rule.R3, CLOUD_FLOWS)
                                .has(MICROSOFT_MANAGED, Rule.R3, DESKTOP_FLOWS, FLOW_RUN_HISTORY)),
                row(
                        "R3 the text of the warning is the profile's",
                        under(production().cloudFlows(1, before, before)),
                        then -> then.says(FLOWS_ON_MICROSOFT_MANAGED_KEY, Profiles.FLOW_WARNING)),
                row(
                        "R3 when no older flow is left, the component is on the customer's key and the warning clears",
                        given(
                                snapshot(day(1), production().cloudFlows(1, day(0), day(0))),
                                applied(APPLIED, "p1", "k1"),
                                snapshot(day(11), production().cloudFlows(1, day(11), day(11)))),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R2, CLOUD_FLOWS, FLOW_RUN_HISTORY)
                                .is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .warns(new WarningCode[0])));
    }

    @TestFactory
    Stream<DynamicTest> policyBeforeTheFirstSnapshot() {
        return Stream.of(
                row(
                        "R4 without a snapshot only what needs none is claimed, and the sinks are suppressed",
                        given(applied(APPLIED, "p1", "k1")),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .has(CUSTOMER_MANAGED, Rule.R4, DATAVERSE, OAUTH_CONNECTIONS)
                                .has(MICROSOFT_MANAGED, Rule.R4, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES)
                                .has(
                                        UNDETERMINED,
                                        Rule.R4,
                                        CLOUD_FLOWS,
                                        DESKTOP_FLOWS,
                                        FLOW_RUN_HISTORY,
                                        HOSTED_MACHINE_GROUPS)
                                .warns(INVENTORY_UNKNOWN)
                                .suppressedSince(APPLIED, Rule.R4)
                                .key(unpinned("k1"))),
                row(
                        "R4 the first snapshot settles it",
                        given(applied(APPLIED, "p1", "k1"), snapshot(day(11), production())),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .warns(new WarningCode[0])
                                .suppressedSince(APPLIED, Rule.R14)),
                row(
                        "R4 a policy removed before the first snapshot leaves the Microsoft-managed key",
                        given(applied(APPLIED, "p1", "k1"), removed(day(11), "p1")),
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .hasAllBut(MICROSOFT_MANAGED, Rule.R1)
                                .warns(RETAIN_KEY)
                                .notSuppressed()));
    }

    @TestFactory
    Stream<DynamicTest> whatNeverIsOnTheCustomersKey() {
        return Stream.of(
                row(
                        "R5 connections without OAuth stay on the Microsoft-managed key, without a word if there are none",
                        under(production()),
                        then -> then.has(MICROSOFT_MANAGED, Rule.R5, NON_OAUTH_CONNECTIONS)
                                .warns(new WarningCode[0])),
                row(
                        "R5 with one such connection administrators are told",
                        under(production().nonOAuthConnections(1)),
                        then -> then.has(MICROSOFT_MANAGED, Rule.R5, NON_OAUTH_CONNECTIONS)
                                .has(CUSTOMER_MANAGED, Rule.R2, OAUTH_CONNECTIONS)
                                .warns(NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY)
                                .says(NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY, "OAuth: 1.")),
                row(
                        "R7 hosted machines stay on the Microsoft-managed key, without a word if there are none",
                        under(production()),
                        then -> then.has(MICROSOFT_MANAGED, Rule.R7, HOSTED_MACHINES)
                                .warns(new WarningCode[0])),
                row(
                        "R7 with one hosted machine administrators are told",
                        under(production().hostedMachines(1)),
                        then -> then.has(MICROSOFT_MANAGED, Rule.R7, HOSTED_MACHINES)
                                .is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .warns(HOSTED_MACHINES_NOT_SUPPORTED)
                                .says(HOSTED_MACHINES_NOT_SUPPORTED, "environment e1: 1.")));
    }

    @TestFactory
    Stream<DynamicTest> machineGroups() {
        Instant before = justBefore(APPLIED);
        return Stream.of(
                row(
                        "R6 a group provisioned before must be provisioned again",
                        under(production().machineGroup("g1", before)),
                        then -> then.has(PENDING_REPROVISION, Rule.R6, HOSTED_MACHINE_GROUPS)
                                .is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .warns(HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED)
                                .isAbout(HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED, "g1")),
                row(
                        "R6 one warning about all groups",
                        under(production().machineGroup("g1", before).machineGroup("g2", day(1))),
                        then -> then.has(PENDING_REPROVISION, Rule.R6, HOSTED_MACHINE_GROUPS)
                                .warns(HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED)
                                .isAbout(HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED, "g1", "g2")
                                .says(HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED, ": g1, g2.")),
                row(
                        "R6 some groups before, some after: mixed",
                        under(production().machineGroup("g1", before).machineGroup("g2", APPLIED)),
                        then -> then.has(MIXED, Rule.R6, HOSTED_MACHINE_GROUPS)
                                .isAbout(HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED, "g1")),
                row(
                        "R6 a group provisioned at the very moment is on the customer's key",
                        under(production().machineGroup("g1", APPLIED)),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R2, HOSTED_MACHINE_GROUPS)
                                .warns(new WarningCode[0])),
                row(
                        "R6 a group provisioned again clears its warning",
                        given(
                                snapshot(day(1), production().machineGroup("g1", day(1))),
                                applied(APPLIED, "p1", "k1"),
                                snapshot(day(11), production().machineGroup("g1", day(11)))),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R2, HOSTED_MACHINE_GROUPS)
                                .warns(new WarningCode[0])),
                row(
                        "R6 after a swap groups of the former key must be provisioned again",
                        given(
                                snapshot(day(1), production().machineGroup("g1", day(12))),
                                applied(APPLIED, "p1", "k1"),
                                applied(day(13), "p2", "k2")),
                        then -> then.has(PENDING_REPROVISION, Rule.R6, HOSTED_MACHINE_GROUPS)
                                .warns(HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED, RETAIN_KEY)),
                row(
                        "R6 a rotation needs no provisioning",
                        given(
                                snapshot(day(1), production().machineGroup("g1", day(11))),
                                applied(APPLIED, "p1", "k1"),
                                rotated(day(12), "k1", "v2")),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R2, HOSTED_MACHINE_GROUPS)
                                .warns(new WarningCode[0])));
    }

    @TestFactory
    Stream<DynamicTest> eligibility() {
        Stream<DynamicTest> byType = Arrays.stream(EnvironmentType.values()).map(type -> switch (type) {
            case PRODUCTION, SANDBOX, DEVELOPER, UNKNOWN ->
                row(
                        "R8 type " + type + " is eligible",
                        under(Inventory.of(type)),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED));
            case TRIAL, TEAMS, DEFAULT -> refused("R8 type " + type + " is not eligible", Inventory.of(type));
        });
        return Stream.concat(
                byType,
                Stream.of(
                        refused(
                                "R8 an environment that is not managed is not eligible",
                                production().unmanaged()),
                        row(
                                "R8 a policy that is not enforced does not lock when its key is revoked",
                                given(
                                        snapshot(day(1), Inventory.of(EnvironmentType.TEAMS)),
                                        applied(APPLIED, "p1", "k1"),
                                        Facts.revoked(day(11), "k1")),
                                then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.FAILED)
                                        .notLocked()
                                        .warns(ENVIRONMENT_NOT_ELIGIBLE)),
                        row(
                                "R8 nor has it to be enabled again when its key is restored",
                                given(
                                        snapshot(day(1), Inventory.of(EnvironmentType.TEAMS)),
                                        applied(APPLIED, "p1", "k1"),
                                        Facts.revoked(day(11), "k1"),
                                        Facts.restored(day(12), "k1")),
                                then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.FAILED)
                                        .notBy(Rule.R21)
                                        .warns(ENVIRONMENT_NOT_ELIGIBLE)),
                        row(
                                "R8 nor does its removal wait",
                                given(
                                        snapshot(day(1), Inventory.of(EnvironmentType.TEAMS)),
                                        applied(APPLIED, "p1", "k1"),
                                        Facts.revoked(day(11), "k1"),
                                        removed(day(12), "p1")),
                                then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                        .hasAllBut(MICROSOFT_MANAGED, Rule.R1)
                                        .warns(new WarningCode[0])),
                        rowInOrder(
                                "R8 what it created while it was not eligible is not on the customer's key",
                                given(
                                        snapshot(day(1), production().unmanaged()),
                                        applied(APPLIED, "p1", "k1"),
                                        snapshot(day(12), production().cloudFlows(2, day(11), day(12)))),
                                then -> then.suppressedSince(day(12), Rule.R14)
                                        .has(MIXED, Rule.R3, CLOUD_FLOWS)
                                        .warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)),
                        rowInOrder(
                                "R8 eligible already when the policy came: no wait",
                                given(
                                        snapshot(day(1), production().unmanaged()),
                                        snapshot(day(2), production()),
                                        applied(APPLIED, "p1", "k1")),
                                then -> then.suppressedSince(APPLIED, Rule.R14)),
                        rowInOrder(
                                "R8 enabled and then no longer eligible: kept, with a warning",
                                given(
                                        snapshot(day(1), production()),
                                        applied(APPLIED, "p1", "k1"),
                                        snapshot(day(11), production().unmanaged())),
                                then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                        .has(CUSTOMER_MANAGED, Rule.R2, DATAVERSE, CLOUD_FLOWS)
                                        .warns(POLICY_NOT_ENFORCED)
                                        .suppressedSince(APPLIED, Rule.R14)),
                        rowInOrder(
                                "R8 eligible again: the warning clears",
                                given(
                                        snapshot(day(1), production()),
                                        applied(APPLIED, "p1", "k1"),
                                        snapshot(day(11), production().unmanaged()),
                                        snapshot(day(12), production())),
                                then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                        .warns(new WarningCode[0])
                                        .suppressedSince(APPLIED, Rule.R14))));
    }

    private static DynamicTest refused(String rule, Inventory inventory) {
        return row(
                rule,
                under(inventory.cloudFlows(1, day(1), day(1)).nonOAuthConnections(1)),
                then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.FAILED)
                        .hasAllBut(MICROSOFT_MANAGED, Rule.R8)
                        .warns(ENVIRONMENT_NOT_ELIGIBLE)
                        .notSuppressed()
                        .notLocked()
                        .policy("p1")
                        .noKey());
    }
}
