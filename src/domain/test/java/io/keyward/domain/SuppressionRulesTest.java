package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reset;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Interval;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// R14 and R15: which sinks are suppressed and since when, and their signals.
class SuppressionRulesTest {
    private static final List<Event> APPLIED = List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"));

    @TestFactory
    Stream<DynamicTest> suppressed() {
        return Stream.of(
                row(
                        "R14 every sink of the profile is suppressed while the environment is enabled",
                        given(APPLIED),
                        then -> then.suppressedSince(day(2), Rule.R14)),
                row(
                        "R14 also while flows are on the Microsoft-managed key",
                        given(
                                snapshot(day(1), production().cloudFlows(1, day(0), day(0))),
                                applied(day(2), "p1", "k1")),
                        then -> then.suppressedSince(day(2), Rule.R14)),
                row(
                        "R14 also while it is locked",
                        given(APPLIED, List.of(revoked(day(5), "k1"))),
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .suppressedSince(day(2), Rule.R14)),
                row(
                        "R14 also while it has to be enabled again",
                        given(APPLIED, List.of(revoked(day(5), "k1"), restored(day(6), "k1"))),
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .suppressedSince(day(2), Rule.R14)),
                row(
                        "R14 a series that begins anew is suppressed since then",
                        given(APPLIED, List.of(removed(day(5), "p1"), applied(day(6), "p1", "k1"))),
                        then -> then.suppressedSince(day(6), Rule.R14)));
    }

    /// The signals for one sink, in order, in words.
    private static DynamicTest signals(String rule, List<Event> events, String... expected) {
        return DynamicTest.dynamicTest(rule, () -> {
            List<String> signals = new ArrayList<>();
            for (Publication publication : given(events).publications()) {
                if (publication.key().endsWith("/TENANT_REPORTING")) {
                    signals.add(inWords(publication));
                }
            }
            assertThat(signals).containsExactly(expected);
        });
    }

    private static String inWords(Publication publication) {
        return switch (publication) {
            case Publication.OfSignal s ->
                s.signal().action().name().toLowerCase(Locale.ROOT) + " from "
                        + s.signal().effectiveFrom() + gaps(s.signal().gaps()) + " by " + s.reason() + " in "
                        + s.revision();
            case Publication.Retraction _ -> "tombstone";
            case Publication.OfDecision _, Publication.OfWarning _ -> "no signal";
        };
    }

    private static String gaps(List<Interval> gaps) {
        return gaps.isEmpty()
                ? ""
                : gaps.stream()
                        .map(gap -> gap(
                                gap.from().equals(Instant.MIN) ? "" : gap.from().toString(), gap.until()))
                        .collect(Collectors.joining());
    }

    private static String gap(Object from, Instant until) {
        return ", gap " + from + " to " + until;
    }

    private static List<Event> after(Event... events) {
        List<Event> all = new ArrayList<>(APPLIED);
        all.addAll(List.of(events));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> signals() {
        String suppressed = "suppress from " + day(2) + " by R14 in 2";
        return Stream.of(
                signals("R15 a sink is not mentioned before it is suppressed", List.of(snapshot(day(1), production()))),
                signals("R15 one signal when the environment is enabled", APPLIED, suppressed),
                signals(
                        "R15 a revocation says nothing new to the pipeline",
                        after(revoked(day(5), "k1"), restored(day(6), "k1")),
                        suppressed),
                signals(
                        "R15 the end of the suppression names the time whose data must not be delivered",
                        after(removed(day(5), "p1")),
                        suppressed,
                        "allow from " + day(5) + gap(day(2), day(5)) + " by R1 in 3"),
                signals(
                        "R15 a removal that takes effect late ends the gap at that moment",
                        after(revoked(day(4), "k1"), removed(day(5), "p1"), restored(day(7), "k1")),
                        suppressed,
                        "allow from " + day(7) + gap(day(2), day(7)) + " by R1 in 5"),
                signals(
                        "R15 the removal first, the application after it: the gap is told",
                        List.of(snapshot(day(1), production()), removed(day(5), "p1"), applied(day(2), "p1", "k1")),
                        "allow from " + day(5) + gap(day(2), day(5)) + " by R1 in 2"),
                signals(
                        "R15 a removal that arrives late shortens the gap",
                        after(removed(day(9), "p1"), as("earlier", removed(day(4), "p1"))),
                        suppressed,
                        "allow from " + day(9) + gap(day(2), day(9)) + " by R1 in 3",
                        "allow from " + day(4) + gap(day(2), day(4)) + " by R1 in 4"),
                signals(
                        "R15 an application that arrives late widens the gap",
                        after(removed(day(9), "p1"), as("earlier", applied(day(1), "p1", "k1"))),
                        suppressed,
                        "allow from " + day(9) + gap(day(2), day(9)) + " by R1 in 3",
                        "allow from " + day(9) + gap(day(1), day(9)) + " by R1 in 3"),
                signals(
                        "R15 enabled again: a new signal, which names the gap",
                        after(removed(day(5), "p1"), applied(day(6), "p1", "k1")),
                        suppressed,
                        "allow from " + day(5) + gap(day(2), day(5)) + " by R1 in 3",
                        "suppress from " + day(6) + gap(day(2), day(5)) + " by R14 in 4"),
                signals(
                        "R15 every signal names all gaps",
                        after(removed(day(5), "p1"), applied(day(6), "p1", "k1"), as("again", removed(day(9), "p1"))),
                        suppressed,
                        "allow from " + day(5) + gap(day(2), day(5)) + " by R1 in 3",
                        "suppress from " + day(6) + gap(day(2), day(5)) + " by R14 in 4",
                        "allow from " + day(9) + gap(day(2), day(5)) + gap(day(6), day(9)) + " by R1 in 5"),
                signals(
                        "R15 intervals that touch are one",
                        after(applied(day(5), "p1", "k1"), removed(day(5), "p1")),
                        suppressed),
                signals(
                        "R15 suppressed from an earlier time on than told before: told again",
                        after(as("earlier", applied(day(1), "p1", "k1"))),
                        suppressed,
                        "suppress from " + day(1) + " by R14 in 3"),
                signals(
                        "R15 no slot: allowed, with nothing that was suppressed",
                        List.of(limit(day(0), 0), applied(day(2), "p1", "k1"), snapshot(day(1), production())),
                        "suppress from " + day(2) + " by R4 in 1",
                        "allow from " + day(1) + " by R11 in 2"),
                signals(
                        "R15 never enabled: no gap",
                        List.of(
                                limit(day(0), 0),
                                snapshot(day(1), production()),
                                applied(day(2), "p1", "k1"),
                                removed(day(5), "p1"))),
                signals(
                        "R15 enabled after a wait: the gap begins with the end of the wait",
                        List.of(
                                limit(day(0), 0),
                                snapshot(day(1), production()),
                                applied(day(2), "p1", "k1"),
                                limit(day(3), 5),
                                removed(day(5), "p1")),
                        "suppress from " + day(3) + " by R14 in 3",
                        "allow from " + day(5) + gap(day(3), day(5)) + " by R1 in 4"),
                signals(
                        "R15 a series that differs from what was known of it: the gap begins with its start",
                        List.of(
                                limit(day(0), 0),
                                snapshot(day(1), production()),
                                applied(day(2), "p1", "k1"),
                                limit(day(3), 5),
                                removed(day(5), "p1"),
                                as("earlier", removed(day(4), "p1"))),
                        "suppress from " + day(3) + " by R14 in 3",
                        "allow from " + day(5) + gap(day(3), day(5)) + " by R1 in 4",
                        "allow from " + day(4) + gap(day(2), day(4)) + " by R1 in 5"),
                signals(
                        "R15 what was published under a slot stays when its series waits",
                        List.of(
                                snapshot(day(1), production()),
                                applied(day(2), "p1", "k1"),
                                removed(day(5), "p1"),
                                limit(day(6), 0),
                                as("other", applied(day(4), "p2", "k1"))),
                        suppressed,
                        "allow from " + day(5) + gap(day(2), day(5)) + " by R1 in 3"),
                signals(
                        "R15 not eligible: allowed",
                        List.of(
                                applied(day(2), "p1", "k1"),
                                snapshot(day(3), production().unmanaged())),
                        "suppress from " + day(2) + " by R4 in 1",
                        "allow from " + day(3) + " by R8 in 2"),
                signals(
                        "R15 a reset ends the suppression",
                        after(reset(day(5))),
                        suppressed,
                        "allow from " + day(5) + gap(day(2), day(5)) + " by R1 in 3"),
                signals(
                        "R15 an application from before a reset has a gap, whenever it arrives",
                        List.of(snapshot(day(1), production()), reset(day(5)), applied(day(2), "p1", "k1")),
                        "allow from " + day(5) + gap(day(2), day(5)) + " by R1 in 1"),
                signals("R15 purged: a tombstone", after(purged(day(5))), suppressed, "tombstone"),
                signals(
                        "R15 alive after a purge: nothing of before it",
                        after(purged(day(5)), snapshot(day(6), production())),
                        suppressed,
                        "tombstone",
                        "allow from " + day(5) + gap("", day(5)) + " by R1 in 3"),
                signals(
                        "R15 alive when the purge becomes known: nothing of before it",
                        after(snapshot(day(6), production()), as("late", purged(day(4)))),
                        suppressed,
                        "allow from " + day(4) + gap("", day(4)) + " by R1 in 3"),
                signals(
                        "R15 the inventory known: the signal says the same",
                        List.of(applied(day(2), "p1", "k1"), snapshot(day(3), production())),
                        "suppress from " + day(2) + " by R4 in 1"));
    }

    @Test
    void beyond32ApplicationsTheGapLastsFromTheOldestThatWasLetGoToTheOldestThatIsKept() {
        List<Event> events = new ArrayList<>(List.of(snapshot(day(1), production())));
        for (int n = 0; n < 35; n++) {
            events.add(as("a" + n, applied(day(2 + 2 * n), "p1", "k1")));
            events.add(as("r" + n, removed(day(3 + 2 * n), "p1")));
        }
        Signal last = given(events).publications().stream()
                .filter(Publication.OfSignal.class::isInstance)
                .map(publication -> ((Publication.OfSignal) publication).signal())
                .reduce((_, next) -> next)
                .orElseThrow();

        assertThat(last.gaps()).hasSize(32);
        assertThat(last.gaps().getFirst()).isEqualTo(new Interval(day(2), day(2 + 2 * 3 + 1)));
        assertThat(last.gaps().getLast()).isEqualTo(new Interval(day(2 + 2 * 34), day(3 + 2 * 34)));
    }
}
