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

import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.RuleProfiles;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Which events can be undone, how, and what stays different.
class UndoTest {
    private static final String T = "contoso";

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
                        "e1: lockedSince"),
                row("a restoration that ends nothing", onKey("e1"), restored(5, T, "k1"), NO, ""),
                row(
                        "a first policy is removed, and its key must be kept",
                        List.of(clean(1, T, "e1")),
                        applied(5, T, "e1", "k1"),
                        PARTLY,
                        "policy-removed",
                        "e1: retainUntil",
                        "e1: openWarnings"),
                row(
                        "a swap is turned back by the previous policy, and the other key must be kept",
                        onKey("e1"),
                        applied(5, T, "e1", "k2"),
                        PARTLY,
                        "policy-applied",
                        "e1: retainUntil"),
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
                        "e1: enabledSince",
                        "e2: policyStatus"),
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
                row("a first snapshot", List.of(), clean(5, T, "e1"), NO, "", "e1: encryptionState"),
                row(
                        "a purge",
                        onKey("e1"),
                        changed(5, T, "e1", Lifecycle.PURGED, FlowInventory.EMPTY),
                        NO,
                        "",
                        "e1: encryptionState"),
                row(
                        "a reset",
                        onKey("e1"),
                        changed(5, T, "e1", Lifecycle.RESET, FlowInventory.EMPTY),
                        NO,
                        "",
                        "e1: encryptionState"),
                row("a rotation", onKey("e1"), rotated(5, T, "k1", "v2"), NO, "", "e1: key "),
                row("a first announced expiry", onKey("e1"), expiring(5, T, "k1", "v1"), NO, "", "e1: openWarnings"),
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
                        "e2: policyStatus"),
                row("time", onKey("e1"), new Event.TimeReached(new TenantId(T), day(5)), NO, ""),
                row(
                        "an event that was sent before",
                        plus(onKey("e1"), revoked(4, T, "k1")),
                        revoked(4, T, "k1"),
                        YES,
                        ""));
    }

    private static List<Event> plus(List<Event> events, Event... more) {
        return plus(events, List.of(more));
    }

    private static List<Event> plus(List<Event> events, List<Event> more) {
        return Stream.concat(events.stream(), more.stream()).toList();
    }

    /// @param topics of the lines that undo it
    /// @param remains the beginnings of what remains, of environments
    private static DynamicTest row(
            String name, List<Event> given, Event event, Undo.Possible possible, String topics, String... remains) {
        return dynamicTest(name, () -> {
            Undo undo = undo(given, event);
            assertThat(undo.possible()).isEqualTo(possible);
            assertThat(undo.lines().stream().map(line -> line.path("topic").asText()))
                    .isEqualTo(Stream.of(topics.split(" "))
                            .filter(topic -> !topic.isEmpty())
                            .toList());
            for (String start : remains) {
                assertThat(undo.remains()).anyMatch(sentence -> sentence.startsWith("Environment " + start));
            }
        });
    }

    private static Undo undo(List<Event> given, Event event) {
        try (TopologyHarness topology = TopologyHarness.start()) {
            topology.given(given.toArray(Event[]::new));
            WhatIf whatIf = new WhatIf(
                    TopologyHarness.NAMES,
                    RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                    Duration.ofMinutes(5),
                    WhatIfLimits.DEFAULT);
            WhatIfAnswer answer = whatIf.ask(
                    new TopologyView(topology), List.of(EventLines.json(event).toString()), day(5));
            return ((WhatIfAnswer.Line.Decided) answer.lines().getFirst())
                    .undo()
                    .orElseThrow();
        }
    }
}
