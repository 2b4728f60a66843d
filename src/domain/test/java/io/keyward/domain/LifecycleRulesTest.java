package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.deleted;
import static io.keyward.domain.Facts.justAfter;
import static io.keyward.domain.Facts.justBefore;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reset;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.Outcome.keep;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.RuleTable.rowInOrder;
import static io.keyward.domain.decision.WarningCode.INVENTORY_UNKNOWN;
import static io.keyward.domain.decision.WarningCode.REENABLE_REQUIRED;
import static io.keyward.domain.decision.WarningCode.RETAIN_KEY;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R24: deleted, restored, purged, reset.
class LifecycleRulesTest {
    private static final List<Event> APPLIED = List.of(
            snapshot(day(1), production().nonOAuthConnections(1).cloudFlows(1, day(0), day(0))),
            applied(day(2), "p1", "k1"));

    private static DynamicTest after(String rule, Consumer<Outcome> then, Event... events) {
        return row(rule, given(APPLIED, List.of(events)), then);
    }

    private static void gone(Outcome then) {
        then.is(EncryptionState.DELETED, PolicyStatus.NONE).hasNoComponents().warns(new WarningCode[0]);
    }

    @TestFactory
    Stream<DynamicTest> softDeleted() {
        return Stream.of(
                after(
                        "R21 a deleted environment is not seen enabled",
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING),
                        revoked(day(5), "k1"),
                        restored(day(6), "k1"),
                        deleted(day(7)),
                        snapshot(day(8), production().runtimeDisabled())),
                after(
                        "R24 deleted: no components, no warnings, sinks still suppressed",
                        then -> {
                            gone(then);
                            then.suppressedSince(day(2), Rule.R14)
                                    .key(unpinned("k1"))
                                    .policy("p1");
                        },
                        deleted(day(5))),
                after(
                        "R24 deleted without a policy: nothing to suppress",
                        then -> {
                            gone(then);
                            then.notSuppressed().noKey();
                        },
                        removed(day(3), "p1"),
                        deleted(day(5))),
                after(
                        "R24 deleted while its key is revoked: no lock to report",
                        then -> {
                            gone(then);
                            then.notLocked().suppressedSince(day(2), Rule.R14);
                        },
                        revoked(day(4), "k1"),
                        deleted(day(5))),
                after(
                        "R24 deleted: keys that must be kept are still listed",
                        then -> {
                            gone(then);
                            then.retains(keep(unpinned("k1"), day(33)), keep(pinned("k2", "v1"), day(33)))
                                    .key(pinned("k2", "v2"));
                        },
                        applied(day(3), "p2", "k2"),
                        rotated(day(4), "k2", "v1"),
                        rotated(day(5), "k2", "v2"),
                        deleted(day(6))),
                after(
                        "R24 a policy removed while it is deleted ends the suppression",
                        then -> {
                            gone(then);
                            then.notSuppressed().retains(keep(unpinned("k1"), day(36)));
                        },
                        deleted(day(5)),
                        removed(day(6), "p1")),
                after(
                        "R24 back again: decided afresh",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .warns(new WarningCode[0])
                                .suppressedSince(day(2), Rule.R14),
                        deleted(day(5)),
                        snapshot(day(6), production())),
                rowInOrder(
                        "R24 deleted when it was no longer eligible: still under its key",
                        given(
                                APPLIED,
                                List.of(snapshot(
                                        day(5),
                                        Inventory.of(EnvironmentType.TRIAL).lifecycle(Lifecycle.DELETED)))),
                        then -> {
                            gone(then);
                            then.suppressedSince(day(2), Rule.R14).key(unpinned("k1"));
                        }),
                rowInOrder(
                        "R24 deleted while it waited for a slot: under its key, nothing suppressed",
                        given(List.of(Facts.limit(day(0), 0)), APPLIED, List.of(deleted(day(5)))),
                        then -> {
                            gone(then);
                            then.notSuppressed().key(unpinned("k1"));
                        }),
                row(
                        "R24 deleted while it has to be enabled again: nothing to report",
                        given(APPLIED, List.of(revoked(day(3), "k1"), restored(day(4), "k1"), deleted(day(5)))),
                        then -> {
                            gone(then);
                            then.notBy(Rule.R21);
                        }),
                row(
                        "R24 a policy that is not enforced is not so after the deletion",
                        given(
                                snapshot(
                                        day(5),
                                        Inventory.of(EnvironmentType.TRIAL).lifecycle(Lifecycle.DELETED)),
                                applied(day(2), "p1", "k1")),
                        then -> {
                            gone(then);
                            then.notSuppressed().noKey();
                        }));
    }

    @TestFactory
    Stream<DynamicTest> started() {
        return Stream.of(
                after(
                        "R24 reset: back to the Microsoft-managed key, nothing to retain",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .hasAllBut(MICROSOFT_MANAGED, Rule.R1)
                                .noPolicy()
                                .noKey()
                                .retainsNothing()
                                .warns(new WarningCode[0])
                                .notSuppressed(),
                        reset(day(5))),
                after(
                        "R24 reset voids an application of the same moment",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE),
                        reset(day(2))),
                after(
                        "R24 reset does not void a later application",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .suppressedSince(justAfter(day(5)), Rule.R14)
                                .retainsNothing(),
                        reset(day(5)),
                        applied(justAfter(day(5)), "p1", "k1")),
                after(
                        "R24 reset voids keys of former policies, too",
                        then -> then.retainsNothing().warns(new WarningCode[0]),
                        removed(day(3), "p1"),
                        reset(day(5))),
                after(
                        "R24 reset while locked: nothing is locked any more",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .notLocked(),
                        revoked(day(4), "k1"),
                        removed(day(4), "p1"),
                        reset(day(5))),
                after(
                        "R24 an earlier reset takes nothing back from a later one",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE),
                        reset(day(5)),
                        applied(day(4), "p2", "k1"),
                        Facts.as("early", reset(day(3)))));
    }

    @TestFactory
    Stream<DynamicTest> purge() {
        return Stream.of(
                nothingLeft("R24 purged: nothing is said any more", purged(day(5))),
                nothingLeft(
                        "R24 facts no later than the purge bring nothing back",
                        purged(day(5)),
                        applied(day(5), "p2", "k2"),
                        removed(day(4), "p1"),
                        snapshot(day(5), production()),
                        reset(day(5))),
                nothingLeft("R24 an earlier purge is no news after a later one", purged(day(5)), purged(day(4))),
                nothingLeft("R24 a key's facts bring nothing back", purged(day(5)), revoked(day(6), "k1")),
                after(
                        "R24 a snapshot after the purge: a new life, without a policy",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .retainsNothing()
                                .notSuppressed()
                                .warns(new WarningCode[0]),
                        purged(day(5)),
                        snapshot(justAfter(day(5)), production())),
                after(
                        "R24 a policy after the purge: a new life, of which nothing is known",
                        then -> then.warns(INVENTORY_UNKNOWN)
                                .suppressedSince(justAfter(day(5)), Rule.R4)
                                .policy("p2"),
                        purged(day(5)),
                        applied(justAfter(day(5)), "p2", "k2")),
                after(
                        "R24 what was known of the runtime is void, too",
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .warns(INVENTORY_UNKNOWN, REENABLE_REQUIRED),
                        revoked(day(0), "k2"),
                        purged(day(5)),
                        applied(day(6), "p2", "k2"),
                        restored(day(6), "k2")),
                after(
                        "R24 a reset before the purge is void, too",
                        then -> then.suppressedSince(day(6), Rule.R14),
                        reset(day(4)),
                        purged(day(5)),
                        snapshot(day(6), production()),
                        applied(day(6), "p1", "k1")),
                after(
                        "R24 a reset after the purge is not",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE),
                        purged(day(5)),
                        reset(day(7)),
                        applied(day(6), "p1", "k1")),
                after(
                        "R24 a snapshot from after the purge that is there already stays",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .warns(new WarningCode[0]),
                        snapshot(justAfter(day(5)), production()),
                        purged(day(5)),
                        snapshot(justBefore(day(5)), production().nonOAuthConnections(1))),
                after(
                        "R24 retention begins anew after a purge",
                        then -> then.retains(keep(unpinned("k1"), day(37))).warns(RETAIN_KEY),
                        removed(day(4), "p1"),
                        purged(day(5)),
                        snapshot(day(6), production()),
                        applied(day(6), "p1", "k1"),
                        removed(day(7), "p1")));
    }

    private static DynamicTest nothingLeft(String rule, Event... events) {
        List<Event> all = new ArrayList<>(APPLIED);
        all.addAll(List.of(events));
        return DynamicTest.dynamicTest(rule, () -> {
            assertThat(ReferenceModel.after(Profiles.SEED, all).verdict(Facts.E1))
                    .isEmpty();
            assertThat(ReferenceModel.after(Profiles.SEED, all.reversed()).verdict(Facts.E1))
                    .isEmpty();
        });
    }
}
