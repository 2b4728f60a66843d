package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
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
import static io.keyward.domain.decision.WarningCode.PREVIOUS_KEY_UNAVAILABLE;
import static io.keyward.domain.decision.WarningCode.REENABLE_REQUIRED;
import static io.keyward.domain.decision.WarningCode.RESTORE_AT_RISK;
import static io.keyward.domain.decision.WarningCode.RETAIN_KEY;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.LOCKED;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R9: the effect of removing a policy, at once or when the key is usable again.
class RemovalRulesTest {
    private static final List<Event> APPLIED = List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"));

    private static DynamicTest after(String rule, Consumer<Outcome> then, Event... events) {
        return row(rule, given(APPLIED, List.of(events)), then);
    }

    @TestFactory
    Stream<DynamicTest> removal() {
        return Stream.of(
                after(
                        "R9 a removed policy leaves the Microsoft-managed key, and the key must be kept for 30 days",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .hasAllBut(MICROSOFT_MANAGED, Rule.R1)
                                .notSuppressed()
                                .noPolicy()
                                .noKey()
                                .retains(keep(unpinned("k1"), day(40)))
                                .warns(RETAIN_KEY)
                                .says(RETAIN_KEY, "k1", "2026-02-10 00:00 UTC"),
                        removed(day(10), "p1")),
                after(
                        "R9 removing a policy that is not in force changes nothing",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .policy("p1")
                                .retainsNothing(),
                        removed(day(10), "p2")),
                after(
                        "R9 a second policy applied and the first one removed: the second stays in force",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .policy("p2")
                                .suppressedSince(day(2), Rule.R14),
                        applied(day(10), "p2", "k1"),
                        removed(day(11), "p1")),
                after(
                        "R9 a removal ends only applications strictly before it",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .suppressedSince(day(2), Rule.R14)
                                .retainsNothing(),
                        removed(day(2), "p1")),
                after(
                        "R9 removed and applied again at one time: a new series, the former one's backups remain",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .suppressedSince(day(10), Rule.R14)
                                .retains(keep(unpinned("k1"), day(40))),
                        removed(day(10), "p1"),
                        applied(day(10), "p1", "k1")),
                after(
                        "R9 a removal at the very time of another policy's application changes nothing",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .policy("p2")
                                .key(unpinned("k2"))
                                .suppressedSince(day(2), Rule.R14)
                                .retains(keep(unpinned("k1"), day(35))),
                        removed(day(5), "p1"),
                        applied(day(5), "p2", "k2")),
                after(
                        "R9 nor does it when the other policy has the same key",
                        then -> then.policy("p2")
                                .suppressedSince(day(2), Rule.R14)
                                .retainsNothing(),
                        removed(day(5), "p1"),
                        applied(day(5), "p2", "k1")),
                after(
                        "R9 a second removal of the same policy changes nothing",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .retains(keep(unpinned("k1"), day(40))),
                        removed(day(10), "p1"),
                        removed(day(12), "p1")));
    }

    @TestFactory
    Stream<DynamicTest> retention() {
        return Stream.of(
                after(
                        "R9 just before 30 days are over the key is still listed",
                        then -> then.retains(keep(unpinned("k1"), day(40))).warns(RETAIN_KEY),
                        removed(day(10), "p1"),
                        snapshot(justBefore(day(40)), production())),
                after(
                        "R9 after exactly 30 days it is listed no more",
                        then -> then.retainsNothing().warns(new WarningCode[0]),
                        removed(day(10), "p1"),
                        snapshot(day(40), production())),
                after(
                        "R9 facts about the key move the time on as well as those about the environment",
                        then -> then.retainsNothing().warns(new WarningCode[0]),
                        removed(day(10), "p1"),
                        rotated(day(41), "k1", "v2")),
                after(
                        "R9 a former key revoked while backups need it puts restoring at risk, but locks nothing",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .notLocked()
                                .warns(RETAIN_KEY, RESTORE_AT_RISK)
                                .says(RESTORE_AT_RISK, "k1"),
                        removed(day(10), "p1"),
                        revoked(justBefore(day(40)), "k1")),
                after(
                        "R9 a former key usable again: the risk is over",
                        then -> then.warns(RETAIN_KEY),
                        removed(day(10), "p1"),
                        revoked(day(12), "k1"),
                        restored(day(13), "k1")),
                after(
                        "R9 a former key revoked on the day its backups are gone is no risk",
                        then -> then.retainsNothing().warns(new WarningCode[0]),
                        removed(day(10), "p1"),
                        revoked(day(40), "k1")),
                after(
                        "R9 the version that was in use, revoked: a risk",
                        then -> then.warns(RETAIN_KEY, RESTORE_AT_RISK),
                        rotated(day(3), "k1", "v1"),
                        removed(day(10), "p1"),
                        rotated(day(12), "k1", "v2"),
                        revoked(day(13), "k1", "v1")),
                after(
                        "R9 a version that had to be kept when the environment left, revoked: a risk",
                        then -> then.warns(RETAIN_KEY, RESTORE_AT_RISK),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(4), "k1", "v2"),
                        removed(day(10), "p1"),
                        revoked(day(12), "k1", "v1")),
                after(
                        "R9 a version that had been kept for 28 days by then, revoked: no risk",
                        then -> then.warns(RETAIN_KEY),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(4), "k1", "v2"),
                        removed(day(32), "p1"),
                        revoked(day(33), "k1", "v1")),
                after(
                        "R9 another version, revoked: no risk",
                        then -> then.warns(RETAIN_KEY),
                        rotated(day(3), "k1", "v1"),
                        removed(day(10), "p1"),
                        rotated(day(12), "k1", "v2"),
                        revoked(day(13), "k1", "v2")),
                after(
                        "R9 a version superseded at the very moment of the removal was the one in use",
                        then -> then.warns(RETAIN_KEY, RESTORE_AT_RISK),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        removed(day(10), "p1"),
                        revoked(day(13), "k1", "v1")),
                after(
                        "R9 the version that became current at that very moment, too",
                        then -> then.warns(RETAIN_KEY, RESTORE_AT_RISK),
                        rotated(day(3), "k1", "v1"),
                        rotated(day(10), "k1", "v2"),
                        removed(day(10), "p1"),
                        revoked(day(13), "k1", "v2")),
                after(
                        "R9 while no version is known, a revoked one counts as the one that was in use",
                        then -> then.warns(RETAIN_KEY, RESTORE_AT_RISK),
                        removed(day(10), "p1"),
                        revoked(day(13), "k1", "v1")),
                after(
                        "R9 a former key that expired can still unwrap backups",
                        then -> then.warns(RETAIN_KEY),
                        removed(day(10), "p1"),
                        revoked(day(13), unpinned("k1"), RevocationCause.KEY_EXPIRED)),
                after(
                        "R9 of two stays under one key the later date holds",
                        then -> then.retains(keep(unpinned("k1"), day(50))).warns(RETAIN_KEY),
                        removed(day(10), "p1"),
                        applied(day(15), "p1", "k1"),
                        removed(day(20), "p1")),
                row(
                        "R9 the pinned version was the one in use",
                        given(
                                snapshot(day(1), production()),
                                applied(day(2), "p1", pinned("k1", "v1")),
                                rotated(day(3), "k1", "v2"),
                                removed(day(10), "p1"),
                                revoked(day(11), "k1", "v1")),
                        then -> then.retains(keep(unpinned("k1"), day(40))).warns(RETAIN_KEY, RESTORE_AT_RISK)));
    }

    @TestFactory
    Stream<DynamicTest> blockedRemoval() {
        return Stream.of(
                after(
                        "R9 a removal while the key is revoked waits: locked and failed, slot and suppression as before",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .hasAllBut(LOCKED, Rule.R9, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES)
                                .lockedSince(day(5))
                                .warns(KEY_REVOKED, PREVIOUS_KEY_UNAVAILABLE)
                                .says(PREVIOUS_KEY_UNAVAILABLE, "k1")
                                .suppressedSince(day(2), Rule.R14)
                                .noPolicy()
                                .key(unpinned("k1"))
                                .retainsNothing(),
                        revoked(day(5), "k1"),
                        removed(day(6), "p1")),
                after(
                        "R9 a removal at the very moment of the revocation waits",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED),
                        revoked(day(5), "k1"),
                        removed(day(5), "p1")),
                after(
                        "R9 a removal just before the revocation has taken effect",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .warns(RETAIN_KEY, RESTORE_AT_RISK),
                        revoked(day(5), "k1"),
                        removed(justBefore(day(5)), "p1")),
                after(
                        "R9 a removal at the very moment of the restoration takes effect",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .retains(keep(unpinned("k1"), day(37))),
                        revoked(day(5), "k1"),
                        removed(day(7), "p1"),
                        restored(day(7), "k1")),
                after(
                        "R9 a blocked removal takes effect by itself once the key is usable, 30 days from then",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .notSuppressed()
                                .retains(keep(unpinned("k1"), day(38)))
                                .warns(RETAIN_KEY),
                        revoked(day(5), "k1"),
                        removed(day(6), "p1"),
                        restored(day(8), "k1")),
                after(
                        "R9 of several open causes the last one to be closed lets the removal take effect",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .lockedSince(day(4)),
                        revoked(day(4), unpinned("k1"), RevocationCause.NETWORK_BLOCKED),
                        revoked(day(5), unpinned("k1"), RevocationCause.ACCESS_REMOVED),
                        removed(day(6), "p1"),
                        restored(day(8), unpinned("k1"), RevocationCause.ACCESS_REMOVED)),
                after(
                        "R9 a cause that begins while the removal is blocked has to end, too",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .retains(keep(unpinned("k1"), day(42))),
                        revoked(day(5), unpinned("k1"), RevocationCause.NETWORK_BLOCKED),
                        removed(day(6), "p1"),
                        revoked(day(7), unpinned("k1"), RevocationCause.ACCESS_REMOVED),
                        restored(day(8), unpinned("k1"), RevocationCause.NETWORK_BLOCKED),
                        restored(day(12), unpinned("k1"), RevocationCause.ACCESS_REMOVED)),
                after(
                        "R9 a revocation after the removal took effect does not undo it",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .retains(keep(unpinned("k1"), day(38)))
                                .warns(RETAIN_KEY, RESTORE_AT_RISK),
                        revoked(day(5), "k1"),
                        removed(day(6), "p1"),
                        restored(day(8), "k1"),
                        revoked(justAfter(day(8)), "k1")),
                after(
                        "R9 the policy applied again while its removal waits: as if it had not been removed",
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .policy("p1")
                                .suppressedSince(day(2), Rule.R14)
                                .retainsNothing()
                                .warns(REENABLE_REQUIRED),
                        revoked(day(5), "k1"),
                        removed(day(6), "p1"),
                        applied(day(7), "p1", "k1"),
                        restored(day(8), "k1")),
                after(
                        "R9 a policy applied after a blocked removal took effect begins a new series",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .suppressedSince(day(9), Rule.R14)
                                .retains(keep(unpinned("k1"), day(38))),
                        revoked(day(5), "k1"),
                        removed(day(6), "p1"),
                        restored(day(8), "k1"),
                        applied(day(9), "p1", "k1")),
                after(
                        "R9 an expired key does not hold a removal back",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .retains(keep(unpinned("k1"), day(36))),
                        revoked(day(5), unpinned("k1"), RevocationCause.KEY_EXPIRED),
                        removed(day(6), "p1")),
                row(
                        "R9 a blocked removal in an environment without a snapshot locks what is claimed there",
                        given(applied(day(2), "p1", "k1"), revoked(day(5), "k1"), removed(day(6), "p1")),
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .has(LOCKED, Rule.R9, DATAVERSE)
                                .deletionNotKnown()));
    }
}
