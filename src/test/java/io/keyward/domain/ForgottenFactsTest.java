package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.Rows.given;
import static io.keyward.domain.Rows.row;
import static io.keyward.domain.WarningCode.KEY_REVOKED;
import static io.keyward.domain.WarningCode.REENABLE_REQUIRED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What a bounded set lets go leaves the newest of its times behind, and a revocation that is let go is never lost
/// (domain, section 4).
class ForgottenFactsTest {
    private static final List<Event> APPLIED = List.of(
            snapshot(day(0), production()), applied(day(1), "p1", "k1"), rotated(day(1), "k1", "v0", "v1"));

    /// That many revocations of a version that is not in use, from the fourth day on, a minute apart.
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
    Stream<DynamicTest> revocationsLetGo() {
        return Stream.of(
                after(
                        "R20 as many revocations as are remembered push no other one out",
                        KeyFacts.CAPACITY - 1,
                        ForgottenFactsTest::locked,
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
                        ForgottenFactsTest::locked,
                        revoked(day(3), pinned("k1", "v1"), RevocationCause.KEY_DISABLED)),
                after(
                        "R21 a restoration that names a cause does not open it",
                        KeyFacts.CAPACITY,
                        ForgottenFactsTest::locked,
                        revoked(day(3), unpinned("k1"), RevocationCause.UNKNOWN),
                        restored(day(6), unpinned("k1"), RevocationCause.UNKNOWN)),
                after(
                        "R21 a restoration that names a version does not open it",
                        KeyFacts.CAPACITY,
                        ForgottenFactsTest::locked,
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
                        "R21 one that is no later does not",
                        KeyFacts.CAPACITY,
                        ForgottenFactsTest::locked,
                        revoked(day(3), unpinned("k1"), RevocationCause.ACCESS_REMOVED),
                        restored(day(3), "k1")),
                after(
                        "R20 let go before the environment came to the key: failed, until a restoration names neither",
                        KeyFacts.CAPACITY,
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .lockedSince(day(1)),
                        revoked(day(0), unpinned("k1"), RevocationCause.ACCESS_REMOVED)));
    }
}
