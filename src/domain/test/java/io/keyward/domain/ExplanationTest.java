package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
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

import io.keyward.domain.decision.OpenWarning;
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

/// Explanations: the rules in the order of their numbers, each with the facts that it used and the events that
/// stated them.
class ExplanationTest {
    private static final String K1 = "https://contoso.vault.azure.net/keys/k1";
    private static final String K2 = "https://contoso.vault.azure.net/keys/k2";
    private static final String UNDER_K1 = "The policy p1 of " + date(2)
            + " is in force, and the data of this environment has been under the key " + K1 + " since " + date(2) + ".";
    private static final String ENABLED = "has been enabled since " + date(2) + ".";

    private static String date(int day) {
        return OpenWarning.date(day(day));
    }

    private static String left(String key, int day) {
        return "The data left the key " + key + " on " + date(day) + ", and backups may need that key until "
                + date(day + 30);
    }

    private static String replaced(String version, int day) {
        return "Version " + version + " of the key " + K1 + " was replaced on " + date(day)
                + " and must stay enabled until " + date(day + 28) + ".";
    }

    /// The reasons, each as `rule: sentence`.
    private static DynamicTest why(String row, RuleTable.Given given, String... reasons) {
        return DynamicTest.dynamicTest(row, () -> {
            ReferenceTenant tenant = given.model().tenant(Facts.CONTOSO);
            List<Explanation> explanations =
                    tenant.assessment(Facts.E1).orElseThrow().explanation();
            assertThat(explanations.stream().map(e -> e.rule() + ": " + e.sentence()))
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
                why(
                        "R1 never",
                        RuleTable.given(snapshot(day(1), production())),
                        "R1: No policy has taken effect in this environment."),
                why(
                        "R1 not any more",
                        under(production(), removed(day(3), "p1"), revoked(day(4), "k1")),
                        "R1: The data of this environment left the key " + K1 + " on " + date(3)
                                + " and is under no customer-managed key since.",
                        "R9: " + left(K1, 3) + "; it cannot be used at present."),
                why(
                        "R2, R5, R6 and R7",
                        under(production()
                                .nonOAuthConnections(3)
                                .hostedMachines(4)
                                .machineGroup("g1", day(0))),
                        "R2: " + UNDER_K1 + " It " + ENABLED,
                        "R5: Connections without OAuth in this environment: 3.",
                        "R6: The key " + K1 + " has been in effect for hosted machine groups since " + date(2)
                                + ". Their groups were provisioned last: g1 on " + date(0) + ".",
                        "R7: Hosted machines in this environment: 4.",
                        "R14: Data has not been allowed to flow to these sinks since " + date(2)
                                + ": APPLICATION_INSIGHTS, DATA_LAKE_EXPORT, TENANT_REPORTING."),
                why(
                        "R3",
                        under(production().cloudFlows(unknown)),
                        "R3: Cloud flows: 2, the oldest created on an unknown date, the newest on an unknown date."
                                + " Desktop flows: none. The environment " + ENABLED),
                why(
                        "R3 where a report decides about cloud flows",
                        migrating(production()
                                .cloudFlows(2, day(0), day(0))
                                .reported(0)
                                .desktopFlows(1, day(0), day(0))),
                        "R3: Desktop flows: 1, the oldest created on " + date(0) + ", the newest on " + date(0)
                                + ". The environment " + ENABLED,
                        "R3a: The platform reports 0 of 2 cloud flows under the Microsoft-managed key."
                                + " No migration of flows is reported. The environment " + ENABLED),
                why(
                        "R3a without a report",
                        migrating(production()
                                .migration(new FlowMigration(
                                        FlowMigration.State.DONE, Optional.of(day(1)), Optional.of(day(2))))),
                        "R3a: Since this environment was enabled, the platform has not reported the keys of its cloud"
                                + " flows. The migration of flows is reported as DONE, started on " + date(1)
                                + ", ended on " + date(2) + ". The environment " + ENABLED),
                why(
                        "R4",
                        RuleTable.given(applied(day(2), "p1", "k1")),
                        "R4: " + UNDER_K1 + " No report of what the environment holds has arrived."),
                why(
                        "R8",
                        under(Inventory.of(EnvironmentType.TRIAL).unmanaged()),
                        "R8: The last report calls this environment one of the type TRIAL that is not managed."),
                why(
                        "R8 by type",
                        under(Inventory.of(EnvironmentType.TRIAL)),
                        "R8: The last report calls this environment one of the type TRIAL that is managed."),
                why(
                        "R11",
                        RuleTable.given(limit(day(0), 0), snapshot(day(1), production()), applied(day(2), "p1", "k1")),
                        "R11: " + UNDER_K1 + " It has waited for a place within the tenant's limit since " + date(2)
                                + "."),
                why(
                        "R24",
                        RuleTable.given(snapshot(day(1), production()), deleted(day(2))),
                        "R24: The last report says that this environment is deleted."));
    }

    @TestFactory
    Stream<DynamicTest> keys() {
        return Stream.of(
                why(
                        "R16 and R17",
                        under(production(), rotated(day(3), "k1", "v1", "v2"), revoked(day(4), "k1", "v1")),
                        "R2: " + UNDER_K1 + " It " + ENABLED,
                        "R16: Version v2 of the key " + K1 + " has been in force since " + date(3) + ".",
                        "R17: " + replaced("v1", 3) + " The key " + K1
                                + " cannot be used as it should be: version v1 was disabled on " + date(4) + "."),
                why(
                        "R16 a version from before the environment came to the key",
                        under(production(), rotated(day(1), "k1", "v1")),
                        "R2: " + UNDER_K1 + " It " + ENABLED,
                        "R16: Version v1 of the key " + K1 + " has been in force since " + date(1) + "."),
                why(
                        "R2 a pinned version is part of the policy",
                        RuleTable.given(snapshot(day(1), production()), applied(day(2), "p1", pinned("k1", "v1"))),
                        "R2: The policy p1 of " + date(2)
                                + " is in force, and the data of this environment has been under the key " + K1
                                + "/v1 since " + date(2) + ". It " + ENABLED),
                why(
                        "R22 one key left long ago, one lately",
                        under(
                                production(),
                                applied(day(3), "p2", "k2"),
                                applied(day(30), "p3", "k3"),
                                snapshot(day(33), production())),
                        "R22: " + left(K2, 30) + "."),
                why(
                        "R22 one key left, and another waits to be",
                        under(
                                production(),
                                applied(day(3), "p2", "k2"),
                                revoked(day(4), "k2"),
                                applied(day(5), "p3", "k3")),
                        "R22: The policy was changed while the key " + K2
                                + " could not be used, so the data is still under that key. " + left(K1, 3) + "."),
                why(
                        "R17 one version superseded long ago, one lately",
                        under(
                                production(),
                                rotated(day(3), "k1", "v1"),
                                rotated(day(4), "k1", "v2"),
                                rotated(day(30), "k1", "v3"),
                                snapshot(day(32), production())),
                        "R17: " + replaced("v2", 30)),
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
                        "R17: " + replaced("v1", 4) + " The key " + K1
                                + " cannot be used as it should be: version v1 was disabled on " + date(8) + ".",
                        "R20: The key " + K1 + " cannot be used as it should be: the key was disabled on " + date(7)
                                + "."),
                why(
                        "R18",
                        RuleTable.given(
                                snapshot(day(1), production()),
                                applied(day(2), "p1", pinned("k1", "v1")),
                                rotated(day(3), "k1", "v2")),
                        "R18: The policy pins the key " + K1 + "/v1; the newest known version of that key is v2."),
                why(
                        "R20",
                        under(production(), revoked(day(4), "k1")),
                        "R20: The key " + K1 + " cannot be used as it should be: the key was disabled on " + date(4)
                                + "."),
                why(
                        "R21 seen enabled before",
                        under(production(), revoked(day(4), "k1"), restored(day(5), "k1")),
                        "R21: The key " + K1 + " has been usable again since " + date(5)
                                + "; this environment was last seen enabled on " + date(1) + "."),
                why(
                        "R21 never seen enabled",
                        under(production().runtimeDisabled(), revoked(day(4), "k1"), restored(day(5), "k1")),
                        "R21: The key " + K1 + " has been usable again since " + date(5)
                                + "; this environment was never seen enabled."),
                why(
                        "R9 waiting",
                        under(production(), revoked(day(4), "k1"), removed(day(5), "p1")),
                        "R2: No policy is in force any more, but the data of this environment has been under the key "
                                + K1 + " since " + date(2) + ". It " + ENABLED,
                        "R9: The policy was removed while the key " + K1
                                + " could not be used, so the data is still under that key."),
                why(
                        "R22 waiting",
                        under(production(), revoked(day(4), "k1"), applied(day(5), "p2", "k2")),
                        "R22: The policy was changed while the key " + K1
                                + " could not be used, so the data is still under that key."),
                why(
                        "R23 announced and expired",
                        under(
                                production(),
                                rotated(day(3), "k1", "v1"),
                                expiring(day(4), "k1", "v1", day(5)),
                                revoked(day(5), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED)),
                        "R23: Version v1 of the key " + K1 + " is announced to expire on " + date(5) + ". The key " + K1
                                + " cannot be used as it should be: version v1 expired on " + date(5) + "."),
                why(
                        "R25 what is due next",
                        under(production(), removed(day(3), "p1")),
                        "R25: The next date on which the verdict may change by itself is " + date(33) + "."),
                why(
                        "R26 the marks that were reached",
                        under(production(), revoked(day(4), "k1"), reached(day(31))),
                        "R25: The next date on which the verdict may change by itself is " + date(33) + ".",
                        "R26: This environment is expected to be deleted on " + date(34)
                                + ". The warning about it has the severity ERROR."),
                why(
                        "R23 expired, which only warns",
                        under(
                                        production(),
                                        rotated(day(3), "k1", "v1"),
                                        revoked(day(5), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED))
                                .by(Profiles.EXPIRY_WARNS),
                        "R23: The key " + K1 + " cannot be used as it should be: version v1 expired on " + date(5)
                                + "."));
    }

    /// The events that a rule's sentence rests on, by their ids.
    private static DynamicTest restsOn(String row, RuleTable.Given given, Rule rule, String... events) {
        return DynamicTest.dynamicTest(
                row,
                () -> assertThat(
                                given
                                        .model()
                                        .tenant(Facts.CONTOSO)
                                        .assessment(Facts.E1)
                                        .orElseThrow()
                                        .explanation()
                                        .stream()
                                        .filter(reason -> reason.rule() == rule)
                                        .flatMap(reason -> reason.causes().stream())
                                        .map(stamp -> stamp.eventId().value()))
                        .containsExactly(events));
    }

    @TestFactory
    Stream<DynamicTest> causes() {
        Event disabled = revoked(day(4), "k1");
        return Stream.of(
                restsOn("R1 never", RuleTable.given(snapshot(day(1), production())), Rule.R1, "snapshot"),
                restsOn("R1 not any more", under(production(), removed(day(3), "p1")), Rule.R1, "removed-p1"),
                restsOn(
                        "R1 not any more for long",
                        under(production(), removed(day(3), "p1"), reached(day(40))),
                        Rule.R1,
                        "removed-p1"),
                restsOn("R2", under(production()), Rule.R2, "applied-p1"),
                restsOn(
                        "R2 the first policy with the key, and the present one",
                        under(production(), applied(day(3), "p2", "k1")),
                        Rule.R2,
                        "applied-p1",
                        "applied-p2"),
                restsOn("R4", RuleTable.given(applied(day(2), "p1", "k1")), Rule.R4, "applied-p1"),
                restsOn("R5", under(production().nonOAuthConnections(3)), Rule.R5, "snapshot"),
                restsOn("R6", under(production().machineGroup("g1", day(0))), Rule.R6, "snapshot", "applied-p1"),
                restsOn("R8", under(Inventory.of(EnvironmentType.TRIAL)), Rule.R8, "snapshot", "applied-p1"),
                restsOn(
                        "R9 backups at risk",
                        under(production(), removed(day(3), "p1"), disabled),
                        Rule.R9,
                        "removed-p1",
                        "revoked-KEY_DISABLED"),
                restsOn("R9 waiting", under(production(), disabled, removed(day(5), "p1")), Rule.R9, "removed-p1"),
                restsOn("R14", under(production(), applied(day(3), "p2", "k2")), Rule.R14, "applied-p1"),
                restsOn("R16", under(production(), rotated(day(3), "k1", "v1", "v2")), Rule.R16, "rotated-v2"),
                restsOn(
                        "R17",
                        under(production(), rotated(day(3), "k1", "v1", "v2"), revoked(day(4), "k1", "v1")),
                        Rule.R17,
                        "rotated-v2",
                        "revoked-KEY_DISABLED"),
                restsOn("R20", under(production(), disabled), Rule.R20, "revoked-KEY_DISABLED"),
                restsOn("R21", under(production(), disabled, restored(day(5), "k1")), Rule.R21, "restored"),
                restsOn("R22", under(production(), applied(day(3), "p2", "k2")), Rule.R22, "applied-p2"),
                restsOn(
                        "R23",
                        under(production(), rotated(day(3), "k1", "v1"), expiring(day(4), "k1", "v1", day(5))),
                        Rule.R23,
                        "expiring-v1"),
                restsOn("R26", under(production(), disabled, reached(day(31))), Rule.R26, "revoked-KEY_DISABLED"),
                restsOn("R25", under(production(), removed(day(3), "p1")), Rule.R25));
    }

    /// Each rule names its own events, and no longer those that are over.
    @TestFactory
    Stream<DynamicTest> causesOfOneRuleAmongSeveral() {
        Event swap = applied(day(3), "p2", "k2");
        RuleTable.Given swappedAndRemoved = under(production(), swap, removed(day(5), "p2"), revoked(day(6), "k1"));
        RuleTable.Given disabledTwice = under(
                production(),
                rotated(day(3), "k1", "v1", "v2"),
                as("blocked", revoked(day(5), unpinned("k1"), RevocationCause.NETWORK_BLOCKED)),
                restored(day(6), unpinned("k1"), RevocationCause.NETWORK_BLOCKED),
                as("key-disabled", revoked(day(7), "k1")),
                as("v1-disabled", revoked(day(8), "k1", "v1")));
        return Stream.of(
                restsOn(
                        "R2 the application of the key of the data, not another one at the moment when it came into"
                                + " effect",
                        under(
                                production(),
                                revoked(day(4), "k1"),
                                applied(day(5), "p2", "k2"),
                                revoked(day(7), "k2"),
                                restored(day(8), "k1"),
                                applied(day(8), "p3", "k3")),
                        Rule.R2,
                        "applied-p2",
                        "applied-p3"),
                restsOn(
                        "R9 the removal, not what made the key of an earlier swap unusable",
                        swappedAndRemoved,
                        Rule.R9,
                        "removed-p2"),
                restsOn(
                        "R22 the swap, and what made its previous key unusable",
                        swappedAndRemoved,
                        Rule.R22,
                        "applied-p2",
                        "revoked-KEY_DISABLED"),
                restsOn(
                        "R22 not a swap of more than 30 days ago",
                        under(production(), swap, applied(day(30), "p3", "k3"), snapshot(day(33), production())),
                        Rule.R22,
                        "applied-p3"),
                restsOn(
                        "R22 a swap that waits, not the one before it of more than 30 days ago",
                        under(production(), swap, revoked(day(40), "k2"), applied(day(41), "p3", "k3")),
                        Rule.R22,
                        "applied-p3"),
                restsOn(
                        "R1 only the last removal, once all are more than 30 days ago",
                        under(
                                production(),
                                removed(day(3), "p1"),
                                applied(day(40), "p2", "k2"),
                                removed(day(45), "p2"),
                                reached(day(100))),
                        Rule.R1,
                        "removed-p2"),
                restsOn(
                        "R9 each removal of the last 30 days",
                        under(production(), removed(day(3), "p1"), applied(day(5), "p2", "k2"), removed(day(10), "p2")),
                        Rule.R9,
                        "removed-p1",
                        "removed-p2"),
                restsOn(
                        "R17 not a rotation of more than 28 days ago",
                        under(
                                production(),
                                rotated(day(3), "k1", "v1", "v2"),
                                rotated(day(30), "k1", "v3"),
                                snapshot(day(32), production())),
                        Rule.R17,
                        "rotated-v3"),
                restsOn("R17 the version that it concerns", disabledTwice, Rule.R17, "rotated-v2", "v1-disabled"),
                restsOn("R20 what is not over", disabledTwice, Rule.R20, "key-disabled"));
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
