package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.justBefore;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.RuleTable.rowInOrder;
import static io.keyward.domain.decision.WarningCode.ENVIRONMENT_LIMIT_EXCEEDED;
import static io.keyward.domain.decision.WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY;
import static io.keyward.domain.decision.WarningCode.FLOW_MIGRATION_RUNNING;
import static io.keyward.domain.decision.WarningCode.KEY_REVOKED;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.DESKTOP_FLOWS;
import static io.keyward.domain.event.Component.FLOW_RUN_HISTORY;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.CUSTOMER_MANAGED;
import static io.keyward.domain.event.Protection.LOCKED;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;
import static io.keyward.domain.event.Protection.MIXED;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.Protection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// R3a: existing flows that the platform migrates, and their run history.
class FlowMigrationRulesTest {
    private static final Instant APPLIED = day(10);
    private static final WarningCode[] NO_WARNING = {};

    /// A policy applied on day 10, and a later report of such an environment.
    private static RuleTable.Given under(Inventory reported, Event... events) {
        return under(day(11), reported, events);
    }

    private static RuleTable.Given under(Instant at, Inventory reported, Event... events) {
        return given(List.of(applied(APPLIED, "p1", "k1"), snapshot(at, reported)), List.of(events))
                .by(Profiles.MIGRATE);
    }

    /// Three cloud flows, all older than the policy.
    private static Inventory older() {
        return production().cloudFlows(3, day(1), day(2));
    }

    /// Three cloud flows, all younger than the policy.
    private static Inventory younger() {
        return production().cloudFlows(3, APPLIED, day(11));
    }

    private static Event timeReached(Instant moment) {
        return new Event.TimeReached(Facts.CONTOSO, moment);
    }

    @TestFactory
    Stream<DynamicTest> aReportOfTheKeysOfCloudFlows() {
        return Stream.of(
                row(
                        "R3a none is left on the Microsoft-managed key: customer-managed, whatever their age",
                        under(older().reported(0)),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .has(CUSTOMER_MANAGED, Rule.R3a, CLOUD_FLOWS)
                                .has(MIXED, Rule.R3a, FLOW_RUN_HISTORY)
                                .has(CUSTOMER_MANAGED, Rule.R2, DATAVERSE, DESKTOP_FLOWS)
                                .by(Rule.R3a)
                                .notBy(Rule.R3)
                                .warns(NO_WARNING)
                                .suppressedSince(APPLIED, Rule.R14)),
                row(
                        "R3a all are left: Microsoft-managed, with the warning",
                        under(older().reported(3)),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .has(MICROSOFT_MANAGED, Rule.R3a, CLOUD_FLOWS, FLOW_RUN_HISTORY)
                                .notBy(Rule.R3)
                                .warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)),
                row(
                        "R3a some are left: mixed, with the warning",
                        under(older().reported(1)),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .has(MIXED, Rule.R3a, CLOUD_FLOWS, FLOW_RUN_HISTORY)
                                .warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)),
                row(
                        "R3a flows created afterwards that are reported left are not claimed",
                        under(younger().reported(1)),
                        then -> then.has(MIXED, Rule.R3a, CLOUD_FLOWS).warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)),
                row(
                        "R3a no flows: nothing is left",
                        under(production().reported(0)),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R3a, CLOUD_FLOWS)
                                .warns(NO_WARNING)),
                row(
                        "R3a a report of the very moment of the policy does not count",
                        under(APPLIED, older().reported(0)),
                        then -> then.has(MICROSOFT_MANAGED, Rule.R3, CLOUD_FLOWS)
                                .warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)),
                row(
                        "R3a a report just after the policy counts",
                        under(justAfter(APPLIED), older().reported(0)),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R3a, CLOUD_FLOWS)),
                rowInOrder(
                        "R3a a report of the moment at which a wait ended does not count",
                        given(
                                        snapshot(day(1), older().unmanaged()),
                                        applied(APPLIED, "p1", "k1"),
                                        snapshot(day(12), older().reported(0)))
                                .by(Profiles.MIGRATE),
                        then -> then.enabledSince(day(12))
                                .has(MICROSOFT_MANAGED, Rule.R3, CLOUD_FLOWS)
                                .warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)),
                row(
                        "R3a without a report older flows stay, as in R3",
                        under(older()),
                        then -> then.has(MICROSOFT_MANAGED, Rule.R3, CLOUD_FLOWS, FLOW_RUN_HISTORY)
                                .warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)),
                row(
                        "R3a without a report younger flows are customer-managed, as in R3",
                        under(younger()),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R2, CLOUD_FLOWS).warns(NO_WARNING)),
                row(
                        "R3a desktop flows are judged by their age",
                        under(production()
                                .cloudFlows(3, day(1), day(2))
                                .reported(0)
                                .desktopFlows(new FlowInventory(
                                        1, Optional.of(day(1)), Optional.of(day(1)), Optional.of(0), List.of()))),
                        then -> then.has(CUSTOMER_MANAGED, Rule.R3a, CLOUD_FLOWS)
                                .has(MICROSOFT_MANAGED, Rule.R3, DESKTOP_FLOWS, FLOW_RUN_HISTORY)
                                .by(Rule.R3, Rule.R3a)
                                .warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)),
                row(
                        "R3a without a policy nothing is customer-managed",
                        given(snapshot(day(11), older().reported(0).migration(FlowMigration.State.RUNNING)))
                                .by(Profiles.MIGRATE),
                        then -> then.hasAllBut(MICROSOFT_MANAGED, Rule.R1).warns(NO_WARNING)),
                row(
                        "R3a under a profile by which flows stay, nothing of it counts",
                        under(older().reported(0).migration(FlowMigration.State.RUNNING))
                                .by(Profiles.SEED),
                        then -> then.has(MICROSOFT_MANAGED, Rule.R3, CLOUD_FLOWS, FLOW_RUN_HISTORY)
                                .notBy(Rule.R3a)
                                .warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)
                                .says(FLOWS_ON_MICROSOFT_MANAGED_KEY, Profiles.FLOW_WARNING)));
    }

    @TestFactory
    Stream<DynamicTest> theTextOfTheWarning() {
        String profiles = Profiles.MIGRATE.flowWarning();
        return Stream.of(
                text(
                        "R3a the warning names the count",
                        older().reported(2),
                        profiles + ". The platform reports 2 of 3 cloud flows under that key."),
                text(
                        "R3a the warning names the flows that cannot migrate",
                        older().reported(2, "f1", "f2"),
                        profiles + ". The platform reports 2 of 3 cloud flows under that key."
                                + " It cannot migrate these flows: f1, f2."),
                text("R3a without a report the warning is the profile's text", older(), profiles),
                text(
                        "R3a the warning of desktop flows alone is the profile's text",
                        production().reported(0).desktopFlows(1, day(1), day(1)),
                        profiles));
    }

    private static DynamicTest text(String rule, Inventory reported, String expected) {
        return row(
                rule,
                under(reported),
                then -> then.warns(FLOWS_ON_MICROSOFT_MANAGED_KEY)
                        .saysExactly(FLOWS_ON_MICROSOFT_MANAGED_KEY, expected));
    }

    /// The warning is raised before the first report comes, and again when there is more to name.
    @Test
    void theWarningIsUpdatedWhenItTellsAnotherThing() {
        String text = Profiles.MIGRATE.flowWarning();
        List<Event> events = List.of(
                snapshot(day(1), older()),
                applied(APPLIED, "p1", "k1"),
                snapshot(day(11), older().reported(3)),
                snapshot(day(12), older().reported(2)),
                snapshot(day(13), older().reported(2, "f1", "f2")),
                snapshot(day(14), older().reported(1, "f2")));

        assertThat(ReferenceModel.publications(Profiles.MIGRATE, events).stream()
                        .filter(Publication.OfWarning.class::isInstance)
                        .map(Publication.OfWarning.class::cast)
                        .map(warning -> warning.cause().occurredAt() + " " + warning.message()))
                .containsExactly(
                        APPLIED + " " + text,
                        day(11) + " " + text + ". The platform reports 3 of 3 cloud flows under that key.",
                        day(13) + " " + text + ". The platform reports 2 of 3 cloud flows under that key."
                                + " It cannot migrate these flows: f1, f2.",
                        day(14) + " " + text + ". The platform reports 1 of 3 cloud flows under that key."
                                + " It cannot migrate these flows: f2.");
    }

    @TestFactory
    Stream<DynamicTest> runHistory() {
        Instant finished = day(12);
        Instant monthLater = day(42);
        return Stream.of(
                history("R3a run history is mixed while nothing is said of a migration", production(), day(99), MIXED),
                history(
                        "R3a the run history of a migration that ended less than 30 days ago is mixed",
                        production().migrationDone(finished),
                        justBefore(monthLater),
                        MIXED),
                history(
                        "R3a 30 days after the migration run history follows the flows",
                        production().migrationDone(finished),
                        monthLater,
                        CUSTOMER_MANAGED),
                history(
                        "R3a 30 days after the migration run history is no better than the flows that are left",
                        older().reported(3).migrationDone(finished),
                        monthLater,
                        MICROSOFT_MANAGED),
                history(
                        "R3a a migration that ended at the very moment of the policy is none",
                        production().migrationDone(APPLIED),
                        day(99),
                        MIXED),
                history(
                        "R3a a migration that ended just after the policy counts",
                        production().migrationDone(justAfter(APPLIED)),
                        day(99),
                        CUSTOMER_MANAGED),
                history(
                        "R3a an end that is not said has not come",
                        production().migration(FlowMigration.State.DONE),
                        day(99),
                        MIXED),
                row(
                        "R3a by itself run history raises no warning",
                        under(production()),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .has(MIXED, Rule.R3a, FLOW_RUN_HISTORY)
                                .has(CUSTOMER_MANAGED, Rule.R2, CLOUD_FLOWS, DESKTOP_FLOWS)
                                .warns(NO_WARNING)),
                row(
                        "R3a mixed run history is locked with the rest",
                        under(production(), revoked(day(12), "k1")),
                        then -> then.hasAllBut(LOCKED, Rule.R20, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES)
                                .warns(KEY_REVOKED)));
    }

    private static DynamicTest history(String rule, Inventory reported, Instant until, Protection expected) {
        Rule reason = expected == CUSTOMER_MANAGED ? Rule.R2 : Rule.R3a;
        return row(
                rule,
                under(day(13), reported, timeReached(until)),
                then -> then.has(expected, reason, FLOW_RUN_HISTORY));
    }

    @TestFactory
    Stream<DynamicTest> aMigrationThatHasNoEnd() {
        return Stream.of(FlowMigration.State.NOT_STARTED, FlowMigration.State.RUNNING, FlowMigration.State.UNKNOWN)
                .map(state -> history(
                        "R3a a time at which a migration in state " + state + " ended is none",
                        production().migration(new FlowMigration(state, Optional.of(day(11)), Optional.of(day(12)))),
                        day(99),
                        MIXED));
    }

    /// The end of the 30 days is due without another event (R25).
    @Test
    void theEndOfThe30DaysIsADeadline() {
        assertThat(dueAt(under(day(13), production().migrationDone(day(12))))).contains(day(42));
        assertThat(dueAt(under(day(13), production().migrationDone(day(12)), timeReached(day(42)))))
                .isEmpty();
        assertThat(dueAt(under(day(13), production().migrationDone(APPLIED)))).isEmpty();
        assertThat(dueAt(under(day(13), production().migrationDone(Instant.ofEpochMilli(Long.MAX_VALUE)))))
                .as("an end that is farther away than any time that can be stored")
                .isEmpty();
    }

    private static Optional<Instant> dueAt(RuleTable.Given given) {
        return given.model().verdict(Facts.E1).orElseThrow().dueAt();
    }

    @TestFactory
    Stream<DynamicTest> whileFlowsMigrate() {
        Inventory running = production().migration(FlowMigration.State.RUNNING);
        return Stream.of(
                row(
                        "R3a while the migration is running administrators are told",
                        under(running),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .by(Rule.R3a)
                                .warns(FLOW_MIGRATION_RUNNING)
                                .says(FLOW_MIGRATION_RUNNING, "When the migration began is not known.")),
                row(
                        "R3a the warning names the beginning",
                        under(production()
                                .migration(new FlowMigration(
                                        FlowMigration.State.RUNNING, Optional.of(APPLIED), Optional.empty()))),
                        then -> then.says(FLOW_MIGRATION_RUNNING, "The migration began on 2026-01-11 00:00 UTC.")),
                row(
                        "R3a the warning clears with the end of the migration",
                        under(running, snapshot(day(12), production().migrationDone(day(12)))),
                        then -> then.warns(NO_WARNING)),
                rowInOrder(
                        "R3a over the limit it has no say",
                        given(
                                        limit(day(0), 0),
                                        applied(APPLIED, "p1", "k1"),
                                        snapshot(day(11), older().reported(0).migration(FlowMigration.State.RUNNING)))
                                .by(Profiles.MIGRATE),
                        then -> then.hasAllBut(MICROSOFT_MANAGED, Rule.R11, DATAVERSE)
                                .notBy(Rule.R3a)
                                .warns(ENVIRONMENT_LIMIT_EXCEEDED)));
    }
}
