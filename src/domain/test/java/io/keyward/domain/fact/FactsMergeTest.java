package io.keyward.domain.fact;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.expiring;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.key;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.reset;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.rotatedUntil;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.stamp;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Facts.version;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Facts;
import io.keyward.domain.Report;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.PolicyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// docs/domain.md, "Facts": facts merge in any order, duplicates change nothing, and what is kept is bounded.
class FactsMergeTest {
    private static EnvironmentFacts environment(List<? extends Event> events) {
        EnvironmentFacts facts = EnvironmentFacts.NONE;
        for (Event event : events) {
            facts = facts.with((Event.OfEnvironment) event);
        }
        return facts;
    }

    private static KeyFacts key1(List<? extends Event> events) {
        KeyFacts facts = KeyFacts.NONE;
        for (Event event : events) {
            facts = facts.with((Event.OfKey) event);
        }
        return facts;
    }

    private static List<Event> shuffled(List<? extends Event> events, long seed) {
        List<Event> twice = new ArrayList<>(events);
        twice.addAll(events);
        Collections.shuffle(twice, new Random(seed));
        return twice;
    }

    @Test
    void aRegisterHoldsTheValueStatedLatest() {
        Register<String> early = new Register<>(stamp(day(1), "z"), "early");
        Register<String> late = new Register<>(stamp(day(2), "a"), "late");

        assertThat(Register.latest(Optional.empty(), early)).isEqualTo(early);
        assertThat(Register.latest(Optional.of(early), late)).isEqualTo(late);
        assertThat(Register.latest(Optional.of(late), early)).isEqualTo(late);
    }

    @Test
    void atOneTimeTheGreaterEventIdWins() {
        Register<String> a = new Register<>(stamp(day(1), "a"), "z");
        Register<String> b = new Register<>(stamp(day(1), "b"), "y");

        assertThat(Register.latest(Optional.of(a), b)).isEqualTo(b);
        assertThat(Register.latest(Optional.of(b), a)).isEqualTo(b);
    }

    @Test
    void anEventIdUsedTwiceStillGivesOneAnswer() {
        Register<String> one = new Register<>(stamp(day(1), "a"), "one");
        Register<String> two = new Register<>(stamp(day(1), "a"), "two");

        assertThat(Register.latest(Optional.of(one), two)).isEqualTo(two);
        assertThat(Register.latest(Optional.of(two), one)).isEqualTo(two);
    }

    @Test
    void anEnvironmentsFactsMergeInAnyOrder() {
        List<Event> events = List.of(
                snapshot(day(3), production().nonOAuthConnections(1)),
                snapshot(day(4), production()),
                snapshot(day(6), production().runtimeDisabled()),
                applied(day(2), "p1", "k1"),
                applied(day(4), "p1", "k1"),
                removed(day(4), "p1"),
                removed(day(5), "p1"),
                applied(day(5), "p1", "k1"),
                removed(day(7), "p2"),
                applied(day(8), "p2", "k2"),
                reset(day(5)),
                purged(day(1)),
                purged(day(3)));
        EnvironmentFacts expected = environment(events);
        for (int seed = 0; seed < 50; seed++) {
            assertThat(environment(shuffled(events, seed))).as("seed %s", seed).isEqualTo(expected);
        }
        assertThat(expected.purgedAt()).contains(day(3));
        assertThat(expected.resetAt()).contains(day(5));
        assertThat(expected.runtimeEnabledAt()).contains(day(4));
        assertThat(expected.snapshot().orElseThrow().stamp().occurredAt()).isEqualTo(day(6));
        assertThat(expected.applications().facts()).extracting(Fact::at).containsExactly(day(8));
        assertThat(expected.removals().facts()).extracting(Fact::at).containsExactly(day(7));
        assertThat(expected.keys()).containsExactly(key("k2"));
        assertThat(expected.latest()).isEqualTo(day(8));
    }

    /// The tests of this class compare facts.
    @Test
    void factsOfAKeyThatDifferInAnythingAreNotEqual() {
        List<Event> events = List.of(
                rotated(day(1), "k1", "v1"),
                revoked(day(2), "k1"),
                restored(day(3), "k1"),
                expiring(day(4), "k1", "v1", day(9)));
        KeyFacts all = key1(events);

        assertThat(key1(events)).isEqualTo(all).hasSameHashCodeAs(all);
        assertThat(all.hashCode()).isNotEqualTo(KeyFacts.NONE.hashCode());
        for (Event missing : events) {
            List<Event> others =
                    events.stream().filter(event -> !event.equals(missing)).toList();
            assertThat(key1(others)).as("without %s", missing).isNotEqualTo(all);
        }
    }

    @Test
    void theExpiryOfAVersionIsThatOfItsOwnAnnouncement() {
        KeyFacts facts = key1(List.of(expiring(day(1), "k1", "v1", day(8)), expiring(day(2), "k1", "v2", day(9))));

        assertThat(facts.expiryOf(version("v1")).map(Fact.Expiry::expiresAt)).contains(day(8));
        assertThat(facts.expiryOf(version("v2")).map(Fact.Expiry::expiresAt)).contains(day(9));
        assertThat(facts.expiryOf(version("v3"))).isEmpty();
    }

    @Test
    void anEnvironmentIsCalledAsItsSnapshotSays() {
        assertThat(environment(List.of()).displayName()).isEmpty();
        assertThat(environment(List.of(snapshot(day(1), production()))).displayName())
                .isEmpty();
        assertThat(environment(List.of(snapshot(day(1), production().named("Sales"))))
                        .displayName())
                .contains("Sales");
    }

    @Test
    void aPurgeVoidsWhateverCameNoLaterInAnyOrder() {
        List<Event> events = List.of(
                snapshot(day(3), production()),
                applied(day(2), "p1", "k1"),
                removed(day(4), "p1"),
                removed(day(6), "p1"),
                applied(day(6), "p1", "k1"),
                reset(day(6)),
                purged(day(6)));
        EnvironmentFacts expected = new EnvironmentFacts(
                Optional.empty(),
                Optional.of(day(6)),
                EnvironmentFacts.NONE.resets(),
                Optional.empty(),
                EnvironmentFacts.NONE.applications(),
                EnvironmentFacts.NONE.removals(),
                Set.of());
        for (int seed = 0; seed < 50; seed++) {
            assertThat(environment(shuffled(events, seed))).as("seed %s", seed).isEqualTo(expected);
        }
    }

    @Test
    void aPurgeLeavesWhateverCameLaterInAnyOrder() {
        List<Event> events = List.of(
                snapshot(day(7), production()),
                removed(day(9), "p1"),
                applied(day(8), "p1", "k1"),
                reset(justAfter(day(6))),
                purged(day(6)));
        for (int seed = 0; seed < 50; seed++) {
            EnvironmentFacts facts = environment(shuffled(events, seed));
            assertThat(facts.snapshot()).isPresent();
            assertThat(facts.resetAt()).contains(justAfter(day(6)));
            assertThat(facts.runtimeEnabledAt()).contains(day(7));
            assertThat(facts.applications().facts()).hasSize(1);
            assertThat(facts.removals().facts()).hasSize(1);
        }
    }

    @Test
    void aKeysFactsMergeInAnyOrder() {
        List<Event> events = List.of(
                rotated(day(1), "k1", "v1"),
                rotated(day(2), "k1", "v1", "v2"),
                revoked(day(3), "k1"),
                as("second", revoked(day(3), "k1")),
                restored(day(4), unpinned("k1")),
                expiring(day(2), "k1", "v2", day(90)),
                expiring(day(5), "k1", "v2", day(80)),
                expiring(day(3), "k1", "v3", day(70)));
        KeyFacts expected = key1(events);
        for (int seed = 0; seed < 50; seed++) {
            assertThat(key1(shuffled(events, seed))).as("seed %s", seed).isEqualTo(expected);
        }
        assertThat(expected.rotations().facts()).hasSize(2);
        assertThat(expected.revocations().facts()).hasSize(2);
        assertThat(expected.restorations().facts()).hasSize(1);
        assertThat(expiryOf(expected, "v2")).contains(day(80));
        assertThat(expiryOf(expected, "v3")).contains(day(70));
        assertThat(expiryOf(expected, "v1")).isEmpty();
        assertThat(expected.latest()).isEqualTo(day(5));
    }

    @Test
    void theTimeOfAKeysFactsIsTheLatestOfAnyKind() {
        Event[] last = {
            rotated(day(9), "k1", "v1"),
            revoked(day(9), "k1"),
            restored(day(9), "k1"),
            expiring(day(9), "k1", "v1", day(99))
        };
        for (Event event : last) {
            assertThat(key1(List.of(revoked(day(1), "k1"), event)).latest())
                    .as(event.type())
                    .isEqualTo(day(9));
        }
        assertThat(KeyFacts.NONE.latest()).isEqualTo(Instant.MIN);
    }

    @Test
    void theTimeOfAnEnvironmentsFactsIsTheLatestOfAnyKind() {
        Event[] last = {
            snapshot(day(9), production()),
            applied(day(9), "p1", "k1"),
            removed(day(9), "p1"),
            purged(day(9)),
            reset(day(9))
        };
        for (Event event : last) {
            assertThat(environment(List.of(snapshot(day(1), production()), event))
                            .latest())
                    .as(event.type())
                    .isEqualTo(day(9));
        }
        assertThat(environment(List.of(snapshot(day(4), production()), reset(day(9)), purged(day(12))))
                        .latest())
                .isEqualTo(day(12));
        assertThat(EnvironmentFacts.NONE.latest()).isEqualTo(Instant.MIN);
    }

    @Test
    void theKeysOfAnEnvironmentAreThoseOfItsApplicationsOldestFirst() {
        assertThat(EnvironmentFacts.NONE.keys()).isEmpty();
        assertThat(environment(List.of(applied(day(1), "p1", "k2"), applied(day(2), "p2", "k2")))
                        .keys())
                .containsExactly(key("k2"));
        assertThat(environment(List.of(
                                applied(day(1), "p1", "k2"),
                                applied(day(2), "p1", "k1"),
                                applied(day(3), "p1", "k2"),
                                applied(day(4), "p1", "k3")))
                        .keys())
                .containsExactly(key("k2"), key("k1"), key("k3"));
    }

    @Test
    void nothingNewLeavesTheFactsEqual() {
        EnvironmentFacts facts =
                environment(List.of(purged(day(2)), snapshot(day(3), production()), applied(day(4), "p1", "k1")));
        for (Event event : List.of(
                purged(day(2)),
                purged(day(1)),
                snapshot(day(2), production()),
                snapshot(day(3), production()),
                applied(day(2), "p2", "k1"),
                applied(day(4), "p1", "k1"),
                removed(day(1), "p1"),
                reset(day(2)))) {
            assertThat(facts.with((Event.OfEnvironment) event)).isEqualTo(facts);
        }
    }

    @Test
    void onlyReportsAreKnownUntilThereIsASnapshotOrAnApplicationOrAPurge() {
        Event report = reported(day(2), Report.of(Component.DATAVERSE));
        assertThat(EnvironmentFacts.NONE.onlyReported()).isFalse();
        assertThat(environment(List.of(report)).onlyReported()).isTrue();
        assertThat(environment(List.of(report, removed(day(1), "p1"))).onlyReported())
                .isTrue();
        assertThat(environment(List.of(report, snapshot(day(1), production()))).onlyReported())
                .isFalse();
        assertThat(environment(List.of(report, applied(day(1), "p1", "k1"))).onlyReported())
                .isFalse();
        assertThat(environment(List.of(report, purged(day(3)))).onlyReported()).isFalse();
    }

    @Test
    void thereIsSomethingToDecideOnceThereIsASnapshotOrAnApplication() {
        assertThat(EnvironmentFacts.NONE.decidable()).isFalse();
        assertThat(environment(List.of(removed(day(1), "p1"))).decidable()).isFalse();
        assertThat(environment(List.of(snapshot(day(1), production()))).decidable())
                .isTrue();
        assertThat(environment(List.of(applied(day(1), "p1", "k1"))).decidable())
                .isTrue();
        assertThat(environment(List.of(applied(day(1), "p1", "k1"), purged(day(1))))
                        .decidable())
                .isFalse();
    }

    @Test
    void theNewestThirtyTwoApplicationsAndRemovalsAreKept() {
        List<Event> events = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> {
            events.add(applied(day(i), "p" + i, "k" + i));
            events.add(removed(day(i), "p" + i));
        });
        for (int seed = 0; seed < 20; seed++) {
            EnvironmentFacts facts = environment(shuffled(events, seed));
            assertThat(facts.applications().facts())
                    .as("seed %s", seed)
                    .extracting(Fact::at)
                    .containsExactlyElementsOf(days(8, 40));
            assertThat(facts.removals().facts()).extracting(Fact::at).containsExactlyElementsOf(days(8, 40));
        }
    }

    @Test
    void theNewestSixtyFourFactsOfAKeyAreKept() {
        List<Event> events = new ArrayList<>();
        IntStream.range(0, 70).forEach(i -> {
            events.add(rotated(day(i), "k1", "v" + i));
            events.add(revoked(day(i), pinned("k1", "v" + i), RevocationCause.OTHER));
            events.add(restored(day(i), pinned("k1", "v" + i)));
            events.add(expiring(day(i), "k1", "v" + i, day(100 + i)));
        });
        for (int seed = 0; seed < 20; seed++) {
            KeyFacts facts = key1(shuffled(events, seed));
            for (Newest<? extends Fact> kept :
                    List.of(facts.rotations(), facts.revocations(), facts.restorations(), facts.expiries())) {
                assertThat(kept.facts())
                        .as("seed %s", seed)
                        .extracting(Fact::at)
                        .containsExactlyElementsOf(days(6, 70));
            }
        }
    }

    @Test
    void anExpiryIsKnownByAnAnnouncementOrByTheRotation() {
        List<Event> events = List.of(
                rotatedUntil(day(3), "k1", "v1", day(90)),
                expiring(day(2), "k1", "v1", day(20)),
                rotatedUntil(day(2), "k1", "v2", day(90)),
                expiring(day(3), "k1", "v2", day(80)),
                rotated(day(4), "k1", "v2"));
        for (int seed = 0; seed < 50; seed++) {
            KeyFacts facts = key1(shuffled(events, seed));
            assertThat(expiryOf(facts, "v1")).as("seed %s", seed).contains(day(90));
            assertThat(expiryOf(facts, "v2")).as("seed %s", seed).contains(day(80));
        }
    }

    @Test
    void ofTwoExpiriesStatedAtOneTimeTheEarlierDateWins() {
        List<Event> events = List.of(
                as("b", expiring(day(2), "k1", "v1", day(20))),
                as("a", expiring(day(2), "k1", "v1", day(20))),
                as("z", rotatedUntil(day(2), "k1", "v1", day(90))));
        for (int seed = 0; seed < 50; seed++) {
            assertThat(key1(shuffled(events, seed)).expiries().facts())
                    .as("seed %s", seed)
                    .containsExactly(new Fact.Expiry(stamp(day(2), "b"), version("v1"), day(20)));
        }
    }

    /// Which versions are evicted does not depend on the order either, although an earlier date replaces a later
    /// one.
    @Test
    void expiriesStatedAtOneTimeMergeInAnyOrderWhenTheSetIsFull() {
        List<Event> events = new ArrayList<>();
        IntStream.range(0, KeyFacts.CAPACITY + 2).forEach(i -> {
            events.add(as("m", expiring(day(5), "k1", "v" + i, day(100 + i))));
            events.add(as("z", expiring(day(5), "k1", "v" + i, day(300 - i))));
        });
        events.add(as("a", expiring(day(5), "k1", "v3", day(50))));
        KeyFacts expected = key1(events);

        assertThat(expected.expiries().facts()).hasSize(KeyFacts.CAPACITY);
        assertThat(expiryOf(expected, "v3")).contains(day(50));
        for (int seed = 0; seed < 20; seed++) {
            assertThat(key1(shuffled(events, seed))).as("seed %s", seed).isEqualTo(expected);
        }
    }

    @Test
    void anExpiryAnnouncedAgainPushesNoOtherVersionOut() {
        List<Event> events = new ArrayList<>();
        IntStream.range(0, KeyFacts.CAPACITY).forEach(i -> events.add(expiring(day(i), "k1", "v" + i, day(100 + i))));
        events.add(expiring(justAfter(day(90)), "k1", "v5", day(300)));
        KeyFacts expected = key1(events);

        assertThat(expected.expiries().facts()).hasSize(KeyFacts.CAPACITY);
        assertThat(expiryOf(expected, "v0")).contains(day(100));
        assertThat(expiryOf(expected, "v5")).contains(day(300));
        for (int seed = 0; seed < 20; seed++) {
            assertThat(key1(shuffled(events, seed))).as("seed %s", seed).isEqualTo(expected);
        }
    }

    @Test
    void whatIsOlderThanAFullSetIsEvicted() {
        Newest<Fact.Removal> full =
                Newest.<Fact.Removal>none(2).with(removal(day(3), "a")).with(removal(day(2), "b"));

        assertThat(full.facts()).extracting(Fact::at).containsExactly(day(2), day(3));
        assertThat(full.with(removal(day(1), "c")).facts()).isEqualTo(full.facts());
        assertThat(full.with(removal(day(3), "a"))).isSameAs(full);
        assertThat(full.with(removal(day(4), "d"))).extracting(Fact::at).containsExactly(day(3), day(4));
        assertThat(full.without(r -> r.at().equals(day(2))))
                .extracting(Fact::at)
                .containsExactly(day(3));
        assertThat(full.without(r -> false)).isSameAs(full);
        assertThat(full.isEmpty()).isFalse();
        assertThat(Newest.none(2).isEmpty()).isTrue();
    }

    private static Fact.Removal removal(Instant at, String id) {
        return new Fact.Removal(stamp(at, id), new PolicyId("p1"));
    }

    private static Optional<Instant> expiryOf(KeyFacts facts, String version) {
        return facts.expiries().facts().stream()
                .filter(expiry -> expiry.version().equals(version(version)))
                .map(Fact.Expiry::expiresAt)
                .findFirst();
    }

    private static List<Instant> days(int from, int to) {
        return IntStream.range(from, to).mapToObj(Facts::day).toList();
    }
}
