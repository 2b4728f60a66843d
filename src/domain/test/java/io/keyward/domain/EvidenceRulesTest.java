package io.keyward.domain;

import static io.keyward.domain.EnforcementRulesTest.dataverse;
import static io.keyward.domain.EnforcementRulesTest.holding;
import static io.keyward.domain.EnforcementRulesTest.reporting;
import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.deleted;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.FLOW_RUN_HISTORY;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.HOSTED_MACHINE_GROUPS;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.CUSTOMER_MANAGED;
import static io.keyward.domain.event.Protection.LOCKED;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;
import static io.keyward.domain.event.Protection.MIXED;
import static io.keyward.domain.event.Protection.PENDING_REPROVISION;
import static io.keyward.domain.event.Protection.UNDETERMINED;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.EnforcementReport.Phase;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Protection;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R32: what is claimed where evidence is required.
class EvidenceRulesTest {
    private static RuleTable.Given requiring(Event... events) {
        return reporting(events).by(Profiles.REQUIRE);
    }

    private static DynamicTest dataverseIs(Protection protection, Rule reason, String row, Event... events) {
        return row(row, requiring(events), then -> then.has(protection, reason, DATAVERSE));
    }

    @TestFactory
    Stream<DynamicTest> whatIsShown() {
        Report clean = dataverse().under("k1", "v1", 5);
        return Stream.of(
                row(
                        "R32 nothing is reported: nothing is claimed",
                        requiring(),
                        then -> then.by(Rule.R32)
                                .is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .has(UNDETERMINED, Rule.R32, DATAVERSE, CLOUD_FLOWS, HOSTED_MACHINE_GROUPS)
                                .has(MICROSOFT_MANAGED, Rule.R5, NON_OAUTH_CONNECTIONS)
                                .has(MICROSOFT_MANAGED, Rule.R7, HOSTED_MACHINES)
                                .suppressedSince(day(2), Rule.R14)),
                row(
                        "R32 a profile that only reports claims as before",
                        reporting(),
                        then -> then.notBy(Rule.R32).has(CUSTOMER_MANAGED, Rule.R2, DATAVERSE)),
                row(
                        "R32 shown wholly under the key: claimed, by the rule that decided it",
                        requiring(reported(day(3), clean)),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R2, DATAVERSE)
                                .has(UNDETERMINED, Rule.R32, CLOUD_FLOWS)),
                dataverseIs(
                        UNDETERMINED,
                        Rule.R32,
                        "R32 a report of the moment of the policy shows nothing",
                        reported(day(2), clean)),
                dataverseIs(
                        CUSTOMER_MANAGED, Rule.R2, "R32 one just after it does", reported(justAfter(day(2)), clean)),
                dataverseIs(
                        CUSTOMER_MANAGED,
                        Rule.R2,
                        "R32 without items nothing is under another key",
                        reported(day(3), dataverse())),
                dataverseIs(
                        CUSTOMER_MANAGED,
                        Rule.R2,
                        "R32 any version of the key",
                        reported(day(3), dataverse().under("k1", "v0", 1).under("k1", "v9", 1))),
                dataverseIs(
                        CUSTOMER_MANAGED,
                        Rule.R2,
                        "R32 also after a rotation",
                        reported(day(3), clean),
                        rotated(day(5), "k1", "v2")),
                dataverseIs(
                        CUSTOMER_MANAGED,
                        Rule.R2,
                        "R32 whatever the phase",
                        reported(
                                day(3),
                                dataverse()
                                        .under("k1", "v1", 1)
                                        .phase(Phase.FAILED)
                                        .failed(1))),
                dataverseIs(
                        MIXED,
                        Rule.R32,
                        "R32 something is left out: some of it at least",
                        reported(day(3), dataverse().under("k1", "v1", 5).incomplete())),
                dataverseIs(
                        UNDETERMINED,
                        Rule.R32,
                        "R32 everything is left out",
                        reported(day(3), dataverse().incomplete())),
                dataverseIs(
                        MIXED,
                        Rule.R32,
                        "R32 some items are under another key",
                        reported(day(3), dataverse().under("k1", "v1", 5).microsoftManaged(1))),
                dataverseIs(
                        UNDETERMINED,
                        Rule.R32,
                        "R32 all items are under another key",
                        reported(day(3), dataverse().under("k2", "v1", 5))),
                dataverseIs(
                        UNDETERMINED,
                        Rule.R32,
                        "R32 or under the Microsoft-managed key",
                        reported(day(3), dataverse().microsoftManaged(5))));
    }

    @TestFactory
    Stream<DynamicTest> parts() {
        Report a = dataverse().part("a").parts("a", "b").under("k1", "v1", 5);
        return Stream.of(
                dataverseIs(MIXED, Rule.R32, "R32 a known part has not reported", reported(day(3), a)),
                dataverseIs(
                        CUSTOMER_MANAGED,
                        Rule.R2,
                        "R32 every known part has shown it",
                        reported(day(3), a),
                        reported(day(4), dataverse().part("b").parts("a", "b").under("k1", "v1", 1))),
                dataverseIs(
                        MIXED,
                        Rule.R32,
                        "R32 one of them before the data came under the key",
                        reported(day(2), dataverse().part("b").under("k1", "v1", 1)),
                        reported(day(3), a)),
                dataverseIs(
                        MIXED,
                        Rule.R32,
                        "R32 one of them wholly under another key, whichever comes first",
                        reported(day(3), a),
                        reported(day(4), dataverse().part("b").parts("a", "b").microsoftManaged(1))),
                dataverseIs(
                        MIXED,
                        Rule.R32,
                        "R32 or the first of them",
                        reported(day(3), dataverse().part("a").microsoftManaged(1)),
                        reported(day(4), dataverse().part("b").parts("a", "b").under("k1", "v1", 1))),
                dataverseIs(
                        CUSTOMER_MANAGED,
                        Rule.R2,
                        "R32 a part that has vanished is left aside",
                        reported(day(3), dataverse().part("b").microsoftManaged(1)),
                        reported(day(4), dataverse().part("a").under("k1", "v1", 5))));
    }

    @TestFactory
    Stream<DynamicTest> otherProtections() {
        Inventory mixed = production().cloudFlows(3, day(0), day(3));
        Inventory pending = production().machineGroup("g1", day(1));
        Event flows = reported(day(4), Report.of(CLOUD_FLOWS).under("k1", "v1", 3));
        return Stream.of(
                row(
                        "R32 what is mixed stays so if some of it is shown",
                        holding(mixed, flows).by(Profiles.REQUIRE),
                        then -> then.has(MIXED, Rule.R3, CLOUD_FLOWS).has(UNDETERMINED, Rule.R32, FLOW_RUN_HISTORY)),
                row(
                        "R32 what is Microsoft-managed or pending is no claim",
                        holding(pending.cloudFlows(3, day(0), day(1)), flows).by(Profiles.REQUIRE),
                        then -> then.has(MICROSOFT_MANAGED, Rule.R3, CLOUD_FLOWS)
                                .has(PENDING_REPROVISION, Rule.R6, HOSTED_MACHINE_GROUPS)),
                row(
                        "R32 without a snapshot Dataverse is a claim",
                        given(applied(day(2), "p1", "k1")).by(Profiles.REQUIRE),
                        then -> then.has(UNDETERMINED, Rule.R32, DATAVERSE).has(UNDETERMINED, Rule.R4, CLOUD_FLOWS)),
                row(
                        "R20 what is locked is locked, whatever is shown",
                        requiring(revoked(day(5), "k1")),
                        then -> then.notBy(Rule.R32).has(LOCKED, Rule.R20, DATAVERSE, CLOUD_FLOWS)),
                row(
                        "R32 once it is usable again only what is shown is claimed",
                        requiring(
                                reported(day(3), dataverse().under("k1", "v1", 1)),
                                revoked(day(5), "k1"),
                                restored(day(7), "k1")),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R2, DATAVERSE)
                                .has(UNDETERMINED, Rule.R32, CLOUD_FLOWS)),
                row(
                        "R32 after a swap the previous key shows nothing",
                        requiring(reported(day(7), dataverse().under("k1", "v1", 1)), applied(day(6), "p2", "k2")),
                        then -> then.has(UNDETERMINED, Rule.R32, DATAVERSE)),
                row(
                        "R32 without a policy nothing is claimed",
                        requiring(removed(day(6), "p1")),
                        then -> then.notBy(Rule.R32).has(MICROSOFT_MANAGED, Rule.R1, DATAVERSE)),
                row(
                        "R24 a deleted environment has no components",
                        requiring(deleted(day(6))),
                        then -> then.notBy(Rule.R32).hasNoComponents()));
    }
}
