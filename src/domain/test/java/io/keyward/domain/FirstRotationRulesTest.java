package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.justBefore;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.Outcome.keep;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.decision.WarningCode.KEY_REVOKED;
import static io.keyward.domain.decision.WarningCode.KEY_VERSION_DISABLED_EARLY;
import static io.keyward.domain.decision.WarningCode.PREVIOUS_KEY_UNAVAILABLE;
import static io.keyward.domain.decision.WarningCode.REENABLE_REQUIRED;
import static io.keyward.domain.decision.WarningCode.RESTORE_AT_RISK;
import static io.keyward.domain.decision.WarningCode.RETAIN_KEY;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.LOCKED;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Event;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R17 and R19 if a key's rotations are not known from the start: what its first known rotation means for a
/// version that was revoked before. The key watch publishes such a rotation when it first sees a key.
class FirstRotationRulesTest {
    private static final List<Event> APPLIED = List.of(snapshot(day(0), production()), applied(day(1), "p1", "k1"));

    private static DynamicTest following(String rule, Consumer<Outcome> then, Event... events) {
        return row(rule, given(APPLIED, List.of(events)), then);
    }

    private static void usable(Outcome then) {
        then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED).notLocked();
    }

    private static void locked(Outcome then, PolicyStatus status, Rule reason) {
        then.is(EncryptionState.LOCKED, status).hasAllBut(LOCKED, reason, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES);
    }

    @TestFactory
    Stream<DynamicTest> whatTheFirstRotationNamesAsNewWasInUseBefore() {
        return Stream.of(
                following(
                        "R22 the first notice of a rotation does not unblock a swap",
                        then -> {
                            locked(then, PolicyStatus.FAILED, Rule.R22);
                            then.key(pinned("k1", "v1"))
                                    .lockedSince(day(5))
                                    .warns(KEY_REVOKED, PREVIOUS_KEY_UNAVAILABLE)
                                    .retainsNothing();
                        },
                        revoked(day(5), "k1", "v1"),
                        applied(day(6), "p2", "k2"),
                        rotated(day(7), "k1", "v1")),
                following(
                        "R9 the first notice of a rotation does not unblock a removal",
                        then -> {
                            locked(then, PolicyStatus.FAILED, Rule.R9);
                            then.suppressedSince(day(1), Rule.R14).warns(KEY_REVOKED, PREVIOUS_KEY_UNAVAILABLE);
                        },
                        revoked(day(5), "k1", "v1"),
                        removed(day(6), "p1"),
                        rotated(day(7), "k1", "v1")),
                following(
                        "R21 a lock that ended before the first notice of a rotation was a lock",
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .warns(REENABLE_REQUIRED),
                        revoked(day(5), "k1", "v1"),
                        restored(day(6), pinned("k1", "v1")),
                        rotated(day(7), "k1", "v1")),
                following(
                        "R9 a revoked version is at risk whenever the first notice of a rotation came",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .warns(RETAIN_KEY, RESTORE_AT_RISK),
                        removed(day(5), "p1"),
                        revoked(day(6), "k1", "v1"),
                        rotated(day(7), "k1", "v1")),
                following(
                        "R9 also when it is revoked after that notice",
                        then -> then.warns(RETAIN_KEY, RESTORE_AT_RISK),
                        removed(day(5), "p1"),
                        rotated(day(7), "k1", "v1"),
                        revoked(day(8), "k1", "v1")),
                following(
                        "R9 not when that notice names the version before it",
                        then -> then.warns(RETAIN_KEY),
                        removed(day(5), "p1"),
                        rotated(day(7), "k1", "v0", "v1"),
                        revoked(day(8), "k1", "v1")),
                following(
                        "R20 the first notice of a rotation moves no lock",
                        then -> {
                            locked(then, PolicyStatus.WARNING, Rule.R20);
                            then.lockedSince(day(5));
                        },
                        revoked(day(5), "k1", "v1"),
                        rotated(day(7), "k1", "v1")),
                following(
                        "R22 nor does one that names the version before it",
                        then -> locked(then, PolicyStatus.FAILED, Rule.R22),
                        revoked(day(5), "k1", "v2"),
                        applied(day(6), "p2", "k2"),
                        rotated(day(7), "k1", "v1", "v2")),
                following(
                        "R22 nor one that names for the first time what was revoked after the first rotation",
                        then -> locked(then, PolicyStatus.FAILED, Rule.R22),
                        rotated(day(3), "k1", "v1"),
                        revoked(day(5), "k1", "v2"),
                        applied(day(6), "p2", "k2"),
                        rotated(day(7), "k1", "v2")));
    }

    @TestFactory
    Stream<DynamicTest> versionsNeverKnownAsCurrent() {
        return Stream.of(
                following(
                        "R19 revoked before the first rotation, whatever that names, it stays the one in use",
                        then -> {
                            locked(then, PolicyStatus.WARNING, Rule.R19);
                            then.warns(KEY_REVOKED).lockedSince(day(5));
                        },
                        revoked(day(5), "k1", "v7"),
                        rotated(day(10), "k1", "v1", "v2")),
                following(
                        "R17 revoked after a first rotation that names no previous one: superseded there, too early",
                        then -> {
                            locked(then, PolicyStatus.WARNING, Rule.R17);
                            then.warns(KEY_VERSION_DISABLED_EARLY)
                                    .lockedSince(day(20))
                                    .key(pinned("k1", "v9"));
                        },
                        revoked(day(20), "k1", "v1"),
                        rotated(day(4), "k1", "v9")),
                following(
                        "R17 just before 28 days are over it still is",
                        then -> locked(then, PolicyStatus.WARNING, Rule.R17),
                        rotated(day(4), "k1", "v9"),
                        revoked(justBefore(day(32)), "k1", "v1")),
                following(
                        "R17 from the 28th day on it has no effect",
                        FirstRotationRulesTest::usable,
                        rotated(day(4), "k1", "v9"),
                        revoked(day(32), "k1", "v1")),
                following(
                        "R17 an earlier rotation may show that it had been superseded for 28 days",
                        FirstRotationRulesTest::usable,
                        revoked(day(40), "k1", "v1"),
                        rotated(day(4), "k1", "v9")),
                following(
                        "R17 superseded before the environment came to the key: no effect",
                        FirstRotationRulesTest::usable,
                        rotated(justBefore(day(1)), "k1", "v9"),
                        revoked(day(20), "k1", "v1")),
                following(
                        "R17 after a first rotation that names the previous one it is none of ours",
                        then -> {
                            usable(then);
                            then.retains(keep(pinned("k1", "v8"), day(32)));
                        },
                        rotated(day(4), "k1", "v8", "v9"),
                        revoked(day(20), "k1", "v1")),
                following(
                        "R9 revoked early under a version never known, a removal is blocked",
                        then -> locked(then, PolicyStatus.FAILED, Rule.R9),
                        rotated(day(4), "k1", "v9"),
                        revoked(day(20), "k1", "v1"),
                        removed(day(21), "p1")));
    }
}
