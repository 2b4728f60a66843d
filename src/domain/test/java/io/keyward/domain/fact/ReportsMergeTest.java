package io.keyward.domain.fact;

import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.reset;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Report;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.PartName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// R28: reports merge in any order.
class ReportsMergeTest {
    private static final PartName A = new PartName("a");

    private static Report dataverse() {
        return Report.of(DATAVERSE).part("a");
    }

    private static Reports after(Event... events) {
        return after(List.of(events));
    }

    private static Reports after(List<Event> events) {
        EnvironmentFacts facts = EnvironmentFacts.NONE;
        Reports reports = Reports.NONE;
        for (Event event : events) {
            facts = facts.with((Event.OfEnvironment) event);
            reports = reports.with((Event.OfEnvironment) event, facts);
        }
        return reports;
    }

    /// The same in the given and in the opposite order.
    private static Reports inAnyOrder(Event... events) {
        Reports reports = after(events);
        assertThat(after(Arrays.asList(events).reversed())).isEqualTo(reports);
        return reports;
    }

    private static PartReports.Stated stated(Event event) {
        Event.EnforcementReported reported = (Event.EnforcementReported) event;
        return new PartReports.Stated(reported.stamp(), reported.report());
    }

    private static List<String> names(ComponentReports reports) {
        return reports.names().stream().map(PartName::value).toList();
    }

    @Test
    void nothingIsKnownOfAComponentThatNeverReported() {
        assertThat(Reports.NONE.of(DATAVERSE)).isEqualTo(ComponentReports.NONE);
        assertThat(ComponentReports.NONE.knownNames()).isEmpty();
        assertThat(after(reported(day(1), dataverse())).of(CLOUD_FLOWS)).isEqualTo(ComponentReports.NONE);
    }

    @Test
    void theLatestReportOfAPartCounts() {
        Event earlier = reported(day(1), dataverse().incomplete());
        Event later = reported(day(2), dataverse().incomplete().under("k1", "v1", 1));
        assertThat(inAnyOrder(earlier, later).of(DATAVERSE).parts())
                .containsExactly(Map.entry(A, new PartReports(stated(later), Optional.empty())));
    }

    @Test
    void theLatestCleanOneIsKeptBesideALaterOneThatIsNot() {
        Event first = reported(day(1), dataverse());
        Event clean = reported(day(2), dataverse().under("k1", "v1", 1));
        Event last = reported(day(3), dataverse().incomplete());
        PartReports reports =
                inAnyOrder(first, clean, last).of(DATAVERSE).parts().get(A);
        assertThat(reports).isEqualTo(new PartReports(stated(last), Optional.of(stated(clean))));
        assertThat(reports.clean()).contains(stated(clean));
    }

    @Test
    void aCleanReportNeedsNoOtherBesideIt() {
        Event clean = reported(day(3), dataverse());
        PartReports reports = inAnyOrder(
                        reported(day(1), dataverse()),
                        reported(day(2), dataverse().incomplete()),
                        clean)
                .of(DATAVERSE)
                .parts()
                .get(A);
        assertThat(reports).isEqualTo(new PartReports(stated(clean), Optional.empty()));
        assertThat(reports.clean()).contains(stated(clean));
    }

    @Test
    void withoutACleanReportThereIsNone() {
        assertThat(after(reported(day(1), dataverse().incomplete()))
                        .of(DATAVERSE)
                        .parts()
                        .get(A)
                        .clean())
                .isEmpty();
    }

    @Test
    void ofTwoAtOneTimeTheOneThatIsNotCleanIsTheLaterOne() {
        Event clean = as("z", reported(day(1), dataverse().parts("a", "b")));
        Event other = as("a", reported(day(1), dataverse().incomplete().parts("a", "c")));
        ComponentReports reports = inAnyOrder(clean, other).of(DATAVERSE);
        assertThat(reports.parts().get(A)).isEqualTo(new PartReports(stated(other), Optional.of(stated(clean))));
        assertThat(reports.knownNames()).containsExactly(A, new PartName("c"));
    }

    @Test
    void thenTheOneWithTheGreaterId() {
        Event smaller =
                as("a", reported(day(1), dataverse().under("k1", "v2", 1).parts("a", "b")));
        Event greater =
                as("b", reported(day(1), dataverse().under("k1", "v1", 1).parts("a", "c")));
        ComponentReports reports = inAnyOrder(smaller, greater).of(DATAVERSE);
        assertThat(reports.parts().get(A).latest()).isEqualTo(stated(greater));
        assertThat(reports.knownNames()).containsExactly(A, new PartName("c"));
    }

    @Test
    void twoStatementsUnderOneIdMergeAlike() {
        Event one = reported(day(1), dataverse().under("k1", "v1", 1).parts("b"));
        Event other = reported(day(1), dataverse().under("k1", "v2", 1).parts("c"));
        assertThat(inAnyOrder(one, other).of(DATAVERSE).knownNames()).containsExactly(A, new PartName("c"));
    }

    @Test
    void aRepeatedReportChangesNothing() {
        Event event = reported(day(1), dataverse());
        EnvironmentFacts facts = EnvironmentFacts.NONE.with((Event.OfEnvironment) event);
        Reports once = after(event);
        assertThat(once.with((Event.OfEnvironment) event, facts)).isSameAs(once);
    }

    @Test
    void otherFactsChangeNothing() {
        Reports reports = after(reported(day(1), dataverse()));
        EnvironmentFacts facts = EnvironmentFacts.NONE;
        assertThat(reports.with(Facts.applied(day(2), "p1", "k1"), facts)).isSameAs(reports);
        assertThat(reports.with(Facts.removed(day(2), "p1"), facts)).isSameAs(reports);
        assertThat(reports.with(snapshot(day(2), Inventory.production()), facts))
                .isSameAs(reports);
    }

    @Test
    void theLatestReportOfTheComponentNamesTheKnownParts() {
        ComponentReports reports = inAnyOrder(
                        reported(day(1), dataverse().parts("a", "b", "c")),
                        reported(day(2), Report.of(DATAVERSE).part("b").parts("c")))
                .of(DATAVERSE);
        assertThat(reports.knownNames()).containsExactly(new PartName("b"), new PartName("c"));
        assertThat(names(reports)).containsExactly("a", "b");
    }

    @Test
    void aResetVoidsReportsNoLaterThanItAndKeepsTheNames() {
        Event voided = reported(day(2), dataverse().parts("a", "x"));
        ComponentReports reports = inAnyOrder(voided, reset(day(2))).of(DATAVERSE);
        assertThat(reports.parts()).isEmpty();
        assertThat(reports.known()).isEmpty();
        assertThat(names(reports)).containsExactly("a");
    }

    @Test
    void aPurgeDoesToo() {
        assertThat(inAnyOrder(reported(day(2), dataverse()), purged(day(2)))
                        .of(DATAVERSE)
                        .parts())
                .isEmpty();
    }

    @Test
    void aLaterReportStandsWithoutTheCleanOneThatIsVoid() {
        Event last = reported(justAfter(day(2)), dataverse().incomplete());
        ComponentReports reports =
                inAnyOrder(reported(day(2), dataverse()), last, reset(day(2))).of(DATAVERSE);
        assertThat(reports.parts().get(A)).isEqualTo(new PartReports(stated(last), Optional.empty()));
        assertThat(reports.knownNames()).containsExactly(A);
    }

    @Test
    void aCleanReportAfterTheResetStands() {
        Event clean = reported(justAfter(day(2)), dataverse());
        Event last = reported(day(3), dataverse().incomplete());
        assertThat(inAnyOrder(clean, last, reset(day(2))).of(DATAVERSE).parts().get(A))
                .isEqualTo(new PartReports(stated(last), Optional.of(stated(clean))));
    }

    private static Event ofPart(int part) {
        return reported(day(1), Report.of(DATAVERSE).part("part-%02d".formatted(part)));
    }

    private static Event[] parts(int count) {
        return IntStream.range(0, count).mapToObj(ReportsMergeTest::ofPart).toArray(Event[]::new);
    }

    @Test
    void sixtyFourPartsAreRemembered() {
        ComponentReports reports = inAnyOrder(parts(64)).of(DATAVERSE);
        assertThat(reports.parts()).hasSize(64);
        assertThat(reports.names()).hasSize(64);
        assertThat(reports.more()).isFalse();
    }

    @Test
    void ofMoreTheLeastNamesAreRemembered() {
        ComponentReports reports = inAnyOrder(parts(65)).of(DATAVERSE);
        assertThat(reports.parts()).hasSize(64);
        assertThat(names(reports)).hasSize(64).first().isEqualTo("part-00");
        assertThat(names(reports).getLast()).isEqualTo("part-63");
        assertThat(reports.parts().keySet()).isEqualTo(reports.names());
        assertThat(reports.more()).isTrue();
    }

    @Test
    void aPartThatIsNotRememberedStillNamesTheKnownParts() {
        List<Event> events = new ArrayList<>(List.of(parts(64)));
        events.add(reported(day(2), Report.of(DATAVERSE).part("z").parts("part-00")));
        ComponentReports reports = after(events).of(DATAVERSE);
        assertThat(reports.knownNames()).containsExactly(new PartName("part-00"), new PartName("z"));
        assertThat(reports.parts()).doesNotContainKey(new PartName("z"));
    }

    @Test
    void aReportThatIsVoidCountsAmongTheNamesOnly() {
        List<Event> events = new ArrayList<>(List.of(reset(day(1))));
        events.addAll(List.of(parts(65)));
        ComponentReports reports = after(events).of(DATAVERSE);
        assertThat(reports.parts()).isEmpty();
        assertThat(reports.known()).isEmpty();
        assertThat(reports.more()).isTrue();
    }

    @Test
    void shuffledReportsOfManyPartsEndAlike() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            String part = "part-%02d".formatted(i * 7 % 80);
            events.add(reported(day(i % 3), Report.of(DATAVERSE).part(part).parts("part-01")));
            events.add(reported(day(i % 5), Report.of(DATAVERSE).part(part).incomplete()));
        }
        events.add(reset(day(1)));
        Reports expected = after(events);
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(events, new Random(seed));
            assertThat(after(events)).as("seed %d", seed).isEqualTo(expected);
        }
    }
}
