package io.keyward.console.whatif;

import static io.keyward.console.whatif.Undo.Possible.NO;
import static io.keyward.console.whatif.Undo.Possible.PARTLY;
import static io.keyward.console.whatif.Undo.Possible.YES;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.expiring;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.restored;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.keyward.avro.EventCodec;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.Bounds;
import io.keyward.topology.Events;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.RuleProfiles;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Which events can be undone, how, and what stays different.
class UndoTest {
    private static final String T = "contoso";
    private static final RuleProfile DEFAULT =
            RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow();
    private static final RuleProfile REPORT = DEFAULT.with(RuleProfile.Evidence.REPORT);

    /// An environment that has been on the key k1 since the second day.
    private static List<Event> onKey(String environment) {
        return List.of(clean(1, T, environment), applied(2, T, environment, "k1"));
    }

    @TestFactory
    Stream<DynamicTest> undone() {
        return Stream.of(
                row(
                        "a revoked key is restored and the runtimes are enabled again",
                        onKey("e1"),
                        revoked(5, T, "k1"),
                        YES,
                        "key-restored environment-changed"),
                row(
                        "time stamps of statuses are no difference",
                        REPORT,
                        onKey("e1"),
                        revoked(5, T, "k1"),
                        YES,
                        "key-restored environment-changed"),
                row(
                        "what is proven anew by the next reports is no difference",
                        REPORT,
                        plus(onKey("e1"), Events.reported(4, T, "e1", "k1")),
                        revoked(5, T, "k1"),
                        YES,
                        "key-restored environment-changed"),
                row(
                        "a second revocation: what ends it ends the first one too",
                        plus(onKey("e1"), revoked(4, T, "k1")),
                        revoked(5, T, "k1"),
                        NO,
                        ""),
                row(
                        "a second revocation for another cause is ended alone",
                        plus(onKey("e1"), revoked(4, T, "k1")),
                        revoked(5, T, "k1", RevocationCause.ACCESS_REMOVED),
                        YES,
                        "key-restored"),
                row("a key that nobody uses is restored", onKey("e1"), revoked(5, T, "k9"), YES, "key-restored"),
                row(
                        "a restored key is revoked again, and a new lock begins",
                        plus(onKey("e1"), revoked(4, T, "k1")),
                        restored(5, T, "k1"),
                        PARTLY,
                        "key-revoked",
                        "e1: locked since"),
                row("a restoration that ends nothing", onKey("e1"), restored(5, T, "k1"), NO, ""),
                row(
                        "a first policy is removed, and its key must be kept",
                        List.of(clean(1, T, "e1")),
                        applied(5, T, "e1", "k1"),
                        PARTLY,
                        "policy-removed",
                        "e1: to be kept",
                        "e1: warnings"),
                row(
                        "a swap is turned back by the previous policy, and the other key must be kept",
                        onKey("e1"),
                        applied(5, T, "e1", "k2"),
                        PARTLY,
                        "policy-applied",
                        "e1: to be kept"),
                row(
                        "an application that repeats the one in force",
                        onKey("e1"),
                        applied(5, T, "e1", "k1"),
                        YES,
                        "policy-applied"),
                row(
                        "a removed policy is applied again, and another environment has its slot",
                        plus(plus(onKey("e1"), limit(1, T, 1)), onKey("e2")),
                        removed(5, T, "e1", "k1"),
                        PARTLY,
                        "policy-applied",
                        "e1: enabled since",
                        "e2: policy status"),
                row(
                        "a removal that names no policy of the environment",
                        onKey("e1"),
                        removed(5, T, "e1", "k2"),
                        NO,
                        ""),
                row(
                        "a deleted environment is brought back",
                        onKey("e1"),
                        changed(5, T, "e1", Lifecycle.DELETED, FlowInventory.EMPTY),
                        YES,
                        "environment-changed"),
                row(
                        "a changed inventory is stated as before",
                        onKey("e1"),
                        changed(5, T, "e1", Lifecycle.ACTIVE, flowsFrom(1)),
                        YES,
                        "environment-changed"),
                row("a first snapshot", List.of(), clean(5, T, "e1"), NO, "", "e1: state"),
                row(
                        "a purge",
                        onKey("e1"),
                        changed(5, T, "e1", Lifecycle.PURGED, FlowInventory.EMPTY),
                        NO,
                        "",
                        "e1: state"),
                row(
                        "a reset",
                        onKey("e1"),
                        changed(5, T, "e1", Lifecycle.RESET, FlowInventory.EMPTY),
                        NO,
                        "",
                        "e1: state"),
                row("a rotation", onKey("e1"), rotated(5, T, "k1", "v2"), NO, "", "e1: key "),
                row("a first announced expiry", onKey("e1"), expiring(5, T, "k1", "v1"), NO, "", "e1: warnings"),
                row(
                        "an announced expiry that moves",
                        plus(onKey("e1"), expiring(4, T, "k1", "v1")),
                        expiring(5, T, "k1", "v1"),
                        YES,
                        "key-expiring"),
                row("a lowered limit", onKey("e1"), limit(5, T, 1), YES, "tenant-limit-changed"),
                row(
                        "a raised limit, whose slot is kept",
                        plus(plus(onKey("e1"), limit(1, T, 1)), onKey("e2")),
                        limit(5, T, 2),
                        NO,
                        "",
                        "e2: policy status"),
                row("time", onKey("e1"), new Event.TimeReached(new TenantId(T), day(5)), NO, ""),
                row(
                        "an event that was sent before",
                        plus(onKey("e1"), revoked(4, T, "k1")),
                        revoked(4, T, "k1"),
                        YES,
                        ""));
    }

    /// Reports state what is, so what was reported before has to become true again first.
    @TestFactory
    Stream<DynamicTest> reported() {
        Event.EnforcementReported good = Events.reported(4, T, "e1", "k1");
        Event.EnforcementReported first = Events.reported(5, T, "e1", "k1");
        Event.EnforcementReported strayed = Events.reported(5, T, "e1", "k9");
        return Stream.of(
                row("a first report", onKey("e1"), first, NO, "", "e1: enforcement of Dataverse"),
                row("a first report, where reports are ignored", DEFAULT, onKey("e1"), first, NO, ""),
                row("a later report", plus(onKey("e1"), good), strayed, YES, "enforcement-reported"),
                row(
                        "a later report, where reports are ignored",
                        DEFAULT,
                        plus(onKey("e1"), good),
                        strayed,
                        YES,
                        "enforcement-reported"),
                row(
                        "a report of one part does not undo that of another",
                        plus(onKey("e1"), good),
                        Events.reported(5, T, "e1", Component.DATAVERSE, "b", "k9"),
                        NO,
                        "",
                        "e1: enforcement of Dataverse"),
                row(
                        "what counted not before would count now",
                        List.of(clean(1, T, "e1"), Events.reported(2, T, "e1", "k1"), applied(3, T, "e1", "k1")),
                        first,
                        NO,
                        "",
                        "e1: enforcement of Dataverse"));
    }

    @Test
    void theReportThatUndoesAnotherSaysWhatWasReportedBefore() {
        Event.EnforcementReported before = Events.reported(4, T, "e1", Component.CLOUD_FLOWS, "a", "k1", "b", "c");
        Event.EnforcementReported undone = Events.reported(5, T, "e1", Component.CLOUD_FLOWS, "a", "k9", "d");

        Undo undo = undo(REPORT, plus(onKey("e1"), before), undone);

        Event.EnforcementReported line = (Event.EnforcementReported) EventCodec.read(
                EventLine.parse(undo.lines().getFirst().toString()).value().orElseThrow());
        assertThat(line.occurredAt()).isAfter(undone.occurredAt());
        assertThat(line.component()).isEqualTo(Component.CLOUD_FLOWS);
        assertThat(line.part()).isEqualTo(before.part());
        assertThat(line.report()).isEqualTo(before.report());
        assertThat(line.parts()).extracting(PartName::value).containsExactly("b", "c");
        assertThat(undo.sentence())
                .isEqualTo("To undo it, bring the items of the part a of the component Cloud flows of environment e1"
                        + " back to what was reported before, and report that. Every decision is then as before.");
    }

    /// Before its first decision nobody suppressed anything, and nothing was known to be allowed.
    @Test
    void whatSinksNeverGotIsToldWithoutADate() {
        Undo undo = undo(
                DEFAULT,
                List.of(changed(1, T, "e1", Lifecycle.PURGED, FlowInventory.EMPTY)),
                applied(2, T, "e1", "k1"));

        assertThat(undo.remains())
                .anyMatch(sentence -> sentence.contains(": no data of the time until it is undone for "));
    }

    @Test
    void componentsThatDifferAlikeAreToldTogetherAndWithoutNamesOfConstants() {
        Undo undo = undo(DEFAULT, onKey("e1"), changed(5, T, "e1", Lifecycle.PURGED, FlowInventory.EMPTY));

        assertThat(undo.remains())
                .singleElement()
                .asString()
                .startsWith("Environment e1: state nothing instead of customer-managed; ")
                .contains("Dataverse and 5 more components nothing instead of customer-managed (R2)")
                .doesNotContainPattern("[A-Z]_[A-Z]")
                .doesNotContain("Search");
    }

    @Test
    void ofManyEnvironmentsTheFirstAreToldAndTheFirstLines() {
        List<Event> given = IntStream.range(0, 60)
                .mapToObj(i -> onKey("e" + i))
                .flatMap(List::stream)
                .toList();

        Undo undone = undo(DEFAULT, given, revoked(5, T, "k1"));
        assertThat(undone.lineCount()).isEqualTo(61);
        assertThat(undone.lines()).hasSize(50);

        Undo rotation = undo(DEFAULT, given, rotated(5, T, "k1", "v2"));
        assertThat(rotation.remains()).hasSize(51).last().isEqualTo("10 more environments differ.");
    }

    @Test
    void aWholeUndoSaysThatReportsMustFollow() {
        Undo undo = undo(REPORT, plus(onKey("e1"), Events.reported(4, T, "e1", "k1")), revoked(5, T, "k1"));

        assertThat(undo.sentence()).endsWith("Every decision is then as before, once components are reported again.");
        assertThat(undo.remains()).isEmpty();
    }

    @Test
    void theOnlyPartOfAComponentIsNamedByIt() {
        assertThat(undo(REPORT, plus(onKey("e1"), Events.reported(4, T, "e1", "k1")), Events.reported(5, T, "e1", "k9"))
                        .sentence())
                .startsWith("To undo it, bring the items of the component Dataverse of environment e1 back to");
    }

    /// An event names up to 64 parts besides its own. Known parts can be one more, if another part reported.
    @Test
    void morePartsThanAnEventCanNameCannotBeStatedAgain() {
        String[] many = IntStream.range(0, 64).mapToObj(i -> "p" + i).toArray(String[]::new);
        List<Event> given = plus(
                onKey("e1"),
                Events.reported(3, T, "e1", Component.DATAVERSE, "a", "k1"),
                Events.reported(4, T, "e1", Component.DATAVERSE, "b", "k1", many));

        Undo undo = undo(REPORT, given, Events.reported(5, T, "e1", Component.DATAVERSE, "a", "k1"));

        assertThat(undo.possible()).isEqualTo(NO);
        assertThat(undo.sentence())
                .isEqualTo("A report cannot be withdrawn, and no earlier one of the same part brings the decision"
                        + " back. A later report can state what is true then.");
    }

    private static List<Event> plus(List<Event> events, Event... more) {
        return plus(events, List.of(more));
    }

    private static List<Event> plus(List<Event> events, List<Event> more) {
        return Stream.concat(events.stream(), more.stream()).toList();
    }

    /// @param topics of the lines that undo it
    /// @param remains environments, each with something that the one sentence about it tells
    private static DynamicTest row(
            String name, List<Event> given, Event event, Undo.Possible possible, String topics, String... remains) {
        RuleProfile profile = event instanceof Event.EnforcementReported ? REPORT : DEFAULT;
        return row(name, profile, given, event, possible, topics, remains);
    }

    private static DynamicTest row(
            String name,
            RuleProfile profile,
            List<Event> given,
            Event event,
            Undo.Possible possible,
            String topics,
            String... remains) {
        return dynamicTest(name, () -> {
            Undo undo = undo(profile, given, event);
            assertThat(undo.possible()).isEqualTo(possible);
            assertThat(undo.lines().stream().map(line -> line.path("topic").asText()))
                    .isEqualTo(Stream.of(topics.split(" "))
                            .filter(topic -> !topic.isEmpty())
                            .toList());
            for (String remaining : remains) {
                String[] parts = remaining.split(": ", 2);
                assertThat(undo.remains())
                        .filteredOn(sentence ->
                                sentence.startsWith("Environment " + parts[0] + ": ") && sentence.contains(parts[1]))
                        .hasSize(1);
            }
        });
    }

    private static Undo undo(RuleProfile profile, List<Event> given, Event event) {
        try (TopologyHarness topology = TopologyHarness.start(profile, FlowObserver.NONE)) {
            topology.given(given.toArray(Event[]::new));
            WhatIf whatIf = new WhatIf(TopologyHarness.NAMES, profile, Bounds.DEFAULT, WhatIfLimits.DEFAULT);
            WhatIfAnswer answer = whatIf.ask(
                    new TopologyView(topology),
                    List.of(EventLine.write(event, WhatIf.SOURCE).toString()),
                    day(5),
                    TopologyView.ALL);
            return answer.lines().getFirst().undo().orElseThrow();
        }
    }
}
