package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.deleted;
import static io.keyward.domain.Facts.expiring;
import static io.keyward.domain.Facts.justBefore;
import static io.keyward.domain.Facts.ofTenant;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.rotatedUntil;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.Outcome.keep;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.decision.WarningCode.DELETION_IMMINENT;
import static io.keyward.domain.decision.WarningCode.KEY_EXPIRED;
import static io.keyward.domain.decision.WarningCode.KEY_EXPIRING;
import static io.keyward.domain.decision.WarningCode.KEY_REVOKED;
import static io.keyward.domain.decision.WarningCode.REENABLE_REQUIRED;
import static io.keyward.domain.decision.WarningCode.RETAIN_KEY;
import static io.keyward.domain.decision.WarningCode.ROTATION_IGNORED_PINNED_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// R25 and R26: what a moment changes that passes without any other event.
class CountdownRulesTest {
    private static final List<Event> APPLIED = List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"));

    /// Locked since day 5, to be deleted on day 35.
    private static final List<Event> LOCKED =
            List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"), revoked(day(5), "k1"));

    private static DynamicTest row(String rule, List<Event> first, Consumer<Outcome> then, Event... events) {
        return RuleTable.row(rule, given(first, List.of(events)), then);
    }

    private static List<Event> locked(Inventory inventory) {
        return List.of(snapshot(day(1), inventory), applied(day(2), "p1", "k1"), revoked(day(5), "k1"));
    }

    private static void soon(Outcome then, Severity severity) {
        then.warns(KEY_REVOKED, DELETION_IMMINENT).rates(DELETION_IMMINENT, severity);
    }

    private static void nothingToTell(Outcome then) {
        then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED).warns(new WarningCode[0]);
    }

    @TestFactory
    Stream<DynamicTest> time() {
        List<Event> removed =
                List.of(snapshot(day(1), production()), applied(day(2), "p1", "k1"), removed(day(3), "p1"));
        List<Event> superseded = List.of(
                snapshot(day(1), production()),
                applied(day(2), "p1", "k1"),
                rotated(day(3), "k1", "v1"),
                rotated(day(4), "k1", "v2"));
        return Stream.of(
                row("R25 without any date nothing falls due", APPLIED, Outcome::neverDue),
                row(
                        "R25 a retention falls due at its end",
                        removed,
                        then -> then.warns(RETAIN_KEY)
                                .retains(keep(unpinned("k1"), day(33)))
                                .by(Rule.R25)
                                .dueAt(day(33)),
                        reached(justBefore(day(33)))),
                row(
                        "R25 it ends by time alone",
                        removed,
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .warns(new WarningCode[0])
                                .retainsNothing()
                                .notBy(Rule.R25)
                                .neverDue(),
                        reached(day(33))),
                row(
                        "R25 so does that of a superseded version",
                        superseded,
                        then -> then.retains(keep(pinned("k1", "v1"), day(32))).dueAt(day(32)),
                        reached(justBefore(day(32)))),
                row(
                        "R25 a version superseded for 28 days need not be kept",
                        superseded,
                        then -> then.retainsNothing().neverDue(),
                        reached(day(32))),
                row(
                        "R25 a retention of a deleted environment ends, too",
                        removed,
                        then -> then.retainsNothing().neverDue(),
                        deleted(day(4)),
                        reached(day(33))),
                row(
                        "R25 time does not go back",
                        removed,
                        then -> then.retainsNothing(),
                        reached(day(33)),
                        reached(day(20))),
                row(
                        "R25 the time of another tenant is not that of this one",
                        removed,
                        then -> then.warns(RETAIN_KEY).dueAt(day(33)),
                        ofTenant("fabrikam", reached(day(33)))),
                row(
                        "R25 time ends no lock, however late it is",
                        LOCKED,
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .lockedSince(day(5))
                                .expectedToBeDeletedAt(day(35))
                                .neverDue(),
                        reached(day(1000))));
    }

    @TestFactory
    Stream<DynamicTest> marks() {
        return Stream.of(
                row(
                        "R26 more than 7 days before the deletion: only the lock is told",
                        LOCKED,
                        then -> then.warns(KEY_REVOKED).notBy(Rule.R26).dueAt(day(28)),
                        reached(justBefore(day(28)))),
                row(
                        "R26 7 days before it administrators are told",
                        LOCKED,
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .warns(KEY_REVOKED, DELETION_IMMINENT)
                                .rates(DELETION_IMMINENT, Severity.WARNING)
                                .says(
                                        DELETION_IMMINENT,
                                        "locked since 2026-01-06 00:00 UTC",
                                        "keys/k1 ",
                                        "deleted on 2026-02-05 00:00 UTC")
                                .by(Rule.R26)
                                .dueAt(day(32)),
                        reached(day(28))),
                row(
                        "R26 3 days before it again",
                        LOCKED,
                        then -> then.warns(KEY_REVOKED, DELETION_IMMINENT)
                                .rates(DELETION_IMMINENT, Severity.ERROR)
                                .dueAt(day(34)),
                        reached(day(32))),
                row(
                        "R26 a day before it for the last time",
                        LOCKED,
                        then -> then.warns(KEY_REVOKED, DELETION_IMMINENT)
                                .rates(DELETION_IMMINENT, Severity.CRITICAL)
                                .neverDue(),
                        reached(day(34))),
                row(
                        "R26 it stays open after the date",
                        LOCKED,
                        then -> soon(then, Severity.CRITICAL),
                        reached(day(100))),
                row(
                        "R26 any later fact reaches a mark",
                        LOCKED,
                        then -> soon(then, Severity.WARNING),
                        snapshot(day(28), production())),
                row(
                        "R26 an environment that lives for 7 days once locked has no mark of 7 days",
                        locked(Inventory.of(EnvironmentType.SANDBOX)),
                        then -> then.expectedToBeDeletedAt(day(12))
                                .warns(KEY_REVOKED, DELETION_IMMINENT)
                                .rates(DELETION_IMMINENT, Severity.CRITICAL)
                                .neverDue(),
                        reached(day(12))),
                row(
                        "R26 its first mark is that of 3 days",
                        locked(Inventory.of(EnvironmentType.DEVELOPER)),
                        then -> then.warns(KEY_REVOKED).dueAt(day(9))),
                row(
                        "R26 of an unknown type: there is no date",
                        locked(Inventory.of(EnvironmentType.UNKNOWN)),
                        then -> then.deletionNotKnown().warns(KEY_REVOKED).neverDue(),
                        reached(day(100))),
                row(
                        "R26 not known yet: there is no date",
                        List.of(applied(day(2), "p1", "k1"), revoked(day(5), "k1")),
                        then -> then.deletionNotKnown()
                                .warns(WarningCode.INVENTORY_UNKNOWN, KEY_REVOKED)
                                .neverDue(),
                        reached(day(100))),
                row(
                        "R26 it ends with the lock",
                        LOCKED,
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .warns(REENABLE_REQUIRED)
                                .neverDue(),
                        reached(day(34)),
                        restored(day(35), "k1")),
                row(
                        "R26 it ends with the environment",
                        LOCKED,
                        then -> then.is(EncryptionState.DELETED, PolicyStatus.NONE)
                                .warns(new WarningCode[0]),
                        reached(day(34)),
                        deleted(day(35))),
                row(
                        "R26 it ends with a removal that an expired key does not block",
                        List.of(
                                snapshot(day(1), production()),
                                applied(day(2), "p1", "k1"),
                                revoked(day(5), unpinned("k1"), RevocationCause.KEY_EXPIRED)),
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.NONE)
                                .warns(RETAIN_KEY),
                        reached(day(34)),
                        removed(day(34), "p1")),
                row(
                        "R26 a date that moves away takes the marks along",
                        locked(Inventory.of(EnvironmentType.SANDBOX)),
                        then -> then.expectedToBeDeletedAt(day(35))
                                .warns(KEY_REVOKED)
                                .dueAt(day(28)),
                        reached(day(12)),
                        snapshot(day(13), production())));
    }

    @TestFactory
    Stream<DynamicTest> expiries() {
        List<Event> until60 = List.of(
                snapshot(day(1), production()), applied(day(2), "p1", "k1"), rotatedUntil(day(3), "k1", "v1", day(60)));
        return Stream.of(
                row(
                        "R26 a rotation tells the expiry of its version: more than 30 days before it, nothing",
                        until60,
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)
                                .warns(new WarningCode[0])
                                .dueAt(day(30)),
                        reached(justBefore(day(30)))),
                row(
                        "R26 30 days before it administrators are told",
                        until60,
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .warns(KEY_EXPIRING)
                                .says(KEY_EXPIRING, "k1/v1", "2026-03-02 00:00 UTC", "is encrypted with it.")
                                .dueAt(day(60)),
                        reached(day(30))),
                row(
                        "R26 once the date has passed the version is expired, which is no lock",
                        until60,
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .notLocked()
                                .warns(KEY_EXPIRED)
                                .says(
                                        KEY_EXPIRED,
                                        "k1/v1 of environment e1 expired on 2026-03-02 00:00 UTC. The environment is")
                                .by(Rule.R23)
                                .neverDue(),
                        reached(day(60))),
                row(
                        "R26 a revocation of the expired version locks: both are told",
                        until60,
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .warns(KEY_EXPIRED, KEY_REVOKED),
                        reached(day(60)),
                        revoked(day(60), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED)),
                row(
                        "R26 a newer version ends it",
                        until60,
                        then -> then.warns(new WarningCode[0]).key(pinned("k1", "v2")),
                        reached(day(60)),
                        rotated(day(61), "k1", "v2")),
                row(
                        "R26 not where the expired version is pinned",
                        List.of(
                                snapshot(day(1), production()),
                                applied(day(2), "p1", pinned("k1", "v1")),
                                rotatedUntil(day(3), "k1", "v1", day(60))),
                        then -> then.warns(KEY_EXPIRED, ROTATION_IGNORED_PINNED_VERSION),
                        reached(day(60)),
                        rotated(day(61), "k1", "v2")),
                row(
                        "R26 a newer version with a date of its own is told in its turn",
                        until60,
                        then -> then.warns(KEY_EXPIRING).says(KEY_EXPIRING, "k1/v2"),
                        reached(day(60)),
                        rotatedUntil(day(61), "k1", "v2", day(80))),
                row(
                        "R26 one register for each version: the later statement counts, an announcement",
                        until60,
                        then -> then.warns(KEY_EXPIRING).says(KEY_EXPIRING, "2026-01-21"),
                        expiring(day(4), "k1", "v1", day(20))),
                row(
                        "R26 one register for each version: the later statement counts, a rotation",
                        until60,
                        CountdownRulesTest::nothingToTell,
                        expiring(day(2), "k1", "v1", day(20))),
                row(
                        "R26 at one time the earlier date counts, whatever the ids",
                        until60,
                        then -> then.warns(KEY_EXPIRING).says(KEY_EXPIRING, "2026-01-21"),
                        as("a", expiring(day(3), "k1", "v1", day(20))),
                        as("z", expiring(day(3), "k1", "v1", day(25)))),
                row(
                        "R26 where the version in force is not known: the earliest date of any",
                        APPLIED,
                        then -> then.warns(KEY_EXPIRED)
                                .says(
                                        KEY_EXPIRED,
                                        "k1/v1 of environment e1 expired on 2026-01-21 00:00 UTC.",
                                        "not known."),
                        expiring(day(4), "k1", "v1", day(20)),
                        expiring(day(4), "k1", "v2", day(30)),
                        reached(day(20))),
                row(
                        "R26 a date put off is told again only 30 days before it",
                        until60,
                        then -> then.warns(new WarningCode[0]).dueAt(day(370)),
                        reached(day(60)),
                        expiring(day(61), "k1", "v1", day(400))),
                row(
                        "R26 a date beyond all time never comes",
                        APPLIED,
                        then -> then.warns(new WarningCode[0]).dueAt(latest().minusSeconds(30 * 24 * 60 * 60)),
                        rotatedUntil(day(3), "k1", "v1", latest())),
                row(
                        "R26 a date before all time has passed",
                        APPLIED,
                        then -> then.warns(KEY_EXPIRED).neverDue(),
                        rotatedUntil(day(3), "k1", "v1", Instant.ofEpochMilli(Long.MIN_VALUE))));
    }

    private static Instant latest() {
        return Instant.ofEpochMilli(Long.MAX_VALUE);
    }

    /// What happens to warnings, in order.
    private static List<String> told(WarningCode code, List<Event> first, Event... events) {
        List<String> told = new ArrayList<>();
        given(first, List.of(events)).publications().forEach(publication -> {
            if (publication instanceof Publication.OfWarning w && w.code() == code) {
                told.add(w.status() + " " + w.incident().severity() + ": " + w.message());
            }
        });
        return told;
    }

    /// A mark that was reached is told once, however often time is told.
    @Test
    void eachMarkIsToldOnce() {
        assertThat(told(
                        DELETION_IMMINENT,
                        LOCKED,
                        reached(day(28)),
                        reached(day(29)),
                        reached(day(32)),
                        reached(day(32)),
                        snapshot(day(33), production()),
                        reached(day(34)),
                        reached(day(35)),
                        reached(day(50))))
                .extracting(text -> text.substring(0, text.indexOf(':')))
                .containsExactly("RAISED WARNING", "UPDATED ERROR", "UPDATED CRITICAL");
    }

    /// A late revocation shows that the lock began earlier.
    @Test
    void anotherDateIsAnUpdate() {
        List<String> told = told(
                DELETION_IMMINENT,
                LOCKED,
                reached(day(32)),
                revoked(day(3), unpinned("k1"), RevocationCause.NETWORK_BLOCKED));

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).startsWith("RAISED ERROR").contains("deleted on 2026-02-05 00:00 UTC");
        assertThat(told.get(1)).startsWith("UPDATED CRITICAL").contains("deleted on 2026-02-03 00:00 UTC");
    }

    @Test
    void anotherDateOfAnExpiryIsAnUpdate() {
        List<String> told = told(
                KEY_EXPIRING,
                APPLIED,
                rotated(day(3), "k1", "v1"),
                expiring(day(4), "k1", "v1", day(20)),
                expiring(day(5), "k1", "v1", day(20)),
                expiring(day(6), "k1", "v1", day(15)));

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).startsWith("RAISED").contains("2026-01-21");
        assertThat(told.get(1)).startsWith("UPDATED").contains("2026-01-16");
    }
}
