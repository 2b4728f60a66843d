package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.deleted;
import static io.keyward.domain.Facts.expiring;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.RevocationCause;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Explanations: the rules in the order of their numbers, each with the facts that it used.
class ExplanationTest {
    private static final String K1 = "https://contoso.vault.azure.net/keys/k1";
    private static final String UNDER_K1 = "policy p1 of " + day(2) + ", data under " + K1 + " since " + day(2);

    /// The reasons, each as `rule: facts`.
    private static DynamicTest why(String row, RuleTable.Given given, String... reasons) {
        return DynamicTest.dynamicTest(row, () -> {
            ReferenceTenant tenant = given.model().tenant(Facts.CONTOSO);
            List<Explanation> explanations =
                    tenant.assessment(Facts.E1).orElseThrow().explanation();
            assertThat(explanations.stream().map(e -> e.rule() + ": " + e.facts()))
                    .contains(reasons);
            assertThat(explanations).extracting(Explanation::rule).isSorted().doesNotHaveDuplicates();
        });
    }

    private static RuleTable.Given under(Inventory inventory, Event... events) {
        return RuleTable.given(List.of(snapshot(day(1), inventory), applied(day(2), "p1", "k1")), List.of(events));
    }

    /// A policy, and a report after it, where the platform migrates existing flows.
    private static RuleTable.Given migrating(Inventory reported) {
        return RuleTable.given(applied(day(2), "p1", "k1"), snapshot(day(3), reported))
                .by(Profiles.MIGRATE);
    }

    @TestFactory
    Stream<DynamicTest> withAndWithoutAPolicy() {
        FlowInventory unknown = new FlowInventory(2, Optional.empty(), Optional.empty());
        return Stream.of(
                why("R1 never", RuleTable.given(snapshot(day(1), production())), "R1: no policy has taken effect"),
                why(
                        "R1 not any more",
                        under(production(), removed(day(3), "p1"), revoked(day(4), "k1")),
                        "R1: left the key " + K1 + " at " + day(3),
                        "R9: " + K1 + " left at " + day(3) + ", revoked since"),
                why(
                        "R2, R5, R6 and R7",
                        under(production()
                                .nonOAuthConnections(3)
                                .hostedMachines(4)
                                .machineGroup("g1", day(0))),
                        "R2: " + UNDER_K1 + ", enabled since " + day(2),
                        "R5: 3 connections without OAuth",
                        "R6: g1 provisioned " + day(0) + "; key in effect since " + day(2),
                        "R7: 4 hosted machines",
                        "R14: APPLICATION_INSIGHTS, DATA_LAKE_EXPORT, TENANT_REPORTING since " + day(2)),
                why(
                        "R3",
                        under(production().cloudFlows(unknown)),
                        "R3: 2 cloud flows, oldest unknown, newest unknown; no desktop flows; enabled since " + day(2)),
                why(
                        "R3 where a report decides about cloud flows",
                        migrating(production()
                                .cloudFlows(2, day(0), day(0))
                                .reported(0)
                                .desktopFlows(1, day(0), day(0))),
                        "R3: 1 desktop flows, oldest " + day(0) + ", newest " + day(0) + "; enabled since " + day(2),
                        "R3a: enabled since " + day(2) + "; 0 of 2 cloud flows reported on the Microsoft-managed key; "
                                + "nothing reported of a migration"),
                why(
                        "R3a without a report",
                        migrating(production()
                                .migration(new FlowMigration(
                                        FlowMigration.State.DONE, Optional.of(day(1)), Optional.of(day(2))))),
                        "R3a: enabled since " + day(2) + "; no report of the keys of cloud flows since then; "
                                + "migration DONE, started " + day(1) + ", finished " + day(2)),
                why(
                        "R4",
                        RuleTable.given(applied(day(2), "p1", "k1")),
                        "R4: " + UNDER_K1 + ", and no snapshot of the environment"),
                why("R8", under(Inventory.of(EnvironmentType.TRIAL).unmanaged()), "R8: type TRIAL, not managed"),
                why("R8 by type", under(Inventory.of(EnvironmentType.TRIAL)), "R8: type TRIAL, managed"),
                why(
                        "R11",
                        RuleTable.given(limit(day(0), 0), snapshot(day(1), production()), applied(day(2), "p1", "k1")),
                        "R11: " + UNDER_K1 + ", waiting since " + day(2)),
                why("R24", RuleTable.given(snapshot(day(1), production()), deleted(day(2))), "R24: lifecycle DELETED"));
    }

    @TestFactory
    Stream<DynamicTest> keys() {
        return Stream.of(
                why(
                        "R16 and R17",
                        under(production(), rotated(day(3), "k1", "v1", "v2"), revoked(day(4), "k1", "v1")),
                        "R2: " + UNDER_K1 + ", enabled since " + day(2),
                        "R16: version v2 in force since " + day(3),
                        "R17: version v1 to be kept until " + day(31) + "; KEY_DISABLED at " + day(4)
                                + " of version v1"),
                why(
                        "R16 a version from before the environment came to the key",
                        under(production(), rotated(day(1), "k1", "v1")),
                        "R2: " + UNDER_K1 + ", enabled since " + day(2),
                        "R16: version v1 in force since " + day(1)),
                why(
                        "R2 a pinned version is part of the policy",
                        RuleTable.given(snapshot(day(1), production()), applied(day(2), "p1", pinned("k1", "v1"))),
                        "R2: policy p1 of " + day(2) + ", data under " + K1 + "/v1 since " + day(2) + ", enabled since "
                                + day(2)),
                why(
                        "R22 one key left long ago, one lately",
                        under(
                                production(),
                                applied(day(3), "p2", "k2"),
                                applied(day(30), "p3", "k3"),
                                snapshot(day(33), production())),
                        "R22: https://contoso.vault.azure.net/keys/k2 left at " + day(30)),
                why(
                        "R22 one key left, and another waits to be",
                        under(
                                production(),
                                applied(day(3), "p2", "k2"),
                                revoked(day(4), "k2"),
                                applied(day(5), "p3", "k3")),
                        "R22: data still under https://contoso.vault.azure.net/keys/k2, which was unusable; " + K1
                                + " left at " + day(3)),
                why(
                        "R17 one version superseded long ago, one lately",
                        under(
                                production(),
                                rotated(day(3), "k1", "v1"),
                                rotated(day(4), "k1", "v2"),
                                rotated(day(30), "k1", "v3"),
                                snapshot(day(32), production())),
                        "R17: version v2 to be kept until " + day(58)),
                why(
                        "R17 and R20 each with its own causes, without those that are over",
                        under(
                                production(),
                                rotated(day(3), "k1", "v1"),
                                rotated(day(4), "k1", "v2"),
                                revoked(day(5), unpinned("k1"), RevocationCause.NETWORK_BLOCKED),
                                restored(day(6), unpinned("k1"), RevocationCause.NETWORK_BLOCKED),
                                revoked(day(7), "k1"),
                                revoked(day(8), "k1", "v1")),
                        "R17: version v1 to be kept until " + day(32) + "; KEY_DISABLED at " + day(8)
                                + " of version v1",
                        "R20: KEY_DISABLED at " + day(7) + " of the whole key"),
                why(
                        "R18",
                        RuleTable.given(
                                snapshot(day(1), production()),
                                applied(day(2), "p1", pinned("k1", "v1")),
                                rotated(day(3), "k1", "v2")),
                        "R18: pinned version v1, newest version v2"),
                why(
                        "R20",
                        under(production(), revoked(day(4), "k1")),
                        "R20: KEY_DISABLED at " + day(4) + " of the whole key"),
                why(
                        "R21 seen enabled before",
                        under(production(), revoked(day(4), "k1"), restored(day(5), "k1")),
                        "R21: usable again since " + day(5) + ", runtime last seen enabled at " + day(1)),
                why(
                        "R21 never seen enabled",
                        under(production().runtimeDisabled(), revoked(day(4), "k1"), restored(day(5), "k1")),
                        "R21: usable again since " + day(5) + ", runtime never seen enabled"),
                why(
                        "R9 waiting",
                        under(production(), revoked(day(4), "k1"), removed(day(5), "p1")),
                        "R2: no policy in force any more, data under " + K1 + " since " + day(2) + ", enabled since "
                                + day(2),
                        "R9: data still under " + K1 + ", which was unusable"),
                why(
                        "R22 waiting",
                        under(production(), revoked(day(4), "k1"), applied(day(5), "p2", "k2")),
                        "R22: data still under " + K1 + ", which was unusable"),
                why(
                        "R23 announced and expired",
                        under(
                                production(),
                                rotated(day(3), "k1", "v1"),
                                expiring(day(4), "k1", "v1", day(5)),
                                revoked(day(5), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED)),
                        "R23: version v1 announced to expire on " + day(5) + "; KEY_EXPIRED at " + day(5)
                                + " of version v1"),
                why(
                        "R25 what falls due next",
                        under(production(), removed(day(3), "p1")),
                        "R25: due next at " + day(33)),
                why(
                        "R26 the marks that were reached",
                        under(production(), revoked(day(4), "k1"), reached(day(31))),
                        "R25: due next at " + day(33),
                        "R26: deletion expected at " + day(34) + ", days before it: 7, 3"),
                why(
                        "R23 expired, which only warns",
                        under(
                                        production(),
                                        rotated(day(3), "k1", "v1"),
                                        revoked(day(5), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED))
                                .by(Profiles.EXPIRY_WARNS),
                        "R23: KEY_EXPIRED at " + day(5) + " of version v1"));
    }

    /// A swap is not a removal, and a removal is not a swap.
    @Test
    void aKeyLeftIsExplainedByWhatItWasLeftFor() {
        assertThat(rulesOf(under(production(), applied(day(3), "p2", "k2"))))
                .contains(Rule.R22)
                .doesNotContain(Rule.R9);
        assertThat(rulesOf(under(production(), removed(day(3), "p1"))))
                .contains(Rule.R9)
                .doesNotContain(Rule.R22);
    }

    private static Set<Rule> rulesOf(RuleTable.Given given) {
        return given.model().verdict(Facts.E1).orElseThrow().rules();
    }

    /// R2 and R22 can apply with and without a policy in force, and with and without a waiting one.
    @Test
    void sentencesClaimNoPolicyInForce() {
        assertThat(Rule.R2.sentence()).doesNotContain("policy is in force");
        assertThat(Rule.R22.sentence()).contains("must be kept");
    }
}
