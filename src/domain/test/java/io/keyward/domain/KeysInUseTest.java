package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reset;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Which keys and versions a watch has to ask about, by the rules that depend on them.
class KeysInUseTest {
    private static final Instant TODAY = day(100);

    @TestFactory
    Stream<DynamicTest> keysInUse() {
        return Stream.of(
                row("R1 without a policy there is none", Set.of(), snapshot(day(1), Inventory.production())),
                row("R2 the key of the policy", Set.of(unpinned("k1")), applied(day(2), "p1", "k1")),
                row(
                        "R16 the version in force, once it is known",
                        Set.of(unpinned("k1"), pinned("k1", "v1")),
                        applied(day(2), "p1", "k1"),
                        rotated(day(1), "k1", "v1")),
                row(
                        "R17 a version superseded less than 28 days ago",
                        Set.of(unpinned("k1"), pinned("k1", "v1"), pinned("k1", "v2")),
                        applied(day(2), "p1", "k1"),
                        rotated(justAfter28DaysAgo(), "k1", "v1", "v2")),
                row(
                        "R17 from that day on it may be disabled",
                        Set.of(unpinned("k1"), pinned("k1", "v2")),
                        applied(day(2), "p1", "k1"),
                        rotated(day(72), "k1", "v1", "v2")),
                row(
                        "R17 nor does a version count that was superseded before the environment came to the key",
                        Set.of(unpinned("k1"), pinned("k1", "v2")),
                        rotated(day(90), "k1", "v1", "v2"),
                        applied(day(95), "p1", "k1")),
                row(
                        "R17 a version disabled early counts as long as it is the reason of a lock",
                        Set.of(unpinned("k1"), pinned("k1", "v1"), pinned("k1", "v2")),
                        applied(day(2), "p1", "k1"),
                        rotated(day(10), "k1", "v1", "v2"),
                        revoked(day(20), "k1", "v1")),
                row(
                        "R21 and no longer",
                        Set.of(unpinned("k1"), pinned("k1", "v2")),
                        applied(day(2), "p1", "k1"),
                        rotated(day(10), "k1", "v1", "v2"),
                        revoked(day(20), "k1", "v1"),
                        restored(day(21), pinned("k1", "v1"))),
                row(
                        "R20 that the whole key is revoked adds no version while none is known",
                        Set.of(unpinned("k1")),
                        applied(day(2), "p1", "k1"),
                        revoked(day(20), "k1")),
                row(
                        "R19 the version that the data was under when the whole key was revoked, whatever came since",
                        Set.of(unpinned("k1"), pinned("k1", "v1"), pinned("k1", "v2")),
                        applied(day(2), "p1", "k1"),
                        rotated(day(1), "k1", "v1"),
                        revoked(day(20), "k1"),
                        rotated(day(30), "k1", "v2")),
                row(
                        "R18 a pinned version, and whatever is current",
                        Set.of(unpinned("k1"), pinned("k1", "v1")),
                        applied(day(2), "p1", pinned("k1", "v1")),
                        rotated(day(10), "k1", "v1", "v2")),
                row(
                        "R22 both keys of a swap that is blocked",
                        Set.of(unpinned("k1"), unpinned("k2"), pinned("k2", "v7")),
                        applied(day(2), "p1", "k1"),
                        revoked(day(3), "k1"),
                        applied(day(4), "p1", pinned("k2", "v7"))),
                row(
                        "R22 the former key for 30 days",
                        Set.of(unpinned("k1"), unpinned("k2")),
                        applied(day(2), "p1", "k1"),
                        applied(day(71), "p1", "k2")),
                row(
                        "R22 from that day on no more",
                        Set.of(unpinned("k2")),
                        applied(day(2), "p1", "k1"),
                        applied(day(70), "p1", "k2")),
                row(
                        "R9 the key of a policy that was removed, with the version that was in use then",
                        Set.of(unpinned("k1"), pinned("k1", "v1"), pinned("k1", "v2")),
                        applied(day(2), "p1", "k1"),
                        rotated(day(1), "k1", "v1"),
                        removed(day(90), "p1"),
                        rotated(day(91), "k1", "v2")),
                row(
                        "R9 for 30 days",
                        Set.of(),
                        applied(day(2), "p1", "k1"),
                        rotated(day(1), "k1", "v1"),
                        removed(day(70), "p1")),
                row("R24 none after a purge", Set.of(), applied(day(2), "p1", "k1"), purged(day(3))),
                row("R24 none after a reset", Set.of(), applied(day(2), "p1", "k1"), reset(day(3))));
    }

    @Test
    void aKeyTellsItsNewestVersionAndWhatIsOpenOfItsRevocations() {
        KeyFacts facts = KeyFacts.NONE
                .with(rotated(day(1), "k1", "v1"))
                .with(rotated(day(2), "k1", "v2"))
                .with(revoked(day(3), "k1", "v1"))
                .with(revoked(day(3), "k1", "v2"))
                .with(restored(day(4), pinned("k1", "v1")));
        assertThat(facts.newestVersion()).contains(Facts.version("v2"));
        assertThat(facts.openRevocations())
                .singleElement()
                .satisfies(open -> assertThat(open.version()).contains(Facts.version("v2")));
        assertThat(KeyFacts.NONE.newestVersion()).isEmpty();
    }

    private static Instant justAfter28DaysAgo() {
        return Facts.justAfter(TODAY.minus(VersionHistory.SUPERSEDED_KEPT));
    }

    private static DynamicTest row(String rule, Set<KeyReference> expected, Event... events) {
        return DynamicTest.dynamicTest(rule, () -> {
            EnvironmentFacts environment = EnvironmentFacts.NONE;
            Map<KeyId, KeyFacts> keys = new HashMap<>();
            for (Event event : events) {
                switch (event) {
                    case Event.OfEnvironment e -> environment = environment.with(e);
                    case Event.OfKey e ->
                        keys.put(
                                e.key(),
                                keys.getOrDefault(e.key(), KeyFacts.NONE).with(e));
                    case Event.TenantLimitChanged _, Event.TenantErased _, Event.TimeReached _ -> {}
                }
            }
            assertThat(KeysInUse.of(environment, keys, TODAY)).isEqualTo(expected);
        });
    }
}
