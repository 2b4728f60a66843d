package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.justBefore;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.Outcome.keep;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.decision.WarningCode.KEY_REVOKED;
import static io.keyward.domain.decision.WarningCode.KEY_VERSION_DISABLED_EARLY;
import static io.keyward.domain.decision.WarningCode.PREVIOUS_KEY_UNAVAILABLE;
import static io.keyward.domain.decision.WarningCode.REENABLE_REQUIRED;
import static io.keyward.domain.decision.WarningCode.ROTATION_IGNORED_PINNED_VERSION;
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.LOCKED;

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

/// R16 to R19: versions of a key, in force, superseded, pinned and revoked.
class RotationRulesTest {
    private static final List<Event> APPLIED = List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"));
    private static final List<Event> PINNED =
            List.of(snapshot(day(1), production()), applied(day(2), "p1", pinned("k1", "v1")));

    private static DynamicTest following(String rule, Consumer<Outcome> then, Event... events) {
        return row(rule, given(APPLIED, List.of(events)), then);
    }

    private static DynamicTest pinnedToV1(String rule, Consumer<Outcome> then, Event... events) {
        return row(rule, given(PINNED, List.of(events)), then);
    }

    private static void usable(Outcome then) {
        then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED).notLocked();
    }

    private static void lockedBy(Outcome then, Rule rule, WarningCode... warnings) {
        then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                .hasAllBut(LOCKED, rule, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES)
                .by(rule)
                .warns(warnings);
    }

    @TestFactory
    Stream<DynamicTest> rotation() {
        return Stream.of(
                following(
                        "R16 no rotation known: no version is claimed",
                        then -> then.key(unpinned("k1")).notBy(Rule.R16)),
                following(
                        "R16 a rotation brings the new version, and nothing else",
                        then -> {
                            usable(then);
                            then.key(pinned("k1", "v1")).retainsNothing().by(Rule.R16);
                        },
                        rotated(day(3), "k1", "v1")),
                following(
                        "R16 the newest rotation counts, whatever arrives later",
                        then -> then.key(pinned("k1", "v2")),
                        rotated(day(4), "k1", "v2"),
                        rotated(day(3), "k1", "v1")),
                following(
                        "R16 of two rotations at one time the greater event id counts",
                        then -> then.key(pinned("k1", "v1")),
                        as("b", rotated(day(4), "k1", "v1")),
                        as("a", rotated(day(4), "k1", "v2"))),
                following(
                        "R16 a rotation before the policy counts, too",
                        then -> then.key(pinned("k1", "v1")).retainsNothing(),
                        rotated(day(1), "k1", "v1")),
                following(
                        "R16 a rotation of another key is nothing",
                        then -> then.key(unpinned("k1")),
                        rotated(day(3), "k2", "v1")));
    }

    @TestFactory
    Stream<DynamicTest> superseded() {
        return Stream.of(
                following(
                        "R17 a superseded version must stay enabled for 28 days",
                        then -> {
                            usable(then);
                            then.key(pinned("k1", "v2")).retains(keep(pinned("k1", "v1"), day(38)));
                        },
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2")),
                following(
                        "R17 just before 28 days are over it is still listed",
                        then -> then.retains(keep(pinned("k1", "v1"), day(38))),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        snapshot(justBefore(day(38)), production())),
                following(
                        "R17 after exactly 28 days it is listed no more",
                        then -> then.retainsNothing().notBy(Rule.R17),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        snapshot(day(38), production())),
                following(
                        "R17 revoked just before 28 days are over: disabled early, locked",
                        then -> {
                            lockedBy(then, Rule.R17, KEY_VERSION_DISABLED_EARLY);
                            then.lockedSince(justBefore(day(38)));
                        },
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        revoked(justBefore(day(38)), "k1", "v1")),
                following(
                        "R17 revoked after exactly 28 days: no effect",
                        RotationRulesTest::usable,
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        revoked(day(38), "k1", "v1")),
                following(
                        "R17 revoked at the very moment it was superseded: disabled early",
                        then -> lockedBy(then, Rule.R17, KEY_VERSION_DISABLED_EARLY),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        revoked(day(10), "k1", "v1")),
                following(
                        "R17 disabled early and still so when 28 days are over: locked until it is usable",
                        then -> lockedBy(then, Rule.R17, KEY_VERSION_DISABLED_EARLY),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        revoked(day(20), "k1", "v1"),
                        snapshot(day(42), production())),
                following(
                        "R17 enabled again: to be re-enabled like after any lock",
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .warns(REENABLE_REQUIRED)
                                .retains(keep(pinned("k1", "v1"), day(38))),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        revoked(day(20), "k1", "v1"),
                        restored(day(21), pinned("k1", "v1"))),
                following(
                        "R17 a version superseded before the environment came has no effect",
                        then -> {
                            usable(then);
                            then.retainsNothing();
                        },
                        rotated(day(0), "k1", "v1"),
                        rotated(justBefore(day(2)), "k1", "v2"),
                        revoked(day(3), "k1", "v1")),
                following(
                        "R17 a version superseded at the very moment the environment came counts",
                        then -> {
                            lockedBy(then, Rule.R17, KEY_VERSION_DISABLED_EARLY);
                            then.retains(keep(pinned("k1", "v1"), day(30)));
                        },
                        rotated(day(0), "k1", "v1"),
                        rotated(day(2), "k1", "v2"),
                        revoked(day(3), "k1", "v1")),
                following(
                        "R17 a version never known as current has no effect when the first rotation names another one",
                        RotationRulesTest::usable,
                        rotated(day(3), "k1", "v0", "v1"),
                        revoked(day(4), "k1", "v9")),
                following(
                        "R17 a rotation's previous version is known to have been current until then",
                        then -> {
                            lockedBy(then, Rule.R17, KEY_VERSION_DISABLED_EARLY);
                            then.retains(keep(pinned("k1", "v1"), day(38)));
                        },
                        rotated(day(10), "k1", "v1", "v2"),
                        revoked(day(11), "k1", "v1")),
                following(
                        "R17 a second notice of a rotation that names the previous version makes it known",
                        then -> {
                            lockedBy(then, Rule.R17, KEY_VERSION_DISABLED_EARLY);
                            then.retains(keep(pinned("k1", "v1"), day(38)));
                        },
                        rotated(day(10), "k1", "v2"),
                        rotated(day(12), "k1", "v1", "v2"),
                        revoked(day(13), "k1", "v1")),
                following(
                        "R17 a second notice of a rotation does not make the version superseded later",
                        then -> then.key(pinned("k1", "v2")).retains(keep(pinned("k1", "v1"), day(38))),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v1", "v2"),
                        rotated(day(12), "k1", "v1", "v2")),
                following(
                        "R17 a previous version other than the known one was current, too",
                        then -> then.retains(keep(pinned("k1", "v1"), day(38)), keep(pinned("k1", "v0"), day(38))),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v0", "v2")),
                following(
                        "R17 a previous version that is known already was current since it became so",
                        RotationRulesTest::usable,
                        rotated(day(1), "k1", "v0"),
                        revoked(day(3), "k1", "v1"),
                        restored(day(4), pinned("k1", "v1")),
                        rotated(day(5), "k1", "v1"),
                        rotated(day(10), "k1", "v1", "v2")),
                following(
                        "R17 a version named as the previous one again is superseded again",
                        then -> then.retains(keep(pinned("k1", "v1"), day(48)), keep(pinned("k1", "v2"), day(48))),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        rotated(day(20), "k1", "v1", "v3")),
                following(
                        "R17 a rotation that names its own version as the previous one tells nothing of that",
                        then -> lockedBy(then, Rule.R19, KEY_REVOKED),
                        revoked(day(5), "k1", "v7"),
                        rotated(day(10), "k1", "v2", "v2")),
                following(
                        "R17 while no version is known to be current a revoked one counts as the one in use",
                        then -> lockedBy(then, Rule.R20, KEY_REVOKED),
                        revoked(day(5), "k1", "v7")),
                following(
                        "R17 a version in force again need not be listed",
                        then -> then.key(pinned("k1", "v1")).retains(keep(pinned("k1", "v2"), day(48))),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        rotated(day(20), "k1", "v1")),
                following(
                        "R17 a version superseded twice must be kept from the later time",
                        then -> then.key(pinned("k1", "v3"))
                                .retains(keep(pinned("k1", "v1"), day(53)), keep(pinned("k1", "v2"), day(48))),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        rotated(day(20), "k1", "v1"),
                        rotated(day(25), "k1", "v3")),
                following(
                        "R17 a key revoked besides gives both warnings",
                        then -> lockedBy(then, Rule.R20, KEY_REVOKED, KEY_VERSION_DISABLED_EARLY),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        revoked(day(20), "k1", "v1"),
                        revoked(day(21), "k1")));
    }

    @TestFactory
    Stream<DynamicTest> pinnedVersions() {
        return Stream.of(
                pinnedToV1("R18 the pinned version is in force before any rotation is known", then -> {
                    usable(then);
                    then.key(pinned("k1", "v1")).warns(new WarningCode[0]).notBy(Rule.R16);
                }),
                pinnedToV1(
                        "R18 a rotation changes nothing for a pinned version, but administrators are told",
                        then -> {
                            usable(then);
                            then.key(pinned("k1", "v1"))
                                    .retainsNothing()
                                    .warns(ROTATION_IGNORED_PINNED_VERSION)
                                    .says(ROTATION_IGNORED_PINNED_VERSION, "v1", "v2");
                        },
                        rotated(day(10), "k1", "v2")),
                pinnedToV1(
                        "R18 while a removal waits no policy is in force that pins a version",
                        then -> then.warns(KEY_REVOKED, PREVIOUS_KEY_UNAVAILABLE),
                        rotated(day(3), "k1", "v2"),
                        revoked(day(5), "k1"),
                        removed(day(6), "p1")),
                pinnedToV1(
                        "R18 while the newest version is the pinned one there is nothing to tell",
                        then -> then.warns(new WarningCode[0]),
                        rotated(day(10), "k1", "v1")),
                pinnedToV1(
                        "R18 a revocation of the pinned version locks",
                        then -> {
                            lockedBy(then, Rule.R20, KEY_REVOKED, ROTATION_IGNORED_PINNED_VERSION);
                            then.lockedSince(day(50));
                        },
                        rotated(day(10), "k1", "v2"),
                        revoked(day(50), "k1", "v1")),
                pinnedToV1(
                        "R18 a revocation of the whole key locks",
                        then -> lockedBy(then, Rule.R20, KEY_REVOKED),
                        revoked(day(11), "k1")),
                pinnedToV1(
                        "R18 a revocation of the key's newest version is nothing to a pinned one",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .warns(ROTATION_IGNORED_PINNED_VERSION),
                        rotated(day(10), "k1", "v2"),
                        revoked(day(11), "k1", "v2")),
                pinnedToV1(
                        "R18 pinning another version in one stay: the former one must stay enabled",
                        then -> {
                            usable(then);
                            then.key(pinned("k1", "v2"))
                                    .retains(keep(pinned("k1", "v1"), day(38)))
                                    .suppressedSince(day(2), Rule.R14);
                        },
                        applied(day(10), "p1", pinned("k1", "v2"))),
                pinnedToV1(
                        "R18 following rotation again: the newest version is in force",
                        then -> then.key(pinned("k1", "v2"))
                                .retains(keep(pinned("k1", "v1"), day(48)))
                                .warns(new WarningCode[0]),
                        rotated(day(10), "k1", "v2"),
                        applied(day(20), "p1", "k1")),
                following(
                        "R18 of two policies applied at one time only the greater event id pins",
                        then -> then.key(pinned("k1", "v2")).retainsNothing(),
                        as("a", applied(day(3), "p1", pinned("k1", "v1"))),
                        as("b", applied(day(3), "p1", pinned("k1", "v2")))),
                following(
                        "R18 versions that came after the policy pinned one were never in use",
                        then -> then.key(pinned("k1", "v1"))
                                .retainsNothing()
                                .notLocked()
                                .warns(ROTATION_IGNORED_PINNED_VERSION),
                        rotated(day(3), "k1", "v1"),
                        applied(day(10), "p1", pinned("k1", "v1")),
                        rotated(day(20), "k1", "v2"),
                        rotated(day(25), "k1", "v3"),
                        revoked(day(26), "k1", "v2")),
                following(
                        "R18 a version that came at the very moment the policy pinned one was never in use",
                        then -> then.key(pinned("k1", "v1")).retainsNothing(),
                        rotated(day(3), "k1", "v1"),
                        applied(day(10), "p1", pinned("k1", "v1")),
                        rotated(day(10), "k1", "v2")),
                following(
                        "R18 pinning the version in force supersedes nothing",
                        then -> then.key(pinned("k1", "v1")).retainsNothing(),
                        rotated(day(3), "k1", "v1"),
                        applied(day(10), "p1", pinned("k1", "v1"))));
    }

    @TestFactory
    Stream<DynamicTest> rotationWhileRevoked() {
        return Stream.of(
                following(
                        "R19 a rotation while the version in use is revoked: recorded, but still locked",
                        then -> {
                            lockedBy(then, Rule.R19, KEY_REVOKED);
                            then.lockedSince(day(5))
                                    .key(pinned("k1", "v2"))
                                    .has(LOCKED, Rule.R19, DATAVERSE, CLOUD_FLOWS);
                        },
                        rotated(day(3), "k1", "v1"),
                        revoked(day(5), "k1", "v1"),
                        rotated(day(10), "k1", "v2")),
                following(
                        "R19 revoked just before it was superseded: still the version in use",
                        then -> lockedBy(then, Rule.R19, KEY_REVOKED),
                        rotated(day(3), "k1", "v1"),
                        revoked(justBefore(day(10)), "k1", "v1"),
                        rotated(day(10), "k1", "v2")),
                following(
                        "R19 and stays so however long it takes",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .by(Rule.R19)
                                .warns("KEY_REVOKED", "DELETION_IMMINENT"),
                        rotated(day(3), "k1", "v1"),
                        revoked(day(5), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        snapshot(day(99), production())),
                following(
                        "R19 until the version that the data is under is usable again",
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .key(pinned("k1", "v2"))
                                .warns(REENABLE_REQUIRED),
                        rotated(day(3), "k1", "v1"),
                        revoked(day(5), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        restored(day(11), pinned("k1", "v1"))),
                following(
                        "R19 a revocation while no version was known stays relevant after a rotation",
                        then -> lockedBy(then, Rule.R19, KEY_REVOKED),
                        revoked(day(5), "k1", "v7"),
                        rotated(day(10), "k1", "v2")),
                following(
                        "R19 known as the previous version: the one in use then",
                        then -> lockedBy(then, Rule.R19, KEY_REVOKED),
                        revoked(day(5), "k1", "v1"),
                        rotated(day(10), "k1", "v1", "v2")),
                following(
                        "R19 the whole key revoked: the plain reason is given",
                        then -> lockedBy(then, Rule.R20, KEY_REVOKED),
                        rotated(day(3), "k1", "v1"),
                        revoked(day(5), "k1"),
                        rotated(day(10), "k1", "v2")),
                following(
                        "R19 a version revoked and usable again before it became current was no lock",
                        RotationRulesTest::usable,
                        rotated(day(3), "k1", "v0", "v1"),
                        revoked(day(4), "k1", "v2"),
                        restored(day(6), pinned("k1", "v2")),
                        rotated(day(10), "k1", "v2"),
                        snapshot(justAfter(day(3)), production())),
                following(
                        "R19 current again while still revoked: the plain reason, locked since the revocation",
                        then -> {
                            lockedBy(then, Rule.R20, KEY_REVOKED);
                            then.lockedSince(day(5));
                        },
                        rotated(day(3), "k1", "v1"),
                        revoked(day(5), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        rotated(day(20), "k1", "v1")),
                following(
                        "R19 disabled early and then current again: the plain reason",
                        then -> lockedBy(then, Rule.R20, KEY_REVOKED),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        revoked(day(12), "k1", "v1"),
                        rotated(day(20), "k1", "v1")),
                following(
                        "R19 a version that is revoked when it becomes current locks",
                        then -> lockedBy(then, Rule.R20, KEY_REVOKED),
                        rotated(day(3), "k1", "v1"),
                        revoked(day(4), "k1", "v2"),
                        rotated(day(10), "k1", "v2")));
    }
}
