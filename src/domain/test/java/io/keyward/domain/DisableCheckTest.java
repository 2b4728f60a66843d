package io.keyward.domain;

import static io.keyward.domain.DisableBlocker.Code.IN_USE;
import static io.keyward.domain.DisableBlocker.Code.NOT_BEFORE;
import static io.keyward.domain.DisableBlocker.Code.NOT_KNOWN;
import static io.keyward.domain.DisableBlocker.Code.SUCCESSOR_UNUSABLE;
import static io.keyward.domain.DisableBlocker.Code.UNPROVEN;
import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.deleted;
import static io.keyward.domain.Facts.expiring;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.ofTenant;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// R27: may a key, or one version of it, be disabled? Each reason against it stands alone in a row of its own.
class DisableCheckTest {
    /// Version `v0` was replaced long before the environment came to the key.
    private static final List<Event> V0_IS_OVER = List.of(rotated(day(0), "k1", "v0", "v1"));

    private static final Inventory TRIAL = Inventory.of(EnvironmentType.TRIAL);

    static RuleTable.Given under(Inventory inventory, Event... events) {
        return given(List.of(snapshot(day(1), inventory), applied(day(2), "p1", "k1")), List.of(events));
    }

    /// As `under`, of a key whose version `v0` is over.
    private static RuleTable.Given underV1(Inventory inventory, Event... events) {
        return given(V0_IS_OVER, List.of(snapshot(day(1), inventory), applied(day(2), "p1", "k1")), List.of(events));
    }

    static DisableVerdict ask(RuleTable.Given given, KeyReference asked, Instant moment) {
        DisableCheck check = new DisableCheck(new Decider(given.profile()), asked, moment, _ -> true);
        given.model()
                .tenants()
                .forEach(tenant -> tenant.environments().forEach(e -> check.add(tenant.knownWithAllKeys(e))));
        return check.answer();
    }

    static DynamicTest safe(String row, RuleTable.Given given, KeyReference asked, int day) {
        return DynamicTest.dynamicTest(row, () -> {
            DisableVerdict answer = ask(given, asked, day(day));
            assertThat(answer.blockers()).isEmpty();
            assertThat(answer.counts()).isEmpty();
            assertThat(answer.safe()).isTrue();
            assertThat(answer.safeFrom()).isEmpty();
            assertThat(answer.users()).isPositive();
        });
    }

    /// Exactly one reason stands, with that text in its sentence and that date.
    private static DynamicTest alone(
            String row,
            RuleTable.Given given,
            KeyReference asked,
            int day,
            DisableBlocker.Code code,
            Optional<Instant> date,
            String... parts) {
        return DynamicTest.dynamicTest(row, () -> {
            DisableVerdict answer = ask(given, asked, day(day));
            assertThat(answer.blockers()).extracting(DisableBlocker::code).containsExactly(code);
            DisableBlocker only = answer.blockers().getFirst();
            assertThat(only.tenantId()).contains(Facts.CONTOSO);
            assertThat(only.environmentId()).contains(Facts.E1);
            assertThat(only.until()).isEqualTo(date);
            assertThat(only.sentence()).matches("[A-Z].*\\.").containsIgnoringCase("environment e1 of tenant contoso");
            assertThat(List.of(parts))
                    .allSatisfy(part -> assertThat(only.sentence()).contains(part));
            assertThat(answer.counts()).isEqualTo(Map.of(code, 1L));
            assertThat(answer.safe()).isFalse();
            assertThat(answer.safeFrom()).isEqualTo(code == NOT_BEFORE ? date : Optional.empty());
        });
    }

    static DynamicTest alone(
            String row, RuleTable.Given given, KeyReference asked, int day, DisableBlocker.Code code, String... parts) {
        return alone(row, given, asked, day, code, Optional.empty(), parts);
    }

    @TestFactory
    Stream<DynamicTest> inUse() {
        Inventory group = production().machineGroup("g1", day(1));
        return Stream.of(
                alone("R27 the key of the data", under(production()), unpinned("k1"), 50, IN_USE, "is encrypted with"),
                alone(
                        "R27 the version in force",
                        under(production(), rotated(day(3), "k1", "v1", "v2")),
                        pinned("k1", "v2"),
                        50,
                        IN_USE,
                        "keys/k1/v2"),
                alone(
                        "R27 the pinned version",
                        given(
                                snapshot(day(1), production()),
                                applied(day(2), "p1", pinned("k1", "v1")),
                                rotated(day(3), "k1", "v1", "v2")),
                        pinned("k1", "v1"),
                        50,
                        IN_USE,
                        "pins"),
                safe(
                        "R27 a version that the pinned one never followed",
                        given(
                                snapshot(day(1), production()),
                                applied(day(2), "p1", pinned("k1", "v1")),
                                rotated(day(3), "k1", "v1", "v2")),
                        pinned("k1", "v2"),
                        50),
                alone(
                        "R27 a policy that R8 keeps from being enforced",
                        under(TRIAL),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "cannot be enforced at present"),
                alone(
                        "R27 a pinned version of a policy that R8 keeps from being enforced",
                        given(snapshot(day(1), TRIAL), applied(day(2), "p1", pinned("k1", "v1"))),
                        pinned("k1", "v1"),
                        50,
                        IN_USE,
                        "pins"),
                alone(
                        "R27 without a slot, Dataverse is under the key (R11)",
                        given(limit(day(0), 0), snapshot(day(1), production()), applied(day(2), "p1", "k1")),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "is encrypted with"),
                alone(
                        "R27 a blocked swap waits for the key",
                        underV1(
                                TRIAL,
                                rotated(day(3), "k1", "v1", "v2"),
                                revoked(day(4), "k1", "v1"),
                                applied(day(5), "p2", "k2")),
                        pinned("k1", "v0"),
                        50,
                        IN_USE,
                        "once the key"),
                alone(
                        "R27 a blocked removal waits for the key",
                        underV1(
                                TRIAL,
                                rotated(day(3), "k1", "v1", "v2"),
                                revoked(day(4), "k1", "v1"),
                                removed(day(5), "p1")),
                        pinned("k1", "v0"),
                        50,
                        IN_USE,
                        "once the key"),
                alone(
                        "R27 a blocked swap leads to the key",
                        under(production(), revoked(day(4), "k1"), applied(day(5), "p2", "k2")),
                        unpinned("k2"),
                        50,
                        IN_USE,
                        "was changed to the key"),
                alone(
                        "R27 a blocked swap leads to the key of any version",
                        under(production(), revoked(day(4), "k1"), applied(day(5), "p2", pinned("k2", "v2"))),
                        pinned("k2", "v1"),
                        50,
                        IN_USE,
                        "was changed to the key"),
                safe(
                        "R27 a swap that another one replaced leads nowhere",
                        under(
                                production(),
                                revoked(day(4), "k1"),
                                applied(day(5), "p2", "k2"),
                                applied(day(6), "p3", "k3")),
                        unpinned("k2"),
                        50),
                alone(
                        "R27 a machine group from before a swap",
                        under(group, applied(day(3), "p2", "k2")),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "g1"),
                alone(
                        "R27 a machine group from before a removal",
                        under(group, removed(day(3), "p1")),
                        pinned("k1", "v1"),
                        50,
                        IN_USE,
                        "g1"),
                safe(
                        "R27 a machine group that was provisioned again since",
                        under(production().machineGroup("g1", day(3)), applied(day(3), "p2", "k2")),
                        unpinned("k1"),
                        50),
                safe(
                        "R27 a machine group needs no provisioning after a rotation (R6)",
                        under(group, rotated(day(3), "k1", "v1", "v2")),
                        pinned("k1", "v1"),
                        50));
    }

    @TestFactory
    Stream<DynamicTest> notBefore() {
        RuleTable.Given swapped = under(production(), applied(day(3), "p2", "k2"));
        RuleTable.Given rotated = under(production(), rotated(day(3), "k1", "v1", "v2"));
        RuleTable.Given pinnedLate = under(production(), applied(day(3), "p1", pinned("k1", "v5")));
        return Stream.of(
                alone(
                        "R27 a key left by a removal (R9)",
                        under(production(), removed(day(3), "p1")),
                        unpinned("k1"),
                        32,
                        NOT_BEFORE,
                        Optional.of(day(33)),
                        "2026-02-03"),
                safe("R27 thirty days after a removal", under(production(), removed(day(3), "p1")), unpinned("k1"), 33),
                alone(
                        "R27 a key left by a swap (R22), of any version",
                        swapped,
                        pinned("k1", "v1"),
                        32,
                        NOT_BEFORE,
                        Optional.of(day(33))),
                safe("R27 thirty days after a swap", swapped, unpinned("k1"), 33),
                alone(
                        "R27 a policy that R8 kept from being enforced, removed",
                        under(TRIAL, removed(day(3), "p1")),
                        unpinned("k1"),
                        32,
                        NOT_BEFORE,
                        Optional.of(day(33))),
                alone(
                        "R27 a version superseded under the key (R17)",
                        rotated,
                        pinned("k1", "v1"),
                        30,
                        NOT_BEFORE,
                        Optional.of(day(31)),
                        "28 days"),
                safe("R27 twenty-eight days after a version was superseded", rotated, pinned("k1", "v1"), 31),
                safe(
                        "R27 a version superseded before the environment came to the key",
                        underV1(production()),
                        pinned("k1", "v0"),
                        3),
                alone(
                        "R27 a version superseded where R8 keeps the policy from being enforced",
                        under(TRIAL, rotated(day(3), "k1", "v1", "v2")),
                        pinned("k1", "v1"),
                        30,
                        NOT_BEFORE,
                        Optional.of(day(31))),
                alone(
                        "R27 any version before the first known rotation, until another was pinned",
                        pinnedLate,
                        pinned("k1", "v7"),
                        30,
                        NOT_BEFORE,
                        Optional.of(day(31)),
                        "may have been"),
                safe("R27 twenty-eight days after another version was pinned", pinnedLate, pinned("k1", "v7"), 31),
                alone(
                        "R27 a version that the first rotation may only repeat",
                        under(production(), rotated(day(3), "k1", "v1"), applied(day(4), "p1", pinned("k1", "v5"))),
                        pinned("k1", "v1"),
                        31,
                        NOT_BEFORE,
                        Optional.of(day(32))),
                alone(
                        "R27 asked about a time before the as-of: answered as of that",
                        under(production(), removed(day(3), "p1"), reached(day(20))),
                        unpinned("k1"),
                        2,
                        NOT_BEFORE,
                        Optional.of(day(33))));
    }

    @TestFactory
    Stream<DynamicTest> unproven() {
        List<Event> early = List.of(rotated(day(3), "k1", "v1", "v2"), revoked(day(4), "k1", "v1"));
        return Stream.of(
                alone(
                        "R27 locked",
                        underV1(production(), early.toArray(Event[]::new)),
                        pinned("k1", "v0"),
                        50,
                        UNPROVEN,
                        "has been locked since 2026-01-05"),
                alone(
                        "R27 not enabled since a lock",
                        underV1(production(), early.get(0), early.get(1), restored(day(5), "k1")),
                        pinned("k1", "v0"),
                        50,
                        UNPROVEN,
                        "has not been enabled since its lock ended on 2026-01-06"),
                alone(
                        "R27 deleted",
                        underV1(production(), deleted(day(3))),
                        pinned("k1", "v0"),
                        50,
                        UNPROVEN,
                        "is deleted"),
                alone(
                        "R27 no snapshot",
                        given(V0_IS_OVER, List.of(applied(day(2), "p1", "k1"))),
                        pinned("k1", "v0"),
                        50,
                        UNPROVEN,
                        "What environment e1 of tenant contoso holds is not known"),
                alone(
                        "R27 no snapshot of an environment that left the key",
                        given(applied(day(2), "p1", "k1"), removed(day(3), "p1")),
                        unpinned("k1"),
                        50,
                        UNPROVEN,
                        "hosted machine groups"),
                alone(
                        "R27 a version that is not known to be superseded",
                        underV1(production()),
                        pinned("k1", "v9"),
                        50,
                        UNPROVEN,
                        "not known that another version has replaced"),
                alone(
                        "R27 any version while no rotation is known",
                        under(production()),
                        pinned("k1", "v1"),
                        50,
                        UNPROVEN,
                        "not known that another version has replaced"),
                alone(
                        "R27 as many rotations as are remembered",
                        under(production(), rotations(KeyFacts.CAPACITY)),
                        pinned("k1", "r1"),
                        50,
                        UNPROVEN,
                        "the oldest is not remembered"),
                safe(
                        "R27 one rotation fewer",
                        under(production(), rotations(KeyFacts.CAPACITY - 1)),
                        pinned("k1", "r1"),
                        50),
                alone(
                        "R27 as many removals as are remembered",
                        underV1(production(), removals(EnvironmentFacts.CAPACITY)),
                        pinned("k1", "v0"),
                        50,
                        UNPROVEN,
                        "the oldest are not remembered"));
    }

    private static Event[] rotations(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> rotated(day(3).plusSeconds(i), "k1", "r" + i))
                .toArray(Event[]::new);
    }

    private static Event[] removals(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> removed(day(3).plusSeconds(i), "other"))
                .toArray(Event[]::new);
    }

    @TestFactory
    Stream<DynamicTest> successor() {
        return Stream.of(
                alone(
                        "R27 the version in force expires within 7 days",
                        underV1(production(), expiring(day(3), "k1", "v1", day(17))),
                        pinned("k1", "v0"),
                        10,
                        SUCCESSOR_UNUSABLE,
                        Optional.of(day(17)),
                        "keys/k1/v1"),
                safe(
                        "R27 the version in force expires later",
                        underV1(production(), expiring(day(3), "k1", "v1", day(18))),
                        pinned("k1", "v0"),
                        10),
                safe(
                        "R27 another version expires",
                        underV1(production(), expiring(day(3), "k1", "v0", day(17))),
                        pinned("k1", "v0"),
                        10),
                alone(
                        "R27 the version in force is revoked, where R8 keeps the policy from being enforced",
                        underV1(TRIAL, revoked(day(4), "k1", "v1")),
                        pinned("k1", "v0"),
                        50,
                        SUCCESSOR_UNUSABLE,
                        Optional.of(day(4)),
                        "cannot be used"),
                alone(
                        "R27 the version in force has expired, which only warns",
                        underV1(production(), revoked(day(4), pinned("k1", "v1"), RevocationCause.KEY_EXPIRED))
                                .by(Profiles.EXPIRY_WARNS),
                        pinned("k1", "v0"),
                        50,
                        SUCCESSOR_UNUSABLE,
                        Optional.of(day(4)),
                        "expired"),
                alone(
                        "R27 the key that replaced the key is revoked",
                        under(production(), applied(day(3), "p2", "k2"), revoked(day(4), "k2")),
                        unpinned("k1"),
                        50,
                        SUCCESSOR_UNUSABLE,
                        Optional.of(day(4)),
                        "keys/k2"));
    }

    @Test
    void whatIsNotAtHandIsNamed() {
        DisableCheck check = new DisableCheck(new Decider(Profiles.SEED), unpinned("k1"), day(1), _ -> true);
        check.notKnown("Partition 3 has not been read yet.");

        DisableVerdict answer = check.answer();

        assertThat(answer.safe()).isFalse();
        assertThat(answer.blockers())
                .containsExactly(new DisableBlocker(
                        NOT_KNOWN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "Partition 3 has not been read yet."));
    }

    /// All users count, of every tenant; other environments do not.
    @Test
    void everyUserIsJudged() {
        List<Event> events =
                new ArrayList<>(under(production(), removed(day(3), "p1")).events());
        List.copyOf(events).forEach(event -> events.add(ofTenant("fabrikam", event)));
        events.add(Facts.in("e2", snapshot(day(1), production())));
        events.add(Facts.in("e2", applied(day(2), "p1", "k2")));
        events.add(ofTenant("fabrikam", as("again", applied(day(5), "p1", "k1"))));

        DisableVerdict answer = ask(new RuleTable.Given(Profiles.SEED, events), unpinned("k1"), day(10));

        assertThat(answer.users()).isEqualTo(2);
        assertThat(answer.counts()).isEqualTo(Map.of(NOT_BEFORE, 2L, IN_USE, 1L));
        assertThat(answer.safeFrom()).isEmpty();
        assertThat(answer.blockers())
                .extracting(b -> b.tenantId().orElseThrow().value())
                .containsExactlyInAnyOrder("contoso", "fabrikam", "fabrikam");
    }

    @Test
    void theAnswerIsAsOfTheLatestOfItsUsers() {
        RuleTable.Given given = under(production(), reached(day(20)));

        assertThat(ask(given, unpinned("k1"), day(2)).at()).isEqualTo(day(20));
        assertThat(ask(given, unpinned("k1"), day(22)).at()).isEqualTo(day(22));
    }

    @Test
    void reasonsThatNobodyAsksForAreOnlyCounted() {
        DisableCheck check = new DisableCheck(
                new Decider(Profiles.SEED),
                unpinned("k1"),
                day(1),
                blocker -> blocker.sentence().equals("Two."));
        check.notKnown("One.");
        check.notKnown("Two.");

        assertThat(check.answer().blockers())
                .extracting(DisableBlocker::sentence)
                .containsExactly("Two.");
        assertThat(check.answer().counts()).isEqualTo(Map.of(NOT_KNOWN, 2L));
    }

    /// Each row differs from a safe question in one thing only.
    @TestFactory
    Stream<DynamicTest> whatIsAskedAbout() {
        Inventory groups = production()
                .machineGroup("g1", day(1))
                .machineGroup("g2", day(1))
                .machineGroup("g3", day(1));
        return Stream.of(
                alone(
                        "R27 the key of the data, of which a version is known to be in force",
                        underV1(production()),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "The data of environment e1 of tenant contoso is encrypted with"
                                + " https://contoso.vault.azure.net/keys/k1."),
                alone(
                        "R27 the version in force is not called pinned where the policy follows the rotation",
                        underV1(production()),
                        pinned("k1", "v1"),
                        50,
                        IN_USE,
                        "is encrypted with https://contoso.vault.azure.net/keys/k1/v1."),
                alone(
                        "R27 the key is not called pinned where the policy pins a version of it",
                        given(snapshot(day(1), production()), applied(day(2), "p1", pinned("k1", "v1"))),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "is encrypted with https://contoso.vault.azure.net/keys/k1."),
                alone(
                        "R27 the pinned version counts as in force, not as the one that it was before",
                        given(
                                snapshot(day(1), production()),
                                applied(day(2), "p1", pinned("k1", "v1")),
                                applied(day(3), "p1", pinned("k1", "v5")),
                                applied(day(4), "p1", pinned("k1", "v1"))),
                        pinned("k1", "v1"),
                        10,
                        IN_USE,
                        "pins"),
                alone(
                        "R27 a key in force that cannot be used has no successor to ask about",
                        under(TRIAL, revoked(day(4), "k1")),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        "cannot be enforced at present"),
                safe(
                        "R27 thirty days after a swap, another key left since does not count",
                        under(production(), applied(day(3), "p2", "k2"), applied(day(30), "p3", "k3")),
                        unpinned("k1"),
                        40),
                alone(
                        "R27 a removal that waits for another key leads nowhere",
                        given(
                                snapshot(day(1), production()),
                                applied(day(2), "p2", "k2"),
                                applied(day(3), "p1", "k1"),
                                revoked(day(4), "k1"),
                                removed(day(5), "p1")),
                        unpinned("k2"),
                        50,
                        SUCCESSOR_UNUSABLE,
                        Optional.of(day(4)),
                        "keys/k1 now, which cannot be used: the key was disabled on 2026-01-05 00:00 UTC."),
                alone(
                        "R27 as many applications as are remembered",
                        underV1(production(), applications(EnvironmentFacts.CAPACITY - 1)),
                        pinned("k1", "v0"),
                        50,
                        UNPROVEN,
                        "the oldest are not remembered"),
                safe(
                        "R27 one application fewer",
                        underV1(production(), applications(EnvironmentFacts.CAPACITY - 2)),
                        pinned("k1", "v0"),
                        50),
                alone(
                        "R27 three machine groups are named",
                        under(groups, removed(day(3), "p1")),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        ": g1, g2, g3."),
                alone(
                        "R27 of more machine groups, three are named and the others counted",
                        under(
                                production()
                                        .machineGroup("g1", day(1))
                                        .machineGroup("g2", day(1))
                                        .machineGroup("g3", day(1))
                                        .machineGroup("g4", day(1))
                                        .machineGroup("g5", day(1)),
                                removed(day(3), "p1")),
                        unpinned("k1"),
                        50,
                        IN_USE,
                        ": g1, g2, g3 and 2 more."));
    }

    private static Event[] applications(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> applied(day(3).plusSeconds(i), "p1", "k1"))
                .toArray(Event[]::new);
    }

    private static DynamicTest deletion(
            String row, RuleTable.Given given, int day, boolean safe, Optional<Instant> from) {
        return DynamicTest.dynamicTest(row, () -> {
            DisableVerdict.Deletion deletion =
                    ask(given, unpinned("k1"), day(day)).deletion();
            assertThat(deletion.safe()).isEqualTo(safe);
            assertThat(deletion.safeFrom()).isEqualTo(from);
            assertThat(deletion.sentence()).matches("[A-Z].*https://contoso.vault.azure.net/keys/k1.*\\.");
        });
    }

    @TestFactory
    Stream<DynamicTest> deleting() {
        Event swap = applied(day(3), "p2", "k2");
        Event disabled = revoked(day(40), "k1");
        return Stream.of(
                deletion("R27 in use", under(production()), 50, false, Optional.empty()),
                deletion("R27 never disabled", under(production(), swap), 50, false, Optional.empty()),
                deletion("R27 disabled for less", under(production(), swap, disabled), 46, false, Optional.of(day(47))),
                deletion("R27 disabled for 7 days", under(production(), swap, disabled), 47, true, Optional.empty()),
                deletion(
                        "R27 enabled again",
                        under(production(), swap, disabled, restored(day(41), "k1")),
                        50,
                        false,
                        Optional.empty()),
                deletion(
                        "R27 unusable for another reason",
                        under(production(), swap, revoked(day(40), unpinned("k1"), RevocationCause.ACCESS_REMOVED)),
                        50,
                        false,
                        Optional.empty()),
                deletion(
                        "R27 a lock since it was disabled",
                        under(
                                production(),
                                swap,
                                disabled,
                                revoked(day(41), "k2"),
                                restored(day(44), "k2"),
                                snapshot(day(45), production())),
                        50,
                        false,
                        Optional.of(day(51))),
                deletion(
                        "R27 disabled too early, and to be kept until a date",
                        under(production(), swap, revoked(day(4), "k1")),
                        20,
                        false,
                        Optional.of(day(33))));
    }

    /// The whole answer about deleting a key or a version.
    private static DynamicTest deletion(
            String row,
            RuleTable.Given given,
            KeyReference asked,
            int day,
            boolean safe,
            Optional<Instant> from,
            String sentence) {
        return DynamicTest.dynamicTest(
                row,
                () -> assertThat(ask(given, asked, day(day)).deletion())
                        .isEqualTo(new DisableVerdict.Deletion(safe, from, sentence)));
    }

    @TestFactory
    Stream<DynamicTest> deletingKeysAndVersions() {
        String k1 = "https://contoso.vault.azure.net/keys/k1";
        String yet =
                " yet: disable it first once that is safe, and wait for 7 days in which no environment is locked. A"
                        + " disabled key can be enabled again; a deleted one may be lost.";
        Event swap = applied(day(3), "p2", "k2");
        Event versionDisabled = revoked(day(40), "k1", "v1");
        RuleTable.Given keyDisabled = under(production(), swap, revoked(day(40), "k1"));
        return Stream.of(
                deletion(
                        "R27 in use",
                        under(production()),
                        unpinned("k1"),
                        50,
                        false,
                        Optional.empty(),
                        "Do not delete " + k1 + ": it is not even safe to disable it."),
                deletion(
                        "R27 a key that no environment uses has not been tried",
                        under(production()),
                        unpinned("k9"),
                        50,
                        false,
                        Optional.empty(),
                        "Do not delete https://contoso.vault.azure.net/keys/k9" + yet),
                deletion(
                        "R27 a key of which only a version is disabled is not disabled",
                        under(production(), swap, versionDisabled),
                        unpinned("k1"),
                        50,
                        false,
                        Optional.empty(),
                        "Do not delete " + k1 + yet),
                deletion(
                        "R27 a version is not disabled with another one",
                        under(production(), swap, versionDisabled),
                        pinned("k1", "v2"),
                        50,
                        false,
                        Optional.empty(),
                        "Do not delete " + k1 + "/v2" + yet),
                deletion(
                        "R27 a version that was disabled itself",
                        under(production(), swap, versionDisabled),
                        pinned("k1", "v1"),
                        47,
                        true,
                        Optional.empty(),
                        "The key " + k1 + "/v1 has been disabled without a lock since 2026-02-10 00:00 UTC, which is 7"
                                + " days or longer, so it may be deleted."),
                deletion(
                        "R27 a version is disabled with its key",
                        keyDisabled,
                        pinned("k1", "v1"),
                        46,
                        false,
                        Optional.of(day(47)),
                        "The key " + k1
                                + "/v1 has been disabled without a lock since 2026-02-10 00:00 UTC; delete it no"
                                + " earlier than 2026-02-17 00:00 UTC."),
                deletion(
                        "R27 disabled again while it was disabled: since the first time",
                        under(production(), swap, revoked(day(40), "k1"), as("again", revoked(day(45), "k1"))),
                        unpinned("k1"),
                        47,
                        true,
                        Optional.empty(),
                        "The key " + k1
                                + " has been disabled without a lock since 2026-02-10 00:00 UTC, which is 7 days"
                                + " or longer, so it may be deleted."),
                deletion(
                        "R27 disabled, and a user is locked by an earlier version of its present key (R17)",
                        under(
                                production(),
                                swap,
                                rotated(day(38), "k2", "w1", "w2"),
                                revoked(day(40), "k1"),
                                as("w1-disabled", revoked(day(41), "k2", "w1"))),
                        unpinned("k1"),
                        60,
                        false,
                        Optional.empty(),
                        "Do not delete " + k1 + yet));
    }
}
