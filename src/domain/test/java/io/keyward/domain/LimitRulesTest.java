package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.deleted;
import static io.keyward.domain.Facts.environment;
import static io.keyward.domain.Facts.in;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.ofTenant;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.reset;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.decision.WarningCode.ENVIRONMENT_LIMIT_EXCEEDED;
import static io.keyward.domain.decision.WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY;
import static io.keyward.domain.decision.WarningCode.INVENTORY_UNKNOWN;
import static io.keyward.domain.decision.WarningCode.KEY_REVOKED;
import static io.keyward.domain.decision.WarningCode.PREVIOUS_KEY_UNAVAILABLE;
import static io.keyward.domain.decision.WarningCode.REENABLE_REQUIRED;
import static io.keyward.domain.event.Component.DATAVERSE;
import static io.keyward.domain.event.Protection.CUSTOMER_MANAGED;
import static io.keyward.domain.event.Protection.LOCKED;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R10 to R13: who is enabled, who waits, and when administrators are told. The order of arrival matters here.
class LimitRulesTest {
    private static List<Event> under(String environment, Instant at, String keyName, Inventory inventory) {
        return List.of(in(environment, snapshot(day(1), inventory)), in(environment, applied(at, "p1", keyName)));
    }

    private static List<Event> under(String environment, Instant at) {
        return under(environment, at, "k1", production());
    }

    private static List<Event> many(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> under("%03d".formatted(i), day(2)))
                .flatMap(List::stream)
                .toList();
    }

    /// One environment may be enabled; `e1` is, since day 2, and `e2` waits, since day 3.
    private static RuleTable.Given waiting(Event... events) {
        return given(
                List.of(limit(day(0), 1)),
                under("e1", day(2)),
                under("e2", day(3), "k2", production().cloudFlows(1, day(4), day(4))),
                List.of(events));
    }

    private static DynamicTest enabled(String rule, RuleTable.Given given, String... holders) {
        return DynamicTest.dynamicTest(
                rule,
                () -> assertThat(given.model().tenant(Facts.CONTOSO).slots().holders())
                        .containsExactlyInAnyOrderElementsOf(
                                Arrays.stream(holders).map(Facts::environment).toList()));
    }

    private static DynamicTest row(String rule, RuleTable.Given given, String environment, Consumer<Outcome> then) {
        return DynamicTest.dynamicTest(rule, () -> then.accept(given.outcomeOf(environment)));
    }

    private static void enabledSince(Outcome then, Instant since) {
        then.suppressedSince(since, Rule.R14);
    }

    @TestFactory
    Stream<DynamicTest> atMost() {
        return Stream.of(
                row(
                        "R10 the 25th environment is enabled unless the limit says otherwise",
                        given(many(25)),
                        "025",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)),
                row(
                        "R10 the 26th is not",
                        given(many(26)),
                        "026",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .warns(ENVIRONMENT_LIMIT_EXCEEDED)),
                enabled("R10 a limit of 0 enables none", given(List.of(limit(day(0), 0)), under("e1", day(2)))),
                enabled(
                        "R10 the latest limit counts, whatever arrives later",
                        given(List.of(limit(day(5), 1), limit(day(4), 0)), under("e1", day(2))),
                        "e1"),
                enabled(
                        "R10 an environment that is not eligible takes no slot",
                        given(
                                List.of(limit(day(0), 1)),
                                under("e1", day(2), "k1", production().unmanaged()),
                                under("e2", day(3))),
                        "e2"),
                enabled(
                        "R10 an environment without a snapshot takes no slot",
                        given(List.of(limit(day(0), 1), in("e1", applied(day(2), "p1", "k1"))), under("e2", day(3))),
                        "e2"),
                enabled(
                        "R10 an environment without a policy takes no slot",
                        given(List.of(limit(day(0), 1), in("e1", snapshot(day(1), production()))), under("e2", day(3))),
                        "e2"),
                enabled("R10 a locked environment keeps its slot", waiting(revoked(day(5), "k1")), "e1"),
                enabled(
                        "R10 a locked environment gets a slot like any other",
                        given(List.of(limit(day(0), 1), revoked(day(1), "k1")), under("e1", day(2))),
                        "e1"),
                enabled("R10 a soft-deleted environment keeps its slot", waiting(in("e1", deleted(day(5)))), "e1"),
                enabled(
                        "R10 a soft-deleted environment gets a slot like any other",
                        given(
                                List.of(limit(day(0), 1)),
                                under("e1", day(2), "k1", production().lifecycle(Lifecycle.DELETED)),
                                under("e2", day(3))),
                        "e1"),
                enabled(
                        "R10 tenants do not share their limits",
                        given(Stream.concat(
                                        many(25).stream(),
                                        under("e1", day(3)).stream().map(e -> ofTenant("fabrikam", e)))
                                .toArray(Event[]::new)),
                        IntStream.rangeClosed(1, 25).mapToObj("%03d"::formatted).toArray(String[]::new)));
    }

    @TestFactory
    Stream<DynamicTest> noSlotFree() {
        return Stream.of(
                row(
                        "R11 without a slot only Dataverse is on the customer's key, and nothing is suppressed",
                        waiting(),
                        "e2",
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .has(CUSTOMER_MANAGED, Rule.R11, DATAVERSE)
                                .hasAllBut(MICROSOFT_MANAGED, Rule.R11, DATAVERSE)
                                .warns(ENVIRONMENT_LIMIT_EXCEEDED)
                                .notSuppressed()
                                .key(unpinned("k2"))
                                .policy("p1")),
                row(
                        "R11 without a slot none of the warnings about its inventory is raised",
                        given(
                                List.of(limit(day(0), 0)),
                                under(
                                        "e1",
                                        day(2),
                                        "k1",
                                        production()
                                                .cloudFlows(1, day(0), day(0))
                                                .nonOAuthConnections(1)
                                                .machineGroup("g1", day(0))
                                                .hostedMachines(1))),
                        "e1",
                        then -> then.warns(ENVIRONMENT_LIMIT_EXCEEDED)),
                row(
                        "R11 a revoked key locks Dataverse",
                        waiting(revoked(day(5), "k2")),
                        "e2",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .has(LOCKED, Rule.R20, DATAVERSE)
                                .hasAllBut(MICROSOFT_MANAGED, Rule.R11, DATAVERSE)
                                .lockedSince(day(5))
                                .warns(ENVIRONMENT_LIMIT_EXCEEDED, KEY_REVOKED)
                                .notSuppressed()),
                row(
                        "R11 and has to be enabled again after that",
                        waiting(revoked(day(5), "k2"), restored(day(6), "k2")),
                        "e2",
                        then -> then.is(EncryptionState.RECOVERABLE, PolicyStatus.WARNING)
                                .has(CUSTOMER_MANAGED, Rule.R11, DATAVERSE)
                                .warns(ENVIRONMENT_LIMIT_EXCEEDED, REENABLE_REQUIRED)),
                row(
                        "R11 a blocked removal of an environment that waits locks Dataverse",
                        waiting(revoked(day(5), "k2"), in("e2", removed(day(6), "p1"))),
                        "e2",
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.FAILED)
                                .has(LOCKED, Rule.R9, DATAVERSE)
                                .warns(ENVIRONMENT_LIMIT_EXCEEDED, KEY_REVOKED, PREVIOUS_KEY_UNAVAILABLE)),
                row(
                        "R11 once the first snapshot shows that no slot is free, the suppression of R4 ends",
                        given(
                                List.of(limit(day(0), 0), in("e1", applied(day(2), "p1", "k1"))),
                                List.of(in("e1", snapshot(day(3), production())))),
                        "e1",
                        then -> then.notSuppressed().warns(ENVIRONMENT_LIMIT_EXCEEDED)),
                row(
                        "R11 no longer eligible while it waits: not enforced at all",
                        waiting(in("e2", snapshot(day(5), production().unmanaged()))),
                        "e2",
                        then -> then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.FAILED)));
    }

    @TestFactory
    Stream<DynamicTest> slotFreed() {
        return Stream.of(
                row(
                        "R12 a removal gives the slot to who waits, enabled since that moment",
                        waiting(in("e1", removed(day(9), "p1"))),
                        "e2",
                        then -> {
                            enabledSince(then, day(9));
                            then.warns(FLOWS_ON_MICROSOFT_MANAGED_KEY);
                        }),
                row(
                        "R12 a reset frees the slot",
                        waiting(in("e1", reset(day(9)))),
                        "e2",
                        then -> enabledSince(then, day(9))),
                row(
                        "R12 a purge frees the slot",
                        waiting(in("e1", purged(day(9)))),
                        "e2",
                        then -> enabledSince(then, day(9))),
                row(
                        "R12 a raised limit gives a slot",
                        waiting(limit(day(9), 2)),
                        "e2",
                        then -> enabledSince(then, day(9))),
                row(
                        "R12 a wait that ended before the series began does not count",
                        waiting(limit(day(2), 2)),
                        "e2",
                        then -> enabledSince(then, day(3))),
                enabled(
                        "R12 a blocked removal frees nothing",
                        waiting(revoked(day(5), "k1"), in("e1", removed(day(9), "p1"))),
                        "e1"),
                enabled(
                        "R12 a blocked removal that takes effect frees the slot",
                        waiting(revoked(day(5), "k1"), in("e1", removed(day(9), "p1")), restored(day(10), "k1")),
                        "e2"),
                enabled("R12 a swap keeps the slot", waiting(in("e1", applied(day(9), "p2", "k3"))), "e1"),
                enabled(
                        "R12 who has been under a key longest comes first, whoever arrived first",
                        given(
                                List.of(limit(day(0), 1)),
                                under("e1", day(2)),
                                under("e2", day(5)),
                                under("e3", day(4)),
                                List.of(in("e1", removed(day(9), "p1")))),
                        "e3"),
                enabled(
                        "R12 at equal times the smaller environment id comes first",
                        given(
                                List.of(limit(day(0), 1)),
                                under("e1", day(2)),
                                under("e3", day(4)),
                                under("e2", day(4)),
                                List.of(in("e1", removed(day(9), "p1")))),
                        "e2"),
                enabled(
                        "R12 several slots are given at once, in order",
                        given(
                                List.of(limit(day(0), 0)),
                                under("e3", day(2)),
                                under("e2", day(3)),
                                under("e1", day(4)),
                                List.of(limit(day(9), 2))),
                        "e3",
                        "e2"),
                enabled(
                        "R12 purged while it waited: it waits no more",
                        waiting(in("e2", purged(day(5))), limit(day(6), 2)),
                        "e1"),
                enabled(
                        "R12 late facts from before a purge bring no one back into the queue",
                        waiting(
                                in("e2", purged(day(5))),
                                in("e2", applied(day(4), "p2", "k2")),
                                in("e2", snapshot(day(5), production())),
                                limit(day(6), 2)),
                        "e1"),
                row(
                        "R12 a policy applied after a purge, before any snapshot, holds no slot",
                        given(
                                under("e1", day(2)),
                                List.of(in("e1", applied(day(9), "p1", "k1"))),
                                List.of(in("e1", purged(day(5))))),
                        "e1",
                        then -> then.warns(INVENTORY_UNKNOWN).suppressedSince(day(9), Rule.R4)),
                enabled(
                        "R12 such a late purge frees the slot",
                        waiting(in("e1", applied(day(9), "p1", "k1")), in("e1", purged(day(5)))),
                        "e2"));
    }

    @TestFactory
    Stream<DynamicTest> limitChanges() {
        return Stream.of(
                enabled(
                        "R13 a lowered limit takes no slot away",
                        given(under("e1", day(2)), under("e2", day(2)), List.of(limit(day(5), 1))),
                        "e1",
                        "e2"),
                enabled(
                        "R13 a slot freed above the limit is not given on",
                        given(
                                under("e1", day(2)),
                                under("e2", day(2)),
                                List.of(limit(day(5), 1)),
                                under("e3", day(6)),
                                List.of(in("e1", removed(day(9), "p1")))),
                        "e2"),
                enabled(
                        "R13 a late earlier applicant takes no slot away",
                        given(List.of(limit(day(0), 1)), under("e2", day(5)), under("e1", day(2))),
                        "e2"),
                near("R13 19 of 25 are not near the limit", many(19)),
                near("R13 exactly 80 percent are", many(20), "key: 20. The limit of this tenant: 25."),
                near(
                        "R13 the text gives the numbers of the moment it was raised",
                        many(22),
                        "key: 20. The limit of this tenant: 25."),
                near(
                        "R13 4 of 5 are near",
                        both(List.of(limit(day(0), 5)), many(4)),
                        "key: 4. The limit of this tenant: 5."),
                near("R13 3 of 4 are not", both(List.of(limit(day(0), 4)), many(3))),
                near("R13 a limit of 0 with no one enabled is no news", List.of(limit(day(0), 0))),
                near(
                        "R13 more enabled than a lowered limit allows are near it",
                        both(many(2), List.of(limit(day(9), 0))),
                        "key: 2. The limit of this tenant: 0."));
    }

    private static List<Event> both(List<Event> first, List<Event> second) {
        List<Event> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static DynamicTest near(String rule, List<Event> events, String... parts) {
        return DynamicTest.dynamicTest(rule, () -> {
            List<Publication.OfWarning> warnings = given(events).publications().stream()
                    .flatMap(p -> p instanceof Publication.OfWarning w
                                    && w.environmentId().isEmpty()
                            ? Stream.of(w)
                            : Stream.empty())
                    .toList();
            assertThat(warnings).hasSize(parts.length);
            warnings.forEach(w -> {
                assertThat(w.key()).isEqualTo("contoso//ENVIRONMENT_LIMIT_NEAR");
                assertThat(w.message()).contains(parts);
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> limitNearCleared() {
        return Stream.of(DynamicTest.dynamicTest(
                "R13 below 80 percent the warning is cleared, and can be raised again", () -> {
                    List<Event> events = both(
                            many(20),
                            List.of(in("001", removed(day(9), "p1")), in("001", applied(day(10), "p1", "k1"))));
                    assertThat(given(events).publications())
                            .filteredOn(p -> p instanceof Publication.OfWarning w
                                    && w.environmentId().isEmpty())
                            .extracting(
                                    p -> ((Publication.OfWarning) p).incident().raisedAt() + " "
                                            + ((Publication.OfWarning) p).clearedAt())
                            .containsExactly(
                                    day(2) + " Optional.empty",
                                    day(2) + " Optional[" + day(9) + "]",
                                    day(10) + " Optional.empty");
                    assertThat(given(events).model().tenant(Facts.CONTOSO).verdict(environment("001")))
                            .isPresent();
                }));
    }
}
