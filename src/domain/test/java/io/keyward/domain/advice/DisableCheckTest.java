package io.keyward.domain.advice;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.ofTenant;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.reached;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.advice.DisableBlocker.Code.IN_USE;
import static io.keyward.domain.advice.DisableBlocker.Code.NOT_BEFORE;
import static io.keyward.domain.advice.DisableBlocker.Code.NOT_KNOWN;
import static io.keyward.domain.advice.DisableBlocker.Code.UNPROVEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Decider;
import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.RuleTable;
import io.keyward.domain.event.Event;
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

/// R27: may a key, or one version of it, be disabled? What no row in a text file says.
public class DisableCheckTest {
    /// Version `v0` was replaced long before the environment came to the key.
    private static final List<Event> V0_IS_OVER = List.of(rotated(day(0), "k1", "v0", "v1"));

    static RuleTable.Given under(Inventory inventory, Event... events) {
        return given(List.of(snapshot(day(1), inventory), applied(day(2), "p1", "k1")), List.of(events));
    }

    /// As `under`, of a key whose version `v0` is over.
    private static RuleTable.Given underV1(Inventory inventory, Event... events) {
        return given(V0_IS_OVER, List.of(snapshot(day(1), inventory), applied(day(2), "p1", "k1")), List.of(events));
    }

    public static DisableVerdict ask(RuleTable.Given given, KeyReference target, Instant moment) {
        DisableCheck check = new DisableCheck(new Decider(given.profile()), target, moment, (_, _) -> true);
        given.model()
                .tenants()
                .forEach(tenant -> tenant.environments().forEach(e -> check.add(tenant.knownWithAllKeys(e))));
        return check.answer();
    }

    static DynamicTest safe(String row, RuleTable.Given given, KeyReference target, int day) {
        return DynamicTest.dynamicTest(row, () -> isSafe(ask(given, target, day(day))));
    }

    public static void isSafe(DisableVerdict answer) {
        assertThat(answer.blockers()).isEmpty();
        assertThat(answer.counts()).isEmpty();
        assertThat(answer.safe()).isTrue();
        assertThat(answer.safeFrom()).isEmpty();
        assertThat(answer.users()).isPositive();
    }

    static DynamicTest alone(
            String row,
            RuleTable.Given given,
            KeyReference target,
            int day,
            DisableBlocker.Code code,
            String... parts) {
        return DynamicTest.dynamicTest(
                row, () -> isAlone(ask(given, target, day(day)), code, Optional.empty(), List.of(parts)));
    }

    /// Exactly one reason stands, with these texts in its sentence and that date.
    public static void isAlone(
            DisableVerdict answer, DisableBlocker.Code code, Optional<Instant> date, List<String> parts) {
        assertThat(answer.blockers()).extracting(DisableBlocker::code).containsExactly(code);
        DisableBlocker only = answer.blockers().getFirst();
        assertThat(only.tenantId()).contains(Facts.CONTOSO);
        assertThat(only.environmentId()).contains(Facts.E1);
        assertThat(only.until()).isEqualTo(date);
        assertThat(only.sentence()).matches("[A-Z].*\\.").containsIgnoringCase("environment e1 of tenant contoso");
        assertThat(parts).allSatisfy(part -> assertThat(only.sentence()).contains(part));
        assertThat(answer.counts()).isEqualTo(Map.of(code, 1L));
        assertThat(answer.safe()).isFalse();
        assertThat(answer.safeFrom()).isEqualTo(code == NOT_BEFORE ? date : Optional.empty());
    }

    @TestFactory
    Stream<DynamicTest> asManyAsAreRemembered() {
        return Stream.of(
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
                        "the oldest are not remembered"),
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
                        50));
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

    @Test
    void whatIsNotAtHandIsNamed() {
        DisableCheck check = new DisableCheck(new Decider(Profiles.SEED), unpinned("k1"), day(1), (_, _) -> true);
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
    void reasonsThatNobodyRequestsAreOnlyCounted() {
        DisableCheck check =
                new DisableCheck(new Decider(Profiles.SEED), unpinned("k1"), day(3), (_, code) -> code != IN_USE);
        under(production())
                .model()
                .tenants()
                .forEach(tenant -> tenant.environments().forEach(e -> check.add(tenant.knownWithAllKeys(e))));
        check.notKnown("One.");

        assertThat(check.answer().blockers())
                .extracting(DisableBlocker::sentence)
                .containsExactly("One.");
        assertThat(check.answer().counts()).isEqualTo(Map.of(IN_USE, 1L, NOT_KNOWN, 1L));
    }

    private static Event[] applications(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> applied(day(3).plusSeconds(i), "p1", "k1"))
                .toArray(Event[]::new);
    }
}
