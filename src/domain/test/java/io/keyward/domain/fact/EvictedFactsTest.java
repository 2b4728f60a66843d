package io.keyward.domain.fact;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reset;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.decision.WarningCode.KEY_REVOKED;
import static io.keyward.domain.decision.WarningCode.REENABLE_REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Outcome;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.PolicyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A bounded set keeps the latest time of the facts that it evicts, and an evicted revocation is never lost
/// (docs/domain.md, "What is evicted").
class EvictedFactsTest {
    private static final List<Event> APPLIED =
            List.of(snapshot(day(0), production()), applied(day(1), "p1", "k1"), rotated(day(1), "k1", "v0", "v1"));

    /// That many revocations of a version not in use, from the fourth day on, a minute apart.
    private static List<Event> revocations(int count) {
        return IntStream.range(0, count)
                .<Event>mapToObj(i -> revoked(minute(i), pinned("k1", "v9"), RevocationCause.NETWORK_BLOCKED))
                .toList();
    }

    private static Instant minute(int number) {
        return day(4).plus(Duration.ofMinutes(number));
    }

    private static DynamicTest after(String rule, int revocations, Consumer<Outcome> then, Event... events) {
        return row(rule, given(APPLIED, revocations(revocations), List.of(events)), then);
    }

    private static void locked(Outcome then) {
        then.is(EncryptionState.LOCKED, PolicyStatus.WARNING).warns(KEY_REVOKED);
    }

    @TestFactory
    Stream<DynamicTest> evictedRevocations() {
        return Stream.of(
                after(
                        "R20 as many revocations as are remembered push no other one out",
                        KeyFacts.CAPACITY - 1,
                        EvictedFactsTest::locked,
                        revoked(day(3), unpinned("k1"), RevocationCause.ACCESS_REMOVED)),
                after(
                        "R20 an open revocation pushed out by newer ones still locks",
                        KeyFacts.CAPACITY,
                        then -> {
                            locked(then);
                            then.lockedSince(day(3));
                        },
                        revoked(day(3), unpinned("k1"), RevocationCause.ACCESS_REMOVED)),
                after(
                        "R20 of a version, too: it counts as one of the whole key",
                        KeyFacts.CAPACITY,
                        EvictedFactsTest::locked,
                        revoked(day(3), pinned("k1", "v1"), RevocationCause.KEY_DISABLED)),
                after(
                        "R21 a restoration that names a cause does not open it",
                        KeyFacts.CAPACITY,
                        EvictedFactsTest::locked,
                        revoked(day(3), unpinned("k1"), RevocationCause.UNKNOWN),
                        restored(day(6), unpinned("k1"), RevocationCause.UNKNOWN)),
                after(
                        "R21 a restoration that names a version does not open it",
                        KeyFacts.CAPACITY,
                        EvictedFactsTest::locked,
                        revoked(day(3), pinned("k1", "v1"), RevocationCause.KEY_DISABLED),
                        restored(day(6), pinned("k1", "v1"))),
                after(
                        "R21 a later restoration that names neither opens it",
                        KeyFacts.CAPACITY,
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .warns(REENABLE_REQUIRED),
                        revoked(day(3), unpinned("k1"), RevocationCause.ACCESS_REMOVED),
                        restored(day(6), "k1")),
                after(
                        "R21 one that is not later does not",
                        KeyFacts.CAPACITY,
                        EvictedFactsTest::locked,
                        revoked(day(3), unpinned("k1"), RevocationCause.ACCESS_REMOVED),
                        restored(day(3), "k1")),
                after(
                        "R20 evicted before the environment came to the key: failed, until a restoration names neither",
                        KeyFacts.CAPACITY,
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .lockedSince(day(1)),
                        revoked(day(0), unpinned("k1"), RevocationCause.ACCESS_REMOVED)));
    }

    @Test
    void aSetRemembersTheNewestTimeThatItEvicted() {
        Newest<Fact.Removal> full = removals(3, 2);

        assertThat(full.evicted()).isEmpty();
        assertThat(full.with(removal(1)).evicted()).contains(day(1));
        assertThat(full.with(removal(1)).with(removal(0)).evicted()).contains(day(1));
        assertThat(full.with(removal(4)).evicted()).contains(day(2));
        assertThat(full.with(removal(4)).with(removal(5)).evicted()).contains(day(3));
        assertThat(full.with(removal(3))).isSameAs(full);
        assertThat(full.with(removal(4)).with(removal(2))).isEqualTo(full.with(removal(4)));
    }

    @Test
    void aResetVoidsTheTimeThatWasEvicted() {
        Newest<Fact.Removal> grown = removals(3, 2).with(removal(4));

        assertThat(grown.after(day(1))).isEqualTo(grown);
        assertThat(grown.after(day(2)).evicted()).isEmpty();
        assertThat(grown.after(day(3)).facts()).containsExactly(removal(4));
    }

    private static Newest<Fact.Removal> removals(int... days) {
        Newest<Fact.Removal> removals = Newest.none(2);
        for (int day : days) {
            removals = removals.with(removal(day));
        }
        return removals;
    }

    private static Fact.Removal removal(int day) {
        return new Fact.Removal(new Stamp(day(day), new EventId("r" + day)), new PolicyId("p1"));
    }

    /// The sets of an environment remember it too, and a reset voids it with the facts that it voids.
    @Test
    void theSetsOfAnEnvironmentRememberItUntilAReset() {
        List<Event.OfEnvironment> events = new ArrayList<>();
        for (int i = 0; i <= EnvironmentFacts.CAPACITY; i++) {
            events.add(applied(day(i), "p" + i, "k1"));
            events.add(removed(day(i), "p" + i));
        }
        EnvironmentFacts facts = EnvironmentFacts.NONE;
        for (Event.OfEnvironment event : events) {
            facts = facts.with(event);
        }

        assertThat(facts.applications().evicted()).contains(day(0));
        assertThat(facts.removals().evicted()).contains(day(0));
        assertThat(facts.with(reset(day(5))).applications().evicted()).isEqualTo(Optional.empty());
    }
}
