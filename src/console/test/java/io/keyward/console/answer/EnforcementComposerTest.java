package io.keyward.console.answer;

import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.pinned;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.answer.EnforcementAnswer.ComponentState;
import io.keyward.console.answer.EnforcementAnswer.Part;
import io.keyward.console.answer.EnforcementAnswer.Proof;
import io.keyward.domain.Facts;
import io.keyward.domain.Report;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PartName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What an answer says about the reports of an environment (R28, R29, R32).
class EnforcementComposerTest {
    private static final Proof PROOF =
            new Proof(7, Optional.of(day(9)), Optional.empty(), true, false, Optional.empty());

    private static Reports reports(Event.EnforcementReported... events) {
        Reports reports = Reports.NONE;
        for (Event.EnforcementReported event : events) {
            reports = reports.with(event, EnvironmentFacts.NONE);
        }
        return reports;
    }

    /// Of Dataverse, under version v2 of the key since day 5.
    private static Map<Component, ComponentEnforcement> verdict(ComponentEnforcement.Part... parts) {
        return Map.of(
                Component.DATAVERSE,
                new ComponentEnforcement(
                        EnforcementStatus.DRIFTED,
                        Optional.of(pinned("k", "v2")),
                        day(5),
                        Optional.of(day(6)),
                        List.of(parts),
                        new TreeSet<>(List.of(pinned("k", "v0"))),
                        true,
                        true,
                        false));
    }

    private static EnforcementAnswer compose(
            Evidence evidence, Map<Component, ComponentEnforcement> verdict, Reports reports) {
        return new EnforcementComposer(
                        evidence,
                        verdict,
                        reports,
                        Map.of(Component.DATAVERSE, PROOF),
                        stamp -> new NamedCause(
                                Optional.empty(),
                                stamp.eventId().value(),
                                stamp.occurredAt(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                .compose();
    }

    private static ComponentState only(EnforcementAnswer answer) {
        assertThat(answer.components()).hasSize(1);
        return answer.components().getFirst();
    }

    @Test
    void aComponentHasItsStatusWithWhatIsDesiredAndTheProof() {
        EnforcementAnswer answer = compose(Evidence.REPORT, verdict(), Reports.NONE);
        assertThat(answer.evidence()).isEqualTo(Evidence.REPORT);
        assertThat(answer.remark()).isEmpty();
        assertThat(only(answer))
                .isEqualTo(new ComponentState(
                        Component.DATAVERSE,
                        Optional.of(EnforcementStatus.DRIFTED),
                        Optional.of(Facts.pinned("k", "v2")),
                        Optional.of(day(5)),
                        Optional.of(day(6)),
                        Optional.of(PROOF),
                        List.of(),
                        0,
                        List.of(),
                        List.of(Facts.pinned("k", "v0")),
                        false));
    }

    @Test
    void itemsOfTheLatestReportsOfKnownPartsAddUp() {
        Reports reports = reports(
                Facts.reported(
                        day(1), Report.of(Component.DATAVERSE).part("gone").under("k", "v1", 100)),
                Facts.reported(day(2), Report.of(Component.DATAVERSE).part("a").under("k", "v1", 7)),
                Facts.reported(
                        day(3),
                        Report.of(Component.DATAVERSE)
                                .part("a")
                                .under("k", "v1", 2)
                                .under("k", "v2", 5)
                                .failed(3, "i1")),
                Facts.reported(
                        day(4),
                        Report.of(Component.DATAVERSE)
                                .part("b")
                                .parts("a", "b", "c")
                                .under("k", "v2", 10)
                                .microsoftManaged(1)
                                .failed(1)));
        ComponentState state = only(compose(
                Evidence.REPORT,
                verdict(new ComponentEnforcement.Part(
                        new PartName("a"), Optional.empty(), EnforcementStatus.FAILED, List.of())),
                reports));
        assertThat(state.items()).extracting(EnforcementReport.Items::count).containsExactly(1L, 2L, 15L);
        assertThat(state.items())
                .extracting(items -> items.key().flatMap(KeyReference::version).map(KeyVersion::value))
                .containsExactly(Optional.empty(), Optional.of("v1"), Optional.of("v2"));
        assertThat(state.failedCount()).isEqualTo(4);
        assertThat(state.parts()).extracting(Part::part).containsExactly("a", "b", "c", "gone");
        assertThat(state.parts()).extracting(Part::known).containsExactly(true, true, true, false);
        assertThat(state.parts())
                .extracting(Part::status)
                .containsExactly(
                        Optional.of(EnforcementStatus.FAILED), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(state.parts())
                .extracting(part -> part.latest().isPresent())
                .containsExactly(true, true, false, true);
        assertThat(state.parts().getFirst().latest().orElseThrow().event().occurredAt())
                .isEqualTo(day(3));
        assertThat(state.parts().getFirst().latest().orElseThrow().report().clean())
                .isFalse();
        assertThat(state.parts().getFirst().latestClean().orElseThrow().event().occurredAt())
                .isEqualTo(day(2));
        assertThat(state.parts().getLast().latestClean()).isEmpty();
    }

    @Test
    void countsThatNoNumberHoldsAreTheGreatestNumber() {
        Reports reports = reports(
                Facts.reported(day(1), Report.of(Component.DATAVERSE).part("a").under("k", "v1", Long.MAX_VALUE)),
                Facts.reported(
                        day(2),
                        Report.of(Component.DATAVERSE).part("b").parts("a").under("k", "v1", Long.MAX_VALUE)));
        assertThat(only(compose(Evidence.REPORT, Map.of(), reports)).items())
                .extracting(EnforcementReport.Items::count)
                .containsExactly(Long.MAX_VALUE);
    }

    @Test
    void ignoredReportsAreReturnedWithoutAStatus() {
        EnforcementAnswer answer = compose(
                Evidence.IGNORE,
                Map.of(),
                reports(Facts.reported(day(1), Report.of(Component.DATAVERSE).under("k", "v1", 7))));
        assertThat(answer.remark().orElseThrow()).contains("kept but not taken into account");
        assertThat(only(answer).status()).isEmpty();
        assertThat(only(answer).proof()).isEmpty();
        assertThat(only(answer).items()).hasSize(1);
    }

    @Test
    void whereNothingIsDesiredTheAnswerSaysSo() {
        assertThat(compose(Evidence.REQUIRE, Map.of(), Reports.NONE).remark().orElseThrow())
                .contains("No key is desired");
    }

    @Test
    void morePartsThanAreKeptAreReported() {
        Event.EnforcementReported[] many = new Event.EnforcementReported[65];
        for (int number = 0; number < many.length; number++) {
            many[number] = Facts.reported(day(1), Report.of(Component.DATAVERSE).part("p" + number));
        }
        assertThat(only(compose(Evidence.REPORT, verdict(), reports(many))).morePartsThanKept())
                .isTrue();
    }
}
