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
import static io.keyward.domain.Facts.unpinned;
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
import static io.keyward.domain.event.Component.CLOUD_FLOWS;
import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Protection.CUSTOMER_MANAGED;
import static io.keyward.domain.event.Protection.LOCKED;

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

/// R22: changing the key needs the previous one.
class SwapRulesTest {
    private static final List<Event> APPLIED =
            List.of(snapshot(day(1), production().cloudFlows(1, day(3), day(3))), applied(day(2), "p1", "k1"));

    private static DynamicTest after(String rule, Consumer<Outcome> then, Event... events) {
        return row(rule, given(APPLIED, List.of(events)), then);
    }

    private static void blockedUnderK1(Outcome then) {
        then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                .hasAllBut(LOCKED, Rule.R22, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES)
                .key(unpinned("k1"))
                .suppressedSince(day(2), Rule.R14)
                .retainsNothing();
    }

    @TestFactory
    Stream<DynamicTest> swap() {
        return Stream.of(
                after(
                        "R22 a policy with another key: under the new key, the former must be kept for 30 days",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .hasAllBut(CUSTOMER_MANAGED, Rule.R2, NON_OAUTH_CONNECTIONS, HOSTED_MACHINES)
                                .policy("p2")
                                .key(unpinned("k2"))
                                .retains(keep(unpinned("k1"), day(40)))
                                .warns(RETAIN_KEY),
                        applied(day(10), "p2", "k2")),
                after(
                        "R22 the slot is kept, and flows that were on a customer's key stay on it",
                        then -> then.suppressedSince(day(2), Rule.R14).has(CUSTOMER_MANAGED, Rule.R2, CLOUD_FLOWS),
                        applied(day(10), "p2", "k2")),
                after(
                        "R22 one policy with another key: the same",
                        then -> then.key(unpinned("k2")).retains(keep(unpinned("k1"), day(40))),
                        applied(day(10), "p1", "k2")),
                after(
                        "R22 another policy with the same key is no swap",
                        then -> then.policy("p2").retainsNothing().warns(new WarningCode[0]),
                        applied(day(10), "p2", "k1")),
                after(
                        "R22 swapped, and the former policy removed: the swap often comes so",
                        then -> then.policy("p2").key(unpinned("k2")).retains(keep(unpinned("k1"), day(40))),
                        applied(day(10), "p2", "k2"),
                        removed(day(11), "p1")),
                after(
                        "R22 the former key revoked after the swap: no lock, but a risk for backups",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .notLocked()
                                .warns(RETAIN_KEY, RESTORE_AT_RISK),
                        applied(day(10), "p2", "k2"),
                        revoked(day(11), "k1")),
                after(
                        "R22 the new key revoked: locked since then",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .lockedSince(day(11)),
                        applied(day(10), "p2", "k2"),
                        revoked(day(11), "k2")),
                after(
                        "R22 the new key unusable when it was applied: failed, locked since the swap",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .lockedSince(day(10))
                                .key(unpinned("k2")),
                        revoked(day(9), "k2"),
                        applied(day(10), "p2", "k2")),
                after(
                        "R22 back to the former key: its later date holds once it is left again",
                        then -> then.key(unpinned("k2"))
                                .retains(keep(unpinned("k1"), day(60)), keep(unpinned("k2"), day(50))),
                        applied(day(10), "p2", "k2"),
                        applied(day(20), "p1", "k1"),
                        applied(day(30), "p2", "k2")),
                after(
                        "R22 a former key rotated to a version revoked long ago does not call the data back",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .key(unpinned("k2")),
                        rotated(day(3), "k1", "v0", "v1"),
                        revoked(day(4), "k1", "v2"),
                        applied(day(10), "p2", "k2"),
                        rotated(day(12), "k1", "v2"),
                        revoked(day(13), "k1", "v1")));
    }

    @TestFactory
    Stream<DynamicTest> blockedSwap() {
        return Stream.of(
                after(
                        "R22 a swap while the previous key is revoked: locked under the previous key",
                        then -> {
                            blockedUnderK1(then);
                            then.policy("p2")
                                    .lockedSince(day(5))
                                    .warns(KEY_REVOKED, PREVIOUS_KEY_UNAVAILABLE)
                                    .says(PREVIOUS_KEY_UNAVAILABLE, "k1");
                        },
                        revoked(day(5), "k1"),
                        applied(day(10), "p2", "k2")),
                after(
                        "R22 a swap at the very moment of the revocation waits",
                        SwapRulesTest::blockedUnderK1,
                        revoked(day(10), "k1"),
                        applied(day(10), "p2", "k2")),
                after(
                        "R22 a swap just before the revocation does not",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .key(unpinned("k2")),
                        revoked(day(10), "k1"),
                        applied(justBefore(day(10)), "p2", "k2")),
                after(
                        "R22 it takes effect by itself once the previous key is usable; then to be enabled again",
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .key(unpinned("k2"))
                                .suppressedSince(day(2), Rule.R14)
                                .retains(keep(unpinned("k1"), day(42)))
                                .warns(RETAIN_KEY, REENABLE_REQUIRED),
                        revoked(day(5), "k1"),
                        applied(day(10), "p2", "k2"),
                        restored(day(12), "k1")),
                after(
                        "R22 enabled again after that: done",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .key(unpinned("k2"))
                                .warns(RETAIN_KEY),
                        revoked(day(5), "k1"),
                        applied(day(10), "p2", "k2"),
                        restored(day(12), "k1"),
                        snapshot(day(13), production())),
                after(
                        "R22 a superseded version disabled early blocks, too",
                        then -> {
                            then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                    .key(pinned("k1", "v2"))
                                    .warns(KEY_VERSION_DISABLED_EARLY, PREVIOUS_KEY_UNAVAILABLE);
                        },
                        rotated(day(3), "k1", "v1"),
                        rotated(day(4), "k1", "v2"),
                        revoked(day(5), "k1", "v1"),
                        applied(day(10), "p2", "k2")),
                after(
                        "R22 a version that is not in use blocks nothing",
                        then -> then.key(unpinned("k2")).is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED),
                        rotated(day(3), "k1", "v0", "v1"),
                        revoked(day(5), "k1", "v9"),
                        applied(day(10), "p2", "k2")),
                after(
                        "R22 an expired key still unwraps: the swap takes effect, and ends the lock",
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .key(unpinned("k2"))
                                .retains(keep(unpinned("k1"), day(40)))
                                .warns(RETAIN_KEY, REENABLE_REQUIRED),
                        revoked(day(5), unpinned("k1"), RevocationCause.KEY_EXPIRED),
                        applied(day(10), "p2", "k2")),
                after(
                        "R22 the new key unusable when the swap takes effect: failed, locked since then",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .key(unpinned("k2"))
                                .lockedSince(day(12)),
                        revoked(day(5), "k1"),
                        applied(day(10), "p2", "k2"),
                        revoked(day(11), "k2"),
                        restored(day(12), "k1")));
    }

    @TestFactory
    Stream<DynamicTest> blockedSwapReplaced() {
        return Stream.of(
                after(
                        "R22 applied with the key of the data again: nothing waits any more",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .policy("p1")
                                .warns(KEY_REVOKED),
                        revoked(day(5), "k1"),
                        applied(day(10), "p2", "k2"),
                        applied(day(11), "p1", "k1")),
                after(
                        "R22 a third key applied while a swap waits: it goes there",
                        then -> then.key(unpinned("k3")).policy("p3").retains(keep(unpinned("k1"), day(42))),
                        revoked(day(5), "k1"),
                        applied(day(10), "p2", "k2"),
                        applied(day(11), "p3", "k3"),
                        restored(day(12), "k1")),
                after(
                        "R22 the new policy removed while its swap waits: a removal waits",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .has(LOCKED, Rule.R9, CLOUD_FLOWS)
                                .noPolicy()
                                .warns(KEY_REVOKED, PREVIOUS_KEY_UNAVAILABLE),
                        revoked(day(5), "k1"),
                        applied(day(10), "p2", "k2"),
                        removed(day(11), "p2")),
                after(
                        "R22 the former policy removed while the swap waits: the swap still waits",
                        then -> {
                            blockedUnderK1(then);
                            then.policy("p2");
                        },
                        revoked(day(5), "k1"),
                        applied(day(10), "p2", "k2"),
                        removed(day(11), "p1")),
                after(
                        "R22 a policy removed after its swap took effect leaves the new key",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .retains(keep(unpinned("k1"), day(42)), keep(unpinned("k2"), day(43))),
                        revoked(day(5), "k1"),
                        applied(day(10), "p2", "k2"),
                        restored(day(12), "k1"),
                        removed(day(13), "p2")));
    }
}
