package io.keyward.domain.advice;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.deleted;
import static io.keyward.domain.Facts.expiring;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.decision.EncryptionState.CUSTOMER_MANAGED;
import static io.keyward.domain.decision.EncryptionState.MICROSOFT_MANAGED;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.DESKTOP_FLOWS;
import static io.keyward.domain.event.Component.FLOW_RUN_HISTORY;
import static io.keyward.domain.event.Component.HOSTED_MACHINE_GROUPS;
import static io.keyward.domain.event.Component.OAUTH_CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Decider;
import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Outcome;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceTenant;
import io.keyward.domain.Report;
import io.keyward.domain.RuleTable;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What would remediate each kind of unhealthy state.
class RemediesTest {
    private static final String K1 = "https://contoso.vault.azure.net/keys/k1";
    private static final String E1 = "environment e1 of tenant contoso";

    private static RuleTable.Given under(Inventory inventory, Event... events) {
        return given(List.of(snapshot(day(1), inventory), applied(day(2), "p1", "k1")), List.of(events));
    }

    private static Optional<Remedy> remedy(RuleTable.Given given) {
        ReferenceTenant tenant = given.model().tenant(Facts.CONTOSO);
        return new Remedies(new Decider(given.profile()))
                .of(tenant.known(Facts.E1), tenant.state(), tenant.ahead(Facts.E1));
    }

    /// The state becomes completely healthy by steps whose sentences begin so, in this order.
    private static DynamicTest remediated(String row, RuleTable.Given given, EncryptionState state, String... steps) {
        return DynamicTest.dynamicTest(row, () -> {
            Remedy remedy = remedy(given).orElseThrow();
            assertThat(remedy.steps())
                    .extracting(Remedy.Step::sentence)
                    .allSatisfy(s -> assertThat(s).endsWith("."));
            assertThat(remedy.steps()).as("%s", remedy).hasSize(steps.length);
            IntStream.range(0, steps.length)
                    .forEach(i -> assertThat(remedy.steps().get(i).sentence()).startsWith(steps[i]));
            assertThat(remedy.complete()).isTrue();
            assertThat(remedy.encryptionState()).isEqualTo(state);
            assertThat(remedy.remarks()).isEmpty();
            List<Event> then = new ArrayList<>(given.events());
            remedy.steps().forEach(step -> then.add(step.event()));
            new RuleTable.Given(given.profile(), then).outcome().is(remedy.encryptionState(), remedy.policyStatus());
        });
    }

    private static DynamicTest good(String row, RuleTable.Given given) {
        return DynamicTest.dynamicTest(row, () -> assertThat(remedy(given)).isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> nothingToRemediate() {
        return Stream.of(
                good("nothing known", given(limit(day(0), 3))),
                good("no policy", given(snapshot(day(1), production()))),
                good("enforced", under(production())),
                good(
                        "enforced, with warnings that only inform",
                        under(production().nonOAuthConnections(2))));
    }

    @TestFactory
    Stream<DynamicTest> keysThatCannotBeUsed() {
        String enable = "Enable " + E1 + " in the admin center";
        return Stream.of(
                remediated(
                        "R20 a disabled key",
                        under(production(), revoked(day(4), "k1")),
                        CUSTOMER_MANAGED,
                        "Enable the key " + K1 + " in its vault: the key was disabled on 2026-01-05 00:00 UTC.",
                        enable),
                remediated(
                        "R20 a profile under which environments enable themselves",
                        under(production(), revoked(day(4), "k1")).by(Profiles.AUTOMATIC_UNLOCK),
                        CUSTOMER_MANAGED,
                        "Enable the key " + K1),
                remediated(
                        "R20 access removed",
                        under(production(), revoked(day(4), unpinned("k1"), RevocationCause.ACCESS_REMOVED)),
                        CUSTOMER_MANAGED,
                        "Give the platform access to the key " + K1 + " again",
                        enable),
                remediated(
                        "R20 two causes",
                        under(
                                production(),
                                revoked(day(4), "k1"),
                                revoked(day(5), unpinned("k1"), RevocationCause.NETWORK_BLOCKED)),
                        CUSTOMER_MANAGED,
                        "Make the key " + K1 + " and its versions usable again. What was reported and has not ended: "
                                + "the key was disabled on 2026-01-05 00:00 UTC; the network rules of the vault"
                                + " blocked access to the key on 2026-01-06 00:00 UTC.",
                        enable),
                remediated(
                        "R17 a version disabled too early",
                        under(production(), rotated(day(3), "k1", "v1", "v2"), revoked(day(4), "k1", "v1")),
                        CUSTOMER_MANAGED,
                        "Enable version v1 of the key " + K1 + " in its vault",
                        enable),
                remediated(
                        "R21 usable again",
                        under(production(), revoked(day(4), "k1"), restored(day(5), "k1")),
                        CUSTOMER_MANAGED,
                        enable),
                remediated(
                        "R22 a swap that waits",
                        under(production(), revoked(day(4), "k1"), applied(day(5), "p2", "k2")),
                        CUSTOMER_MANAGED,
                        "Enable the key " + K1,
                        enable),
                remediated(
                        "R22 a swap that waits, and leads to a key that cannot be used either",
                        under(production(), revoked(day(4), "k1"), revoked(day(4), "k2"), applied(day(5), "p2", "k2")),
                        CUSTOMER_MANAGED,
                        "Enable the key " + K1,
                        "Enable the key https://contoso.vault.azure.net/keys/k2",
                        enable),
                remediated(
                        "R9 a removal that waits",
                        under(production(), revoked(day(4), "k1"), removed(day(5), "p1")),
                        MICROSOFT_MANAGED,
                        "Enable the key " + K1),
                remediated(
                        "R9 backups at risk",
                        under(production(), removed(day(3), "p1"), revoked(day(4), "k1")),
                        MICROSOFT_MANAGED,
                        "Enable the key " + K1),
                remediated(
                        "R23 an expiry announced",
                        under(production(), rotated(day(3), "k1", "v1"), expiring(day(4), "k1", "v1", day(20))),
                        CUSTOMER_MANAGED,
                        "Create a new version of the key " + K1 + " in its vault: version v1 of the key"),
                remediated(
                        "R23 an expiry that locks",
                        under(
                                production(),
                                rotated(day(3), "k1", "v1"),
                                revoked(day(5), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED)),
                        CUSTOMER_MANAGED,
                        "Create a new version of the key " + K1,
                        enable),
                remediated(
                        "R23 an expiry that only warns",
                        under(
                                        production(),
                                        rotated(day(3), "k1", "v1"),
                                        revoked(day(5), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED))
                                .by(Profiles.EXPIRY_WARNS),
                        CUSTOMER_MANAGED,
                        "Create a new version of the key " + K1),
                remediated(
                        "R23 an expiry of the pinned version, where there is a newer one",
                        given(
                                snapshot(day(1), production()),
                                rotated(day(1), "k1", "v1", "v2"),
                                applied(day(2), "p1", pinned("k1", "v1")),
                                expiring(day(4), "k1", "v1", day(20))),
                        CUSTOMER_MANAGED,
                        "Apply the policy p1 to " + E1 + " again without a version of the key " + K1),
                remediated(
                        "R23 an expiry of the pinned version, which is the newest",
                        given(
                                snapshot(day(1), production()),
                                rotated(day(1), "k1", "v0", "v1"),
                                applied(day(2), "p1", pinned("k1", "v1")),
                                expiring(day(4), "k1", "v1", day(20))),
                        CUSTOMER_MANAGED,
                        "Create a new version of the key " + K1,
                        "Apply the policy p1"));
    }

    @TestFactory
    Stream<DynamicTest> environments() {
        Inventory older = production().cloudFlows(2, day(0), day(0));
        String create = "Create the flows of " + E1 + " that are older than 2026-01-03 00:00 UTC again";
        return Stream.of(
                remediated("R3 older flows", under(older), CUSTOMER_MANAGED, create),
                remediated(
                        "R3a older flows that the platform migrates",
                        under(production().cloudFlows(2, day(0), day(0)).reported(1, "f1"))
                                .by(Profiles.MIGRATE),
                        CUSTOMER_MANAGED,
                        "Wait until the platform has migrated the cloud flows of " + E1),
                remediated(
                        "R4 no snapshot",
                        given(applied(day(2), "p1", "k1")),
                        CUSTOMER_MANAGED,
                        "Find out why the platform has not reported " + E1),
                remediated(
                        "R6 a group from before the policy",
                        under(production().machineGroup("g1", day(0)).machineGroup("g2", day(3))),
                        CUSTOMER_MANAGED,
                        "Provision these hosted machine groups of " + E1 + " again: g1."),
                remediated(
                        "R8 not a managed environment",
                        under(production().unmanaged()),
                        CUSTOMER_MANAGED,
                        "Make " + E1 + " a managed environment"),
                remediated(
                        "R8 neither managed nor of an eligible type",
                        under(Inventory.of(EnvironmentType.TRIAL).unmanaged()),
                        CUSTOMER_MANAGED,
                        "Make " + E1 + " a managed environment",
                        "Convert " + E1 + " from the type TRIAL"),
                remediated(
                        "R8 the default environment is eligible once it is managed",
                        under(Inventory.of(EnvironmentType.DEFAULT).unmanaged()),
                        CUSTOMER_MANAGED,
                        "Make " + E1 + " a managed environment"),
                remediated(
                        "R8 enabled, and not managed any more",
                        under(production(), snapshot(day(3), production().unmanaged())),
                        CUSTOMER_MANAGED,
                        "Make " + E1 + " a managed environment"),
                remediated(
                        "R11 no slot",
                        given(limit(day(0), 0), snapshot(day(1), production()), applied(day(2), "p1", "k1")),
                        CUSTOMER_MANAGED,
                        "Have the limit of tenant contoso raised from 0 to 1 environments or more"),
                remediated(
                        "R11 no slot, and another environment waits for longer",
                        given(
                                limit(day(0), 0),
                                Facts.in("e2", snapshot(day(1), production())),
                                Facts.in("e2", applied(day(1), "p1", "k1")),
                                snapshot(day(1), production()),
                                applied(day(2), "p1", "k1")),
                        CUSTOMER_MANAGED,
                        "Have the limit of tenant contoso raised from 0 to 2 environments or more"),
                remediated(
                        "R24 deleted",
                        under(production(), deleted(day(3))),
                        CUSTOMER_MANAGED,
                        "Restore " + E1 + " in the admin center"),
                remediated(
                        "all at once",
                        under(older.machineGroup("g1", day(0)), revoked(day(4), "k1")),
                        CUSTOMER_MANAGED,
                        "Enable the key " + K1,
                        "Enable " + E1,
                        "Provision these hosted machine groups",
                        create));
    }

    /// The fewest steps, of those the ones that keep the policy, and only what is of use.
    @TestFactory
    Stream<DynamicTest> whichStepsAreProposed() {
        String k2 = "https://contoso.vault.azure.net/keys/k2";
        Event expired1 = as("v1-expired", revoked(day(5), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED));
        Event expired2 = as("v2-expired", revoked(day(5), pinned("k1", "v2"), RevocationCause.KEY_EXPIRED));
        Event expired3 = as("v3-expired", revoked(day(5), pinned("k1", "v3"), RevocationCause.KEY_EXPIRED));
        String enable = "Enable " + E1 + " in the admin center, once its key is usable.";
        return Stream.of(
                remediated(
                        "R9 two keys that backups need cannot be used: one wait, for the last of them only",
                        under(
                                production(),
                                applied(day(3), "p2", "k2"),
                                applied(day(5), "p3", "k3"),
                                applied(day(6), "p4", "k4"),
                                revoked(day(7), "k1"),
                                revoked(day(7), "k2")),
                        CUSTOMER_MANAGED,
                        "Wait until 2026-02-05 00:00 UTC, when no backup of " + E1
                                + " needs a former key any more; until then such backups cannot be restored."),
                remediated(
                        "R22 a swap that waits, to a key that expires: back to the key of the data",
                        under(
                                        production(),
                                        revoked(day(4), "k1"),
                                        expiring(day(4), "k2", "w1", day(20)),
                                        applied(day(5), "p2", "k2"))
                                .by(Profiles.AUTOMATIC_UNLOCK),
                        CUSTOMER_MANAGED,
                        "Apply a policy with the key " + K1 + " to " + E1
                                + " again: its data is still encrypted with that key.",
                        "Enable the key " + K1),
                remediated(
                        "R22 a swap that waits, away from a pinned version: back to the key of the data",
                        given(
                                        snapshot(day(1), production()),
                                        applied(day(2), "p1", pinned("k1", "v1")),
                                        revoked(day(4), "k1"),
                                        expiring(day(4), "k2", "w1", day(20)),
                                        applied(day(5), "p2", "k2"))
                                .by(Profiles.AUTOMATIC_UNLOCK),
                        CUSTOMER_MANAGED,
                        "Apply a policy with the key " + K1 + " to " + E1
                                + " again: its data is still encrypted with that key.",
                        "Enable the key " + K1),
                remediated(
                        "R22 a swap that waits, to a key that expires, where environments must be enabled",
                        under(
                                production(),
                                revoked(day(4), "k1"),
                                expiring(day(4), "k2", "w1", day(20)),
                                applied(day(5), "p2", "k2")),
                        MICROSOFT_MANAGED,
                        "Remove the policy p2 from " + E1 + ", which then goes back to the Microsoft-managed key; keep "
                                + k2 + " enabled for 30 days more, for its backups.",
                        "Enable the key " + K1),
                remediated(
                        "R20 two versions, each of which is named",
                        under(
                                production(),
                                rotated(day(3), "k1", "v1", "v2"),
                                as("v1-disabled", revoked(day(4), "k1", "v1")),
                                as("v2-disabled", revoked(day(5), "k1", "v2"))),
                        CUSTOMER_MANAGED,
                        "Make the key " + K1 + " and its versions usable again. What was reported and has not ended: "
                                + "version v1 was disabled on 2026-01-05 00:00 UTC; version v2 was disabled on"
                                + " 2026-01-06 00:00 UTC.",
                        enable),
                remediated(
                        "R20 the same cause reported twice is named once",
                        under(production(), revoked(day(4), "k1"), as("again", revoked(day(5), "k1"))),
                        CUSTOMER_MANAGED,
                        "Enable the key " + K1 + " in its vault: the key was disabled on 2026-01-05 00:00 UTC.",
                        enable),
                remediated(
                        "R20 what backups of more than 30 days ago needed is not named",
                        given(
                                rotated(day(0), "k1", "v9", "v0"),
                                snapshot(day(1), production()),
                                applied(day(2), "p1", "k1"),
                                applied(day(3), "p2", "k2"),
                                rotated(day(4), "k1", "v0", "v1"),
                                revoked(day(5), "k1", "v0"),
                                applied(day(40), "p3", "k1"),
                                as("key-disabled", revoked(day(41), "k1")),
                                revoked(day(42), unpinned("k1"), RevocationCause.NETWORK_BLOCKED)),
                        CUSTOMER_MANAGED,
                        "Make the key " + K1 + " and its versions usable again. What was reported and has not ended: "
                                + "the key was disabled on 2026-02-11 00:00 UTC; the network rules of the vault blocked"
                                + " access to the key on 2026-02-12 00:00 UTC.",
                        enable),
                remediated(
                        "R9 a removal that waits needs one of three revocations undone",
                        under(production(), revoked(day(4), "k1"), expired1, expired2, removed(day(6), "p1")),
                        MICROSOFT_MANAGED,
                        "Enable the key " + K1),
                remediated(
                        "R9 more than three revocations of a key are undone only together",
                        under(production(), revoked(day(4), "k1"), expired1, expired2, expired3, removed(day(6), "p1")),
                        MICROSOFT_MANAGED,
                        "Make the key " + K1 + " and its versions usable again."),
                remediated(
                        "R23 a version with the name that is made up for a new one expires",
                        under(
                                production(),
                                rotated(day(3), "k1", "new-version"),
                                expiring(day(4), "k1", "new-version", day(20))),
                        CUSTOMER_MANAGED,
                        "Create a new version of the key " + K1 + " in its vault: version new-version of the key " + K1
                                + " expires or has expired. Keep the old version enabled for 28 days more."),
                remediated(
                        "R8 and R11 neither managed nor within the limit",
                        given(
                                limit(day(0), 0),
                                snapshot(day(1), production().unmanaged()),
                                applied(day(2), "p1", "k1")),
                        CUSTOMER_MANAGED,
                        "Have the limit of tenant contoso raised from 0 to 1 environments or more, or remove the policy"
                                + " from other environments. Enabled: 0; waiting ahead of this one: 0.",
                        "Make " + E1 + " a managed environment in the admin center."),
                remediated(
                        "R11 a limit stated later than all that is known of the environment",
                        given(
                                snapshot(day(1), production().unmanaged()),
                                limit(day(10), 0),
                                applied(day(2), "p1", "k1")),
                        CUSTOMER_MANAGED,
                        "Have the limit of tenant contoso raised from 0 to 1",
                        "Make " + E1 + " a managed environment"));
    }

    /// A rotation, or the removal of the policy, would end each of these warnings for a while; none is proposed
    /// for that.
    @TestFactory
    Stream<DynamicTest> whatOnlyReportsEnd() {
        return Stream.of(
                onlyReportsEnd("R30 late", reached(day(10)), WarningCode.ENFORCEMENT_LATE),
                onlyReportsEnd(
                        "R30 failed",
                        reported(
                                day(5),
                                Report.of(DATAVERSE).under("k1", "v1", 1).failed(1, "i1")),
                        WarningCode.ENFORCEMENT_FAILED),
                onlyReportsEnd(
                        "R31 drifted",
                        List.of(
                                reported(day(5), Report.of(DATAVERSE).under("k1", "v1", 1)),
                                reported(
                                        day(6),
                                        Report.of(DATAVERSE).incomplete().microsoftManaged(1))),
                        WarningCode.ENFORCEMENT_DRIFT),
                onlyReportsEnd(
                        "R31 an unexpected key",
                        reported(day(9), Report.of(DATAVERSE).under("k9", "v1", 1)),
                        WarningCode.UNEXPECTED_KEY));
    }

    private static DynamicTest onlyReportsEnd(String row, Event event, WarningCode code) {
        return onlyReportsEnd(row, List.of(event), code);
    }

    private static DynamicTest onlyReportsEnd(String row, List<Event> events, WarningCode code) {
        return DynamicTest.dynamicTest(row, () -> {
            RuleTable.Given given = given(underV1(), events).by(Profiles.REPORT);
            Remedy remedy = remedy(given).orElseThrow();
            assertThat(remedy.steps()).isEmpty();
            assertThat(remedy.complete()).isFalse();
            assertThat(remedy.encryptionState()).isEqualTo(CUSTOMER_MANAGED);
            assertThat(remedy.policyStatus()).isEqualTo(PolicyStatus.WARNING);
            assertThat(remedy.openWarnings()).containsExactly(code.name());
            Verdict verdict = given.model().verdict(Facts.E1).orElseThrow();
            assertThat(remedy.remarks())
                    .containsExactly("Only a later report ends this warning: "
                            + verdict.openWarnings().values().iterator().next().message(Outcome.NAME) + " "
                            + code.remediation());
        });
    }

    /// Enabled on day 2 under version `v1`, as every component but Dataverse has shown.
    private static List<Event> underV1() {
        List<Event> events = new ArrayList<>(List.of(
                rotated(day(0), "k1", "v0", "v1"), snapshot(day(1), production()), applied(day(2), "p1", "k1")));
        Stream.of(CLOUD_FLOWS, DESKTOP_FLOWS, FLOW_RUN_HISTORY, OAUTH_CONNECTIONS, HOSTED_MACHINE_GROUPS)
                .map(component -> reported(day(3), Report.of(component).under("k1", "v1", 1)))
                .forEach(events::add);
        return events;
    }

    @Test
    void stepsRemediateWhatTheyCanBesideWhatOnlyReportsEnd() {
        RuleTable.Given given = given(
                        underV1(),
                        List.of(
                                reached(day(10)),
                                revoked(day(11), "k1"),
                                restored(day(12), "k1"),
                                reported(day(13), Report.of(DATAVERSE).failed(2))))
                .by(Profiles.REPORT);

        Remedy remedy = remedy(given).orElseThrow();

        assertThat(remedy.steps()).singleElement().satisfies(step -> {
            assertThat(step.sentence()).startsWith("Enable " + E1 + " in the admin center");
            assertThat(step.event().occurredAt()).isEqualTo(Facts.justAfter(day(13)));
        });
        assertThat(remedy.complete()).isFalse();
        assertThat(remedy.openWarnings()).containsExactly("ENFORCEMENT_FAILED");
        assertThat(remedy.remarks()).singleElement().asString().startsWith("Only a later report ends this warning: ");
    }

    @Test
    void warningsThatOnlyInformNeedNoStepsBesideThoseAboutReports() {
        RuleTable.Given given = given(
                        underV1(), List.of(snapshot(day(4), production().nonOAuthConnections(2)), reached(day(10))))
                .by(Profiles.REPORT);

        Remedy remedy = remedy(given).orElseThrow();

        assertThat(remedy.steps()).isEmpty();
        assertThat(remedy.openWarnings())
                .containsExactlyInAnyOrder("ENFORCEMENT_LATE", "NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY");
        assertThat(remedy.remarks()).hasSize(1);
    }

    /// Other warnings count although warnings about reports are open, too.
    @Test
    void aWarningBesideThoseAboutReportsIsRemediated() {
        RuleTable.Given given = given(
                        underV1(),
                        List.of(
                                snapshot(day(4), production().unmanaged()),
                                reported(day(5), Report.of(DATAVERSE).failed(2))))
                .by(Profiles.REPORT);

        assertThat(remedy(given).orElseThrow().steps())
                .extracting(Remedy.Step::sentence)
                .containsExactly("Make " + E1 + " a managed environment in the admin center.");
    }

    /// What would be reported of the steps, each later than the one before.
    @Test
    void theEventsOfStepsAreNumbered() {
        RuleTable.Given given = under(production().machineGroup("g1", day(0)), revoked(day(4), "k1"));

        assertThat(remedy(given).orElseThrow().steps())
                .extracting(step -> step.event().stamp())
                .containsExactly(
                        Facts.stamp(day(4).plusMillis(1), "remedy-1"),
                        Facts.stamp(day(4).plusMillis(2), "remedy-2"),
                        Facts.stamp(day(4).plusMillis(3), "remedy-3"));
    }

    /// Where a key that backups need is lost, only time ends the risk; undoing the loss is proposed first.
    @Test
    void aDateThatHasPassedIsRemarked() {
        Remedy remedy = remedy(under(production(), revoked(day(4), "k1"), reached(day(40))))
                .orElseThrow();

        assertThat(remedy.complete()).isTrue();
        assertThat(remedy.remarks())
                .containsExactly("The date of its deletion, 2026-02-04 00:00 UTC, has passed: the platform may have"
                        + " deleted " + E1 + " already.");
    }
}
