package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.expiring;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.decision.WarningCode.KEY_EXPIRING;
import static io.keyward.domain.decision.WarningCode.KEY_REVOKED;
import static io.keyward.domain.decision.WarningCode.REENABLE_REQUIRED;
import static io.keyward.domain.decision.WarningCode.RETAIN_KEY;
import static io.keyward.domain.decision.WarningCode.ROTATION_IGNORED_PINNED_VERSION;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.LOCKED;
import static io.keyward.domain.event.RevocationCause.KEY_EXPIRED;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R23: announced and actual expiry.
class ExpiryRulesTest {
    private static final List<Event> ON_V1 =
            List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"), rotated(day(3), "k1", "v1"));
    private static final List<Event> ON_UNKNOWN = List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"));
    private static final List<Event> PINNED =
            List.of(snapshot(day(1), production()), applied(day(2), "p1", pinned("k1", "v1")));

    private static DynamicTest row(String rule, List<Event> first, Consumer<Outcome> then, Event... events) {
        return RuleTable.row(rule, given(first, List.of(events)), then);
    }

    private static DynamicTest warningOnly(String rule, List<Event> first, Consumer<Outcome> then, Event... events) {
        return RuleTable.row(rule, given(first, List.of(events)).by(Profiles.EXPIRY_WARNS), then);
    }

    private static Event expired(int day, String version) {
        return revoked(day(day), pinned("k1", version), KEY_EXPIRED);
    }

    private static Event keyExpired(int day) {
        return revoked(day(day), unpinned("k1"), KEY_EXPIRED);
    }

    private static void clean(Outcome then) {
        then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED).warns(new WarningCode[0]);
    }

    private static void locked(Outcome then) {
        then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                .hasAllBut(LOCKED, Rule.R23, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES)
                .warns(KEY_REVOKED)
                .says(KEY_REVOKED, " expired on ")
                .lockedSince(day(5))
                .expectedToBeDeletedAt(day(35));
    }

    private static void recoverable(Outcome then) {
        then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING).notLocked().warns(REENABLE_REQUIRED);
    }

    @TestFactory
    Stream<DynamicTest> announced() {
        return Stream.of(
                row(
                        "R23 the version in force will expire: administrators are told the date",
                        ON_V1,
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .warns(KEY_EXPIRING)
                                .says(KEY_EXPIRING, "k1/v1", "2026-01-21 00:00 UTC", "is encrypted with it."),
                        expiring(day(4), "k1", "v1", day(20))),
                row(
                        "R23 announced before the version was in force: the same",
                        ON_UNKNOWN,
                        then -> then.warns(KEY_EXPIRING),
                        expiring(day(3), "k1", "v1", day(20)),
                        rotated(day(4), "k1", "v1")),
                row(
                        "R23 another version will expire: nothing",
                        ON_V1,
                        ExpiryRulesTest::clean,
                        expiring(day(4), "k1", "v0", day(20))),
                row(
                        "R23 while the version in force is not known, any announcement counts",
                        ON_UNKNOWN,
                        then -> then.warns(KEY_EXPIRING).says(KEY_EXPIRING, "2026-01-21 00:00 UTC", "is not known."),
                        expiring(day(4), "k1", "v1", day(20)),
                        expiring(day(5), "k1", "v2", day(30))),
                row(
                        "R23 a newer version clears it",
                        ON_V1,
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .warns(new WarningCode[0]),
                        expiring(day(4), "k1", "v1", day(20)),
                        rotated(day(5), "k1", "v2")),
                row(
                        "R23 a newer version does not help where the old one is pinned",
                        PINNED,
                        then -> then.warns(KEY_EXPIRING, ROTATION_IGNORED_PINNED_VERSION),
                        expiring(day(4), "k1", "v1", day(20)),
                        rotated(day(5), "k1", "v2")),
                row(
                        "R23 the latest announcement for a version holds",
                        ON_V1,
                        then -> then.says(KEY_EXPIRING, "2026-02-03 00:00 UTC"),
                        expiring(day(4), "k1", "v1", day(20)),
                        expiring(day(5), "k1", "v1", day(33))),
                row(
                        "R23 no policy, nothing to announce",
                        List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"), removed(day(3), "p1")),
                        then -> then.warns(RETAIN_KEY),
                        expiring(day(4), "k1", "v1", day(20))));
    }

    @TestFactory
    Stream<DynamicTest> expired() {
        return Stream.of(
                row("R23 the version in force expired: locked", ON_V1, ExpiryRulesTest::locked, expired(5, "v1")),
                row(
                        "R23 expired without naming a version: the one current then",
                        ON_V1,
                        ExpiryRulesTest::locked,
                        keyExpired(5)),
                row("R23 no version known: the one in use expired", ON_UNKNOWN, ExpiryRulesTest::locked, keyExpired(5)),
                row(
                        "R23 a version expired that may be the one in use: locked",
                        ON_UNKNOWN,
                        ExpiryRulesTest::locked,
                        expired(5, "v1")),
                row(
                        "R23 expired before the policy came: failed",
                        ON_UNKNOWN,
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .lockedSince(day(2)),
                        keyExpired(1)),
                row(
                        "R23 a newer version ends the lock",
                        ON_V1,
                        ExpiryRulesTest::recoverable,
                        expired(5, "v1"),
                        rotated(day(6), "k1", "v2"),
                        snapshot(day(6), production())),
                row(
                        "R23 enabled again after that: done",
                        ON_V1,
                        ExpiryRulesTest::clean,
                        expired(5, "v1"),
                        rotated(day(6), "k1", "v2"),
                        snapshot(justAfter(day(6)), production())),
                row(
                        "R23 a newer version ends the lock of an unnamed one, too",
                        ON_UNKNOWN,
                        ExpiryRulesTest::recoverable,
                        keyExpired(5),
                        rotated(day(6), "k1", "v2")),
                row(
                        "R23 expiry taken back ends the lock",
                        ON_V1,
                        ExpiryRulesTest::recoverable,
                        expired(5, "v1"),
                        restored(day(6), pinned("k1", "v1"))),
                row(
                        "R23 a swap ends the lock",
                        ON_V1,
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .key(unpinned("k2"))
                                .warns(RETAIN_KEY, REENABLE_REQUIRED),
                        expired(5, "v1"),
                        applied(day(6), "p2", "k2"),
                        snapshot(day(6), production())),
                row(
                        "R23 expired at the very moment of the swap: it had to be enabled again",
                        ON_V1,
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .key(unpinned("k2")),
                        expired(5, "v1"),
                        applied(day(5), "p2", "k2")),
                row(
                        "R23 expired at the very moment of a rotation, without naming a version: the new one",
                        ON_V1,
                        ExpiryRulesTest::locked,
                        rotated(day(5), "k1", "v2"),
                        keyExpired(5)),
                row(
                        "R23 a swap ends it for good, whatever becomes of the former key",
                        ON_V1,
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING),
                        expired(5, "v1"),
                        rotated(day(6), "k1", "v2"),
                        applied(day(7), "p2", "k2"),
                        rotated(day(8), "k1", "v1")),
                row(
                        "R23 a superseded version expired: nothing",
                        ON_V1,
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .warns(new WarningCode[0]),
                        rotated(day(4), "k1", "v2"),
                        expired(5, "v1")),
                row(
                        "R23 superseded at the very moment it expired: nothing",
                        ON_V1,
                        ExpiryRulesTest::clean,
                        rotated(day(5), "k1", "v2"),
                        expired(5, "v1")),
                row(
                        "R23 the pinned version expired: locked, and a newer version does not help",
                        PINNED,
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .has(LOCKED, Rule.R23, DATAVERSE)
                                .lockedSince(day(5)),
                        expired(5, "v1"),
                        rotated(day(6), "k1", "v2")),
                row(
                        "R23 a policy with a newer version ends it",
                        PINNED,
                        ExpiryRulesTest::recoverable,
                        expired(5, "v1"),
                        applied(day(6), "p1", pinned("k1", "v2")),
                        snapshot(day(6), production())),
                row(
                        "R23 the version current then expired, another one is pinned: nothing",
                        PINNED,
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .warns(ROTATION_IGNORED_PINNED_VERSION),
                        rotated(day(4), "k1", "v2"),
                        keyExpired(5)),
                row(
                        "R23 a key whose current version is not known expired: the pinned one may be it",
                        PINNED,
                        ExpiryRulesTest::locked,
                        keyExpired(5)),
                row(
                        "R23 in force again after it expired: locked again",
                        ON_V1,
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING),
                        expired(5, "v1"),
                        rotated(day(6), "k1", "v2"),
                        rotated(day(8), "k1", "v1")),
                row(
                        "R23 revoked for another cause besides: the plain reason is given",
                        ON_V1,
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .has(LOCKED, Rule.R20, DATAVERSE)
                                .says(KEY_REVOKED, " was disabled on ", " expired on ")
                                .lockedSince(day(5)),
                        expired(5, "v1"),
                        revoked(day(6), "k1")));
    }

    @TestFactory
    Stream<DynamicTest> expiryThatWarns() {
        return Stream.of(
                warningOnly(
                        "R23 a profile that only warns: not locked",
                        ON_V1,
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .notLocked()
                                .warns(WarningCode.KEY_EXPIRED)
                                .says(
                                        WarningCode.KEY_EXPIRED,
                                        "k1/v1 of environment e1 expired on 2026-01-06 00:00 UTC."),
                        expired(5, "v1")),
                warningOnly(
                        "R23 expired without naming a version: the one in force",
                        ON_V1,
                        then -> then.says(
                                WarningCode.KEY_EXPIRED,
                                "k1/v1 of environment e1 expired on ",
                                "is encrypted with it."),
                        keyExpired(5)),
                warningOnly(
                        "R23 no version known: the key expired",
                        ON_UNKNOWN,
                        then -> then.says(
                                WarningCode.KEY_EXPIRED,
                                "keys/k1 of environment e1 expired on ",
                                "is encrypted with it."),
                        keyExpired(5)),
                warningOnly(
                        "R23 a version expired that may be the one in use: that is told",
                        ON_UNKNOWN,
                        then -> then.says(WarningCode.KEY_EXPIRED, "k1/v1 of environment e1 expired on ", "not known."),
                        expired(5, "v1")),
                warningOnly(
                        "R23 told as expired after its date: the date holds",
                        ON_V1,
                        then -> then.warns(WarningCode.KEY_EXPIRED)
                                .says(WarningCode.KEY_EXPIRED, "expired on 2026-01-05 00:00 UTC"),
                        expiring(day(3), "k1", "v1", day(4)),
                        expired(5, "v1")),
                warningOnly(
                        "R23 a newer version clears that warning, and nothing has to be enabled again",
                        ON_V1,
                        ExpiryRulesTest::clean,
                        expired(5, "v1"),
                        rotated(day(6), "k1", "v2")),
                warningOnly(
                        "R23 a superseded version expired: no warning",
                        ON_V1,
                        then -> then.warns(new WarningCode[0]),
                        rotated(day(4), "k1", "v2"),
                        expired(5, "v1")),
                warningOnly(
                        "R23 any other cause locks under this profile, too",
                        ON_V1,
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .warns(KEY_REVOKED, WarningCode.KEY_EXPIRED)
                                .says(KEY_REVOKED, " was disabled on "),
                        expired(5, "v1"),
                        revoked(day(6), "k1")));
    }
}
