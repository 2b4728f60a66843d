package io.keyward.console.answer;

import static io.keyward.domain.Facts.day;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.answer.EnforcementAnswer.Proof;
import io.keyward.console.answer.KeyEnforcement.Lag;
import io.keyward.console.answer.KeyEnforcement.OfVersion;
import io.keyward.console.answer.KeyEnforcement.Progress;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.KeyUser;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Facts;
import io.keyward.domain.Report;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.SeriesMemory;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Protection;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The proof of a rotation: who is under which version of a key (R29).
class KeyProofTest {
    private static final String KEY = "k";

    private final Map<EnvironmentRow, Reports> reports = new HashMap<>();
    private final Map<EnvironmentRow, Map<Component, Proof>> proofs = new HashMap<>();
    private final List<EnvironmentRow> read = new ArrayList<>();
    private final List<EnvironmentRow> lookedUp = new ArrayList<>();
    private final KeyProof proof = new KeyProof(
            Facts.key(KEY),
            user -> {
                read.add(user.row());
                return reports.getOrDefault(user.row(), Reports.NONE);
            },
            row -> {
                lookedUp.add(row);
                return proofs.getOrDefault(row, Map.of());
            });

    private static EnvironmentRow row(String id, EnvironmentState state) {
        return new EnvironmentRow(Facts.CONTOSO, new EnvironmentId(id), state);
    }

    /// Under that version; Dataverse and cloud flows are desired since day 1, hosted machines cannot be.
    private static EnvironmentRow user(
            String id, String version, EnforcementStatus dataverse, EnforcementStatus flows) {
        Map<Component, ComponentProtection> components = new EnumMap<>(Component.class);
        components.put(DATAVERSE, new ComponentProtection(Protection.CUSTOMER_MANAGED, Rule.R2));
        components.put(CLOUD_FLOWS, new ComponentProtection(Protection.LOCKED, Rule.R20));
        components.put(HOSTED_MACHINES, new ComponentProtection(Protection.MICROSOFT_MANAGED, Rule.R7));
        return user(
                id,
                version,
                components,
                Map.of(
                        DATAVERSE,
                        new Enforcement(dataverse, day(1)),
                        CLOUD_FLOWS,
                        new Enforcement(flows, day(1)),
                        HOSTED_MACHINES,
                        new Enforcement(EnforcementStatus.FAILED, day(1))));
    }

    private static EnvironmentRow user(
            String id,
            String version,
            Map<Component, ComponentProtection> components,
            Map<Component, Enforcement> enforcement) {
        return row(
                id,
                new EnvironmentState(
                        EnvironmentFacts.NONE,
                        Slot.none(),
                        Decisions.published(1, Decisions.of(KEY, version, components, enforcement)),
                        SeriesMemory.NONE,
                        Optional.empty()));
    }

    private EnvironmentRow reporter(String id, Event.EnforcementReported... events) {
        EnvironmentFacts facts = EnvironmentFacts.NONE;
        Reports reported = Reports.NONE;
        for (Event.EnforcementReported event : events) {
            facts = facts.with(event);
            reported = reported.with(event, facts);
        }
        EnvironmentRow row = row(
                id,
                new EnvironmentState(
                        facts,
                        Slot.none(),
                        io.keyward.domain.decision.Published.NOTHING,
                        SeriesMemory.NONE,
                        Optional.empty()));
        reports.put(row, reported);
        return row;
    }

    private static Proof proven(int day, boolean exact, boolean interrupted) {
        return new Proof(1, Optional.of(day(day)), Optional.empty(), exact, interrupted, Optional.empty());
    }

    private KeyEnforcement of(EnvironmentRow... rows) {
        for (EnvironmentRow row : rows) {
            proof.add(KeyUser.of(row, Facts.key(KEY)));
        }
        return proof.compose(Evidence.REPORT, List.of("v3", "v2", "v1"));
    }

    @Test
    void environmentsAndComponentsAreCountedByTheVersionInForce() {
        KeyEnforcement answer = of(
                user("a", "v2", EnforcementStatus.ENFORCED, EnforcementStatus.ENFORCED),
                user("b", "v2", EnforcementStatus.ENFORCED, EnforcementStatus.DRIFTED),
                user("c", "v1", EnforcementStatus.UNREPORTED, EnforcementStatus.UNREPORTED),
                user("d", "", EnforcementStatus.ENFORCED, EnforcementStatus.ENFORCED));
        assertThat(answer.versions())
                .extracting(OfVersion::keyVersion)
                .containsExactly(Optional.empty(), Optional.of("v2"), Optional.of("v1"));
        OfVersion newest = answer.versions().get(1);
        assertThat(newest.environments()).isEqualTo(new Progress(1, 1));
        assertThat(newest.components()).isEqualTo(new Progress(3, 1));
        assertThat(newest.statuses()).isEqualTo(Map.of(EnforcementStatus.ENFORCED, 3L, EnforcementStatus.DRIFTED, 1L));
        OfVersion old = answer.versions().get(2);
        assertThat(old.environments()).isEqualTo(new Progress(0, 1));
        assertThat(old.components()).isEqualTo(new Progress(0, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "CUSTOMER_MANAGED, R2, true",
        "MIXED, R3, true",
        "LOCKED, R20, true",
        "UNDETERMINED, R32, true",
        "UNDETERMINED, R4, false",
        "MICROSOFT_MANAGED, R7, false",
        "PENDING_REPROVISION, R6, false"
    })
    void onlyWhatShouldBeUnderTheKeyCounts(Protection protection, Rule reason, boolean counts) {
        KeyEnforcement answer = of(user(
                "a",
                "v2",
                Map.of(DATAVERSE, new ComponentProtection(protection, reason)),
                Map.of(DATAVERSE, new Enforcement(EnforcementStatus.ENFORCED, day(1)))));
        assertThat(answer.versions()).hasSize(counts ? 1 : 0);
    }

    @Test
    void whoseDataIsUnderAnotherKeyDoesNotCount() {
        EnvironmentRow other = row(
                "a",
                new EnvironmentState(
                        EnvironmentFacts.NONE,
                        Slot.none(),
                        Decisions.published(
                                1,
                                Decisions.of(
                                        "other",
                                        "v2",
                                        Map.of(DATAVERSE, new ComponentProtection(Protection.MIXED, Rule.R3)),
                                        Map.of(DATAVERSE, new Enforcement(EnforcementStatus.ENFORCED, day(1))))),
                        SeriesMemory.NONE,
                        Optional.empty()));
        assertThat(of(other).versions()).isEmpty();
    }

    @Test
    void theLagIsThatOfTheProofs() {
        EnvironmentRow quick = user("a", "v2", EnforcementStatus.ENFORCED, EnforcementStatus.ENFORCED);
        EnvironmentRow slow = user("b", "v2", EnforcementStatus.ENFORCED, EnforcementStatus.ENFORCED);
        proofs.put(quick, Map.of(DATAVERSE, proven(2, true, false), CLOUD_FLOWS, proven(3, true, false)));
        proofs.put(slow, Map.of(DATAVERSE, proven(5, true, false), CLOUD_FLOWS, proven(0, true, false)));
        OfVersion version = of(quick, slow).versions().getFirst();
        assertThat(version.lag())
                .contains(new Lag(
                        4, Duration.ofDays(1).toSeconds(), Duration.ofDays(4).toSeconds()));
        assertThat(version.provenBy()).contains(day(5));
    }

    @Test
    void aProofThatIsNotTheFirstForSureHasATimeButNoLag() {
        EnvironmentRow row = user("a", "v2", EnforcementStatus.ENFORCED, EnforcementStatus.ENFORCED);
        proofs.put(row, Map.of(DATAVERSE, proven(2, false, false), CLOUD_FLOWS, proven(3, true, false)));
        OfVersion version = of(row).versions().getFirst();
        assertThat(version.lag()).contains(new Lag(1, 172_800, 172_800));
        assertThat(version.provenBy()).contains(day(3));
    }

    @Test
    void oneComponentThatIsNotProvenLeavesTheVersionUnproven() {
        EnvironmentRow row = user("a", "v2", EnforcementStatus.ENFORCED, EnforcementStatus.FAILED);
        proofs.put(row, Map.of(DATAVERSE, proven(2, true, false), CLOUD_FLOWS, proven(3, true, true)));
        OfVersion version = of(row).versions().getFirst();
        assertThat(version.provenBy()).isEmpty();
        assertThat(version.lag()).contains(new Lag(1, 86_400, 86_400));
    }

    @Test
    void aProofThatWasInterruptedIsNone() {
        EnvironmentRow row = user("a", "v2", EnforcementStatus.ENFORCED, EnforcementStatus.ENFORCED);
        proofs.put(row, Map.of(DATAVERSE, proven(2, true, true), CLOUD_FLOWS, proven(3, true, false)));
        OfVersion version = of(row).versions().getFirst();
        assertThat(version.provenBy()).isEmpty();
        assertThat(version.lag().orElseThrow().components()).isEqualTo(1);
    }

    @Test
    void proofsAreLookedUpOnlyWhereThereIsOneAndOfAFew() {
        of(user("none", "v2", EnforcementStatus.FAILED, EnforcementStatus.UNREPORTED));
        assertThat(lookedUp).isEmpty();
        for (int number = 0; number <= KeyProof.MAX_PROOFS; number++) {
            of(user("e" + number, "v2", EnforcementStatus.ENFORCED, EnforcementStatus.FAILED));
        }
        assertThat(lookedUp).hasSize(KeyProof.MAX_PROOFS);
    }

    @Test
    void itemsAreCountedByVersionOfThisKeyAlsoWhereNoDecisionStands() {
        KeyEnforcement answer = of(
                reporter(
                        "a",
                        Facts.reported(
                                day(1),
                                Report.of(DATAVERSE)
                                        .under(KEY, "v1", 2)
                                        .under(KEY, "v2", 5)
                                        .under("other", "v1", 100)
                                        .microsoftManaged(100)),
                        Facts.reported(day(1), Report.of(CLOUD_FLOWS).under(KEY, "v1", 1))),
                reporter("b", Facts.reported(day(1), Report.of(DATAVERSE).under(KEY, "v9", 4))));
        assertThat(answer.versions())
                .extracting(version -> version.keyVersion().orElseThrow() + " " + version.items())
                .containsExactly("v2 5", "v1 3", "v9 4");
        assertThat(answer.reporting()).isEqualTo(2);
        assertThat(answer.counted()).isEqualTo(2);
        assertThat(proof.missing()).isEmpty();
    }

    @Test
    void reportsOfManyEnvironmentsAreReadUpToABoundAndTheAnswerSaysSo() {
        int each = 64;
        int enough = KeyProof.MAX_PARTS / each + 1;
        Event.EnforcementReported[] events = new Event.EnforcementReported[each];
        for (int number = 0; number < each; number++) {
            events[number] = Facts.reported(
                    day(1), Report.of(DATAVERSE).part("p" + number).under(KEY, "v1", 1));
        }
        for (int number = 0; number < enough + 2; number++) {
            of(reporter("e" + number, events));
        }
        KeyEnforcement answer = of();
        assertThat(read).hasSize(enough);
        assertThat(answer.reporting()).isEqualTo(enough + 2);
        assertThat(answer.counted()).isEqualTo(enough);
        assertThat(proof.missing())
                .containsExactly(
                        "Items by version cover only the first 157 environments with reports; 2 more have reports.");
    }

    @Test
    void whoNeverReportedIsNotRead() {
        of(user("a", "v2", EnforcementStatus.UNREPORTED, EnforcementStatus.UNREPORTED));
        assertThat(read).isEmpty();
    }
}
