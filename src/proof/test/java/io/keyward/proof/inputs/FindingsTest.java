package io.keyward.proof.inputs;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.expiring;
import static io.keyward.topology.Events.key;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Profiles;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.Deviation;
import io.keyward.proof.ProofFinding;
import io.keyward.proof.Subject;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.topology.OriginCoordinates;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.Topics;
import io.keyward.topology.store.Nodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// How facts that are lost, or different, are named.
class FindingsTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final EnvironmentId HR = new EnvironmentId("hr");
    private static final FactScope ENVIRONMENT = FactScope.of(HR);
    private static final FactScope REPORTS = FactScope.ofReports(HR);
    private static final FactScope KEY = FactScope.of(key("k1"));
    private static final FactScope TENANT = FactScope.TENANT;

    private final Findings findings = new Findings(
            new Subject(Map.of(), "keyward", TopologyHarness.NAMES, Profiles.SEED, new InMemorySchemaRegistry()), 3);

    private static final Event PURGED = changed(4, "contoso", "hr", Lifecycle.PURGED, FlowInventory.EMPTY);
    private static final Event RESET = changed(4, "contoso", "hr", Lifecycle.RESET, FlowInventory.EMPTY);
    private static final Event TIME = new Event.TimeReached(CONTOSO, day(6));

    /// An event, where its fact is, the rule that it is for, and how it is named if it is the one that differs.
    static Stream<Arguments> facts() {
        return Stream.of(
                Arguments.of(
                        applied(2, "contoso", "hr", "k1"), ENVIRONMENT, Rule.R2, List.of("Applications: missing [")),
                Arguments.of(removed(2, "contoso", "hr", "k1"), ENVIRONMENT, Rule.R9, List.of("Removals: missing [")),
                Arguments.of(
                        clean(2, "contoso", "hr"),
                        ENVIRONMENT,
                        Rule.R3,
                        List.of("Snapshot: expected ", "Last seen enabled: expected ")),
                Arguments.of(PURGED, ENVIRONMENT, Rule.R3, List.of("Last purge: expected ")),
                Arguments.of(RESET, ENVIRONMENT, Rule.R3, List.of("Last reset: expected ")),
                Arguments.of(reported(5, "contoso", "hr", "k1"), REPORTS, Rule.R28, List.of("Reports: expected ")),
                Arguments.of(rotated(3, "contoso", "k1", "v2"), KEY, Rule.R16, List.of("Rotations: missing [")),
                Arguments.of(revoked(4, "contoso", "k1"), KEY, Rule.R20, List.of("Revocations: ")),
                Arguments.of(restored(7, "contoso", "k1"), KEY, Rule.R21, List.of("Restorations: ")),
                Arguments.of(expiring(3, "contoso", "k1", "v2"), KEY, Rule.R23, List.of("Expiries: ")),
                Arguments.of(limit(4, "contoso", 7), TENANT, Rule.R10, List.of("Limit: expected ")),
                Arguments.of(TIME, TENANT, Rule.R25, List.of("Time reached: expected " + day(6) + ", found none.")));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void aFactThatIsMissingIsNamed(Event event, FactScope scope, Rule rule, List<String> differences) {
        ProofFinding lost =
                findings.lost(new ReadEvent(event, Topics.of(event), 41, new OriginCoordinates("cmk.some", 2, 41)));
        boolean ofEnvironment = event instanceof Event.OfEnvironment;
        assertThat(FactScope.of(event)).isEqualTo(scope);
        assertThat(lost)
                .isEqualTo(new ProofFinding(
                        "cmk.some",
                        2,
                        41,
                        Optional.of(CONTOSO),
                        ofEnvironment ? Optional.of(HR) : Optional.empty(),
                        new Deviation(
                                Optional.of(rule),
                                "The processor has read %s %s of %s, but the fact is missing in keyward-%s-changelog."
                                        .formatted(
                                                event.type(),
                                                event.stamp().eventId(),
                                                event.occurredAt(),
                                                scope.store()))));

        TenantFacts expected = new TenantFacts();
        expected.add(event);
        ProofFinding different = different(scope, expected);
        assertThat(different.topic()).isEqualTo("keyward-" + scope.store() + "-changelog");
        assertThat(different.partition()).isEqualTo(3);
        assertThat(different.offset()).isEqualTo(-1);
        assertThat(different.tenant()).contains(CONTOSO);
        assertThat(different.environment()).isEqualTo(ofEnvironment ? Optional.of(HR) : Optional.empty());
        assertThat(different.sentence())
                .startsWith(
                        scope.equals(KEY)
                                ? "The inputs state other facts about the key https://vault.example/k1. "
                                : "The inputs state other facts. ")
                .contains(differences);
    }

    /// How it is named that nothing of what is expected is there.
    private ProofFinding different(FactScope scope, TenantFacts expected) {
        String difference = Findings.difference(expected.at(scope), new TenantFacts().at(scope));
        return findings.different(CONTOSO, scope, -1, difference);
    }

    @Test
    void onlyWhatDiffersIsNamed() {
        TenantFacts expected = new TenantFacts();
        expected.add(limit(4, "contoso", 7));
        assertThat(different(TENANT, expected).sentence()).contains("Limit: ").doesNotContain("Time reached");
    }

    @Test
    void theComponentsThatReportedAreNamed() {
        TenantFacts expected = new TenantFacts();
        expected.add(reported(5, "contoso", "hr", "k1"));
        assertThat(different(ENVIRONMENT, expected).sentence())
                .isEqualTo("The inputs state other facts. Components that reported: expected [DATAVERSE], found [].");
    }

    @Test
    void longValuesAreCutShort() {
        TenantFacts expected = new TenantFacts();
        IntStream.range(1, 9).forEach(number -> expected.add(applied(number, "contoso", "hr", "k" + number)));
        String sentence = different(ENVIRONMENT, expected).sentence();
        assertThat(sentence).contains("…, not stated [].");
        assertThat(sentence.substring(sentence.indexOf('['), sentence.indexOf('…')))
                .hasSize(300);
    }

    @Test
    void rowsThatCannotBeReadAreNamed() {
        assertThat(findings.unreadable(CONTOSO, new IllegalArgumentException("why")))
                .isEqualTo(new ProofFinding(
                        "keyward-" + Nodes.TENANTS + "-changelog",
                        3,
                        -1,
                        Optional.of(CONTOSO),
                        Optional.empty(),
                        new Deviation(Optional.empty(), "A row with facts cannot be read: why")));
    }

    @Test
    void anErasureIsAFactOfTheTenant() {
        Event erased = new Event.TenantErased(CONTOSO, new Stamp(day(9), new EventId("erase")));
        assertThat(FactScope.of(erased)).isEqualTo(TENANT);
        assertThat(new TenantFacts().holds(erased)).isTrue();
    }
}
