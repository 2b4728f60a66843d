package io.keyward.proof;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Event;
import io.keyward.topology.store.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Decisions that were made by a rule with one comparison flipped are found.
///
/// A rule that says "before" where it should say "no later than" decides an event at that very moment as the right rule
/// decides one a millisecond earlier or later. So the published state comes from such an event, and the facts from the
/// one at that very moment: that is what a processor with the flipped rule would have stored.
class FlippedRulesTest {
    private static final Instant ENABLED = day(2);

    /// Its flow, or group, has this time.
    private static Event flow(Instant created) {
        return snapshot(day(1), Inventory.production().cloudFlows(1, created, created));
    }

    private static Event group(Instant provisioned) {
        return snapshot(day(1), Inventory.production().machineGroup("g1", provisioned));
    }

    private static final Event CLEAN = snapshot(day(1), Inventory.production());
    private static final Event APPLIED = applied(ENABLED, "p1", "k1");

    /// The rule; all events but one; that one, by its time; the moment of the comparison; and on which side of it the
    /// flipped rule sees the moment.
    static Stream<Arguments> flipped() {
        Duration before = Duration.ofMillis(-1);
        Duration after = Duration.ofMillis(1);
        return Stream.of(
                Arguments.of(Rule.R3, List.of(APPLIED), at(FlippedRulesTest::flow), ENABLED, before),
                Arguments.of(Rule.R6, List.of(APPLIED), at(FlippedRulesTest::group), ENABLED, before),
                Arguments.of(
                        Rule.R17,
                        List.of(CLEAN, APPLIED, rotated(day(1), "k1", "v1"), rotated(day(5), "k1", "v1", "v2")),
                        at(moment -> revoked(moment, "k1", "v1")),
                        day(5 + 28),
                        before),
                Arguments.of(
                        Rule.R17,
                        List.of(CLEAN, APPLIED, rotated(day(1), "k1", "v1"), rotated(day(5), "k1", "v1", "v2")),
                        at(moment -> revoked(moment, "k1", "v1")),
                        day(5 + 28).minusMillis(1),
                        after),
                Arguments.of(Rule.R20, List.of(CLEAN, APPLIED), at(moment -> revoked(moment, "k1")), ENABLED, after),
                Arguments.of(
                        Rule.R9,
                        List.of(CLEAN, APPLIED, removed(day(3), "p1")),
                        at(Facts::reached),
                        day(3 + 30),
                        before));
    }

    private static Function<Instant, Event> at(Function<Instant, ? extends Event> event) {
        return event::apply;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("flipped")
    void aDecisionByAFlippedRuleIsFound(
            Rule rule, List<Event> others, Function<Instant, Event> event, Instant moment, Duration seen) {
        try (VerifiedHarness right = VerifiedHarness.start(Profiles.SEED);
                VerifiedHarness flipped = VerifiedHarness.start(Profiles.SEED)) {
            InMemoryLog truth = right.given(with(others, event.apply(moment))).log();
            InMemoryLog log =
                    flipped.given(with(others, event.apply(moment.plus(seen)))).log();
            assertThat(right.verify(truth).findings()).isEmpty();
            assertThat(flipped.verify(log).findings()).isEmpty();

            giveFacts(truth, log);
            Report report = flipped.verify(log.fromTheBeginning());

            assertThat(report.findings()).isNotEmpty().allSatisfy(finding -> {
                assertThat(finding.topic()).isEqualTo("keyward-test-environments-changelog");
                assertThat(finding.partition()).isZero();
                assertThat(log.at(finding.topic(), finding.offset()).key())
                        .isEqualTo(rowOfEnvironment(log).get());
                assertThat(finding.tenant()).contains(Facts.CONTOSO);
                assertThat(finding.environment()).contains(Facts.E1);
                assertThat(finding.sentence()).contains("expected", "found");
            });
            assertThat(report.findings())
                    .anySatisfy(finding -> assertThat(finding.rule()).contains(rule));
        }
    }

    private static Event[] with(List<Event> others, Event event) {
        List<Event> events = new ArrayList<>(others);
        events.add(event);
        return events.toArray(Event[]::new);
    }

    /// Gives the rows of one log the facts of the other, and leaves what was decided and published from its own.
    private static void giveFacts(InMemoryLog truth, InMemoryLog decided) {
        StateCodec<EnvironmentState> codec = StateCodec.ENVIRONMENTS;
        Bytes row = rowOfEnvironment(decided);
        EnvironmentState published = codec.read(decided.rows(Nodes.ENVIRONMENTS).get(row));
        decided.putRow(
                Nodes.ENVIRONMENTS,
                row,
                codec.write(published.with(
                        codec.read(truth.rows(Nodes.ENVIRONMENTS).get(row)).facts())));
        for (String store : List.of(Nodes.KEYS, Nodes.TENANTS)) {
            truth.rows(store).forEach((key, value) -> decided.putRow(store, key, value));
        }
    }

    private static Bytes rowOfEnvironment(InMemoryLog log) {
        Map<Bytes, byte[]> rows = log.rows(Nodes.ENVIRONMENTS);
        assertThat(rows).hasSize(1);
        return rows.keySet().iterator().next();
    }
}
