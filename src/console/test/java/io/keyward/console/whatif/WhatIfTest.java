package io.keyward.console.whatif;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.Bounds;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.RuleProfiles;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an answer contains besides the publications, and where it ends.
class WhatIfTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    /// Two environments per budget.
    private final TopologyHarness topology = TopologyHarness.start(2);

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void aDecisionIsShownBesideTheOneBeforeIt() {
        environmentsOnAKey("contoso", 1);

        WhatIfAnswer answer = ask(
                line(revoked(4, "contoso", "k1")),
                line(restored(5, "contoso", "k1")),
                line(changed(5, "contoso", "e1", Lifecycle.PURGED, FlowInventory.EMPTY)),
                line(clean(5, "contoso", "new")));

        assertThat(previousStates(answer, 0)).containsExactly("2 CUSTOMER_MANAGED");
        assertThat(previousStates(answer, 1)).containsExactly("3 LOCKED");
        assertThat(previousStates(answer, 2)).containsExactly("4 RECOVERABLE");
        assertThat(previousStates(answer, 3)).containsExactly("none");
    }

    @Test
    void eachRefusedLineIsNamedWithItsNumberAndItsReason() {
        WhatIfAnswer answer = ask(
                "no event line",
                "",
                line(clean(6, "contoso", "e1")),
                line(clean(1, "contoso", "e1")).replace("\"contoso\"", "\"a/b\""),
                "{\"topic\":\"policy-removed\",\"value\":null}",
                line(clean(5, "contoso", "e1")));

        assertThat(answer.lines().stream().filter(line -> line.refusal().isPresent()))
                .extracting(
                        line -> line.line() + " " + line.refusal().orElseThrow().reason())
                .containsExactly(
                        "1 " + Optional.empty(),
                        "3 " + Optional.of(RefusalCode.TIMESTAMP_IN_FUTURE),
                        "4 " + Optional.of(RefusalCode.INVALID_ID),
                        "5 " + Optional.of(RefusalCode.MISSING_VALUE));
        assertThat(outputs(answer, 4)).hasSize(1);
    }

    @Test
    void anErasureRetractsEverything() {
        environmentsOnAKey("contoso", 2);
        WhatIfAnswer answer = ask(line(new Event.TenantErased(CONTOSO, new Stamp(day(5), new EventId("erase")))));
        assertThat(answer.lines()).hasSize(1);
        assertThat(outputs(answer, 0))
                .isNotEmpty()
                .allMatch(output -> output.value().isEmpty());
    }

    @Test
    void linesOfSeveralTenantsAreDecidedEachOverItsOwn() {
        environmentsOnAKey("contoso", 1);
        environmentsOnAKey("fabrikam", 1);
        WhatIfAnswer answer = ask(line(revoked(5, "contoso", "k1")), line(revoked(5, "fabrikam", "k1")));
        assertThat(answer.deletions())
                .containsExactly(
                        new WhatIfAnswer.Deletion(CONTOSO, new EnvironmentId("e1"), day(35)),
                        new WhatIfAnswer.Deletion(new TenantId("fabrikam"), new EnvironmentId("e1"), day(35)));
    }

    @Test
    void onlyDatesOfDeletionThatTheLinesLeaveBehindAreNamed() {
        environmentsOnAKey("contoso", 1);
        topology.given(revoked(3, "contoso", "k1"));
        assertThat(ask(line(limit(5, "contoso", 1))).deletions()).isEmpty();
        assertThat(ask(line(restored(4, "contoso", "k1")), line(revoked(5, "contoso", "k1")))
                        .deletions())
                .containsExactly(new WhatIfAnswer.Deletion(CONTOSO, new EnvironmentId("e1"), day(35)));
        assertThat(ask(line(restored(4, "contoso", "k1"))).deletions()).isEmpty();
    }

    @Test
    void whatIsNotFinishedMakesAnAnswerPreliminaryAndIsDoneFirst() {
        environmentsOnAKey("contoso", 5);
        topology.given(revoked(3, "contoso", "k1"));

        WhatIfAnswer answer = ask(line(restored(5, "contoso", "k1")));

        assertThat(answer.preliminary())
                .singleElement()
                .asString()
                .contains("KeyRevoked revoked-3-contoso-k1")
                .contains("treats that as done and does not show it");
        assertThat(previousStates(answer, 0)).containsOnly("3 LOCKED").hasSize(5);
    }

    @Test
    void whatTheReplicaDoesNotKnowMakesAnAnswerPreliminary() {
        TopologyView view = new TopologyView(topology, List.of("Partition 3 is not caught up."));
        WhatIfAnswer answer = whatIf(WhatIfLimits.DEFAULT)
                .ask(view, List.of(line(clean(5, "contoso", "e1"))), day(5), TopologyView.ALL);
        assertThat(answer.preliminary()).containsExactly("Partition 3 is not caught up.");
    }

    @Test
    void whatTimeAloneWillCauseAtOnceMakesAnAnswerPreliminary() {
        environmentsOnAKey("contoso", 1);
        WhatIfAnswer answer = whatIf(WhatIfLimits.DEFAULT)
                .ask(new TopologyView(topology), List.of(line(revoked(5, "contoso", "k1"))), day(30), TopologyView.ALL);
        assertThat(answer.preliminary())
                .singleElement()
                .asString()
                .contains("a deadline at 2026-03-28 00:00 UTC has passed");
    }

    @Test
    void ofManyEnvironmentsThatAreOverdueTheFirstAreNamedAndTheRestAreCounted() {
        topology.given(limit(1, "contoso", 60));
        environmentsOnAKey("contoso", 52);
        List<String> preliminary = whatIf(WhatIfLimits.DEFAULT)
                .ask(new TopologyView(topology), List.of(line(revoked(5, "contoso", "k1"))), day(30), TopologyView.ALL)
                .preliminary();
        assertThat(preliminary).hasSize(51).endsWith("The same applies to 2 more.");
    }

    @Test
    void moreLinesThanAreTakenAreRefused() {
        List<String> lines = Collections.nCopies(3, "");
        assertThatThrownBy(() -> whatIf(new WhatIfLimits(2, 10))
                        .ask(new TopologyView(topology), lines, day(5), TopologyView.ALL))
                .isInstanceOf(TooManyLinesException.class)
                .hasMessage("The question has 3 event lines; the maximum is 2.");
    }

    @Test
    void anAnswerThatWouldDecideTooManyEnvironmentsSaysWhereItEnds() {
        environmentsOnAKey("contoso", 5);
        WhatIfAnswer answer = whatIf(new WhatIfLimits(9, 4))
                .ask(
                        new TopologyView(topology),
                        List.of(line(revoked(4, "contoso", "k1")), line(clean(5, "contoso", "e1"))),
                        day(5),
                        TopologyView.ALL);
        assertThat(answer.staleness().missing())
                .containsExactly(
                        "Line 1 concerns more than 4 environments. The others are left out.",
                        "Later lines are not answered: the lines before them decide 5 environments.");
        assertThat(answer.lines()).hasSize(1);
        assertThat(outputs(answer, 0)).isNotEmpty();
    }

    private void environmentsOnAKey(String tenant, int count) {
        IntStream.rangeClosed(1, count).forEach(number -> {
            topology.given(applied(2, tenant, "e" + number, "k1"));
            topology.given(clean(1, tenant, "e" + number));
        });
    }

    private WhatIfAnswer ask(String... lines) {
        return whatIf(WhatIfLimits.DEFAULT).ask(new TopologyView(topology), List.of(lines), day(5), TopologyView.ALL);
    }

    private static WhatIf whatIf(WhatIfLimits limits) {
        return new WhatIf(
                TopologyHarness.NAMES, RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(), Bounds.DEFAULT, limits);
    }

    private static String line(Event event) {
        return EventLine.write(event, "test").toString();
    }

    private static List<WhatIfAnswer.Output> outputs(WhatIfAnswer answer, int index) {
        return answer.lines().get(index).outputs();
    }

    /// Revision and state of the previous decisions, of the outputs about decisions.
    private static List<String> previousStates(WhatIfAnswer answer, int index) {
        return outputs(answer, index).stream()
                .filter(output -> output.topic().equals("encryption-decisions"))
                .map(output ->
                        output.previous().map(WhatIfTest::revisionAndState).orElse("none"))
                .toList();
    }

    private static String revisionAndState(JsonText text) {
        ObjectNode decision = text.tree();
        return decision.path("revision").asText() + " "
                + decision.path("encryptionState").asText();
    }
}
