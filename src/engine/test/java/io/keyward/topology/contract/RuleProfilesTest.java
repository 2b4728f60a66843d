package io.keyward.topology.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.SuppressionGate;
import io.keyward.domain.EventHistories;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.RuleProfile.ExistingFlows;
import io.keyward.domain.RuleProfile.OauthConnections;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RuleProfilesTest {
    private static final Set<String> SINKS_OF_2024_07_30 = Set.of(
            "TENANT_REPORTING",
            "DATA_LAKE_EXPORT",
            "APPLICATION_INSIGHTS",
            "FLOW_RUN_HISTORY_IN_DATAVERSE",
            "MOBILE_NOTIFICATIONS",
            "FLOW_ACTIVITY_PAGE",
            "FLOW_FAILURE_EMAIL",
            "FAILURE_DIGEST_EMAIL");

    private static RuleProfile profile(String name) {
        return RuleProfiles.named(name).orElseThrow();
    }

    @Test
    void theGateKnowsTheSinksOfAllProfiles() {
        assertThat(RuleProfiles.names().stream().flatMap(profile -> RuleProfiles.sinks(profile).keySet().stream()))
                .containsOnly(SuppressionGate.SINKS.toArray(String[]::new));
    }

    @Test
    void flowsStayUntilTheyMigrateFromOctober2024On() {
        assertThat(RuleProfiles.names().stream()
                        .collect(Collectors.toMap(
                                name -> name, name -> profile(name).existingFlows())))
                .containsOnlyKeys("2024-07-23", "2024-07-30", "2024-10-08", "2025-05-21", "2025-06-09")
                .containsEntry("2024-07-23", ExistingFlows.STAY)
                .containsEntry("2024-07-30", ExistingFlows.STAY)
                .containsEntry("2024-10-08", ExistingFlows.MIGRATE)
                .containsEntry("2025-05-21", ExistingFlows.MIGRATE)
                .containsEntry("2025-06-09", ExistingFlows.MIGRATE);
    }

    @Test
    void theTextOfTheFlowWarningIsThePlatforms() {
        assertThat(RuleProfiles.names())
                .allSatisfy(name -> assertThat(profile(name).flowWarning())
                        .isEqualTo(
                                profile(name).existingFlows() == ExistingFlows.STAY
                                        ? "Power Automate flows are still encrypted with the Microsoft Managed Key"
                                        : "Power Automate flows are still protected with the Microsoft Managed Key"));
    }

    @Test
    void silenceOfThePageOfMay2025LiftsNoSuppression() {
        assertThat(profile("2024-07-30").sinks()).isEqualTo(SINKS_OF_2024_07_30);
        assertThat(profile("2024-10-08").sinks())
                .hasSize(7)
                .doesNotContain("APPLICATION_INSIGHTS")
                .isSubsetOf(SINKS_OF_2024_07_30);
        assertThat(profile("2025-05-21").sinks())
                .isEqualTo(profile("2024-10-08").sinks());
        assertThat(profile("2025-06-09").sinks())
                .isEqualTo(profile("2024-10-08").sinks());
    }

    /// R5: the administration page of 9 June 2025 says that settings and metadata of connections stay
    /// as they are.
    @Test
    void fromJune2025OnNothingIsClaimedOfOAuthConnections() {
        assertThat(RuleProfiles.names())
                .allSatisfy(name -> assertThat(profile(name).oauthConnections())
                        .isEqualTo(
                                name.equals("2025-06-09")
                                        ? OauthConnections.UNDETERMINED
                                        : OauthConnections.CUSTOMER_MANAGED));
    }

    /// `docs/rules.md` has a row for each sink, with its sentence and its profiles.
    @Test
    void everySinkIsDescribedAsInTheDocument() throws IOException {
        String document = Files.readString(Path.of("docs", "rules.md"));
        Map<String, String> rows = new TreeMap<>();
        RuleProfiles.names()
                .forEach(name -> RuleProfiles.sinks(name)
                        .forEach((sink, sentence) -> rows.merge(
                                "| `%s` | %s | ".formatted(sink, sentence),
                                "`" + name + "`",
                                (some, more) -> some + ", " + more)));
        assertThat(rows).hasSize(SINKS_OF_2024_07_30.size());
        assertThat(rows).allSatisfy((row, profiles) -> assertThat(document).contains(row + profiles + " |\n"));
    }

    /// R32
    @Test
    void noProfileAsksForEvidenceByItself() {
        assertThat(RuleProfiles.names())
                .allSatisfy(name -> assertThat(profile(name).evidence()).isEqualTo(RuleProfile.Evidence.IGNORE));
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return EventHistories.of(EventHistories.ALL, 30).map(RuleProfilesTest::oneReportAtATime);
    }

    @Provide
    Arbitrary<RuleProfile> profilesByWhichFlowsStay() {
        return Arbitraries.of("2024-07-23", "2024-07-30").map(RuleProfilesTest::profile);
    }

    /// What is reported of a migration decides nothing by these profiles: they publish the same without it.
    @Property(tries = 1_000)
    void whereFlowsStayAReportOfTheirMigrationChangesNothing(
            @ForAll("histories") List<Event> events, @ForAll("profilesByWhichFlowsStay") RuleProfile profile) {
        ReferenceModel with = new ReferenceModel(profile);
        ReferenceModel without = new ReferenceModel(profile);
        for (Event event : events) {
            assertThat(with.accept(event)).isEqualTo(without.accept(withoutMigration(event)));
        }
    }

    /// Of two reports of one time under one event id, the one with the greater text holds, and every field is
    /// part of the text.
    private static List<Event> oneReportAtATime(List<Event> events) {
        Set<Object> seen = new HashSet<>();
        return events.stream()
                .filter(event -> !(event instanceof Event.EnvironmentChanged e)
                        || seen.add(List.of(e.tenantId(), e.environmentId(), e.stamp())))
                .toList();
    }

    private static Event withoutMigration(Event event) {
        return event instanceof Event.EnvironmentChanged e
                ? new Event.EnvironmentChanged(
                        e.tenantId(), e.stamp(), e.environmentId(), withoutMigration(e.snapshot()), e.runtimeEnabled())
                : event;
    }

    private static Snapshot withoutMigration(Snapshot snapshot) {
        return new Snapshot(
                snapshot.type(),
                snapshot.managed(),
                snapshot.lifecycle(),
                ages(snapshot.cloudFlows()),
                ages(snapshot.desktopFlows()),
                snapshot.nonOAuthConnections(),
                snapshot.hostedMachineGroups(),
                snapshot.hostedMachines(),
                Optional.empty(),
                Optional.empty());
    }

    private static FlowInventory ages(FlowInventory flows) {
        return new FlowInventory(flows.count(), flows.oldestCreatedAt(), flows.newestCreatedAt());
    }
}
