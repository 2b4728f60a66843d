package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.environment;
import static io.keyward.domain.Facts.in;
import static io.keyward.domain.Facts.limit;
import static io.keyward.domain.Facts.ofTenant;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.decision.WarningCode.ENVIRONMENT_LIMIT_EXCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R10 and R13: the usual limit, and when administrators are warned that it is near.
class LimitRulesTest {
    private static Stream<Event> under(String environment) {
        return Stream.of(in(environment, snapshot(day(1), production())), in(environment, applied(day(2), "p1", "k1")));
    }

    private static List<Event> many(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj("%03d"::formatted)
                .flatMap(LimitRulesTest::under)
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> atMost() {
        return Stream.of(
                DynamicTest.dynamicTest(
                        "R10 the 25th environment is enabled unless the limit says otherwise",
                        () -> given(many(25))
                                .outcomeOf("025")
                                .is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED)),
                DynamicTest.dynamicTest(
                        "R10 the 26th is not",
                        () -> given(many(26))
                                .outcomeOf("026")
                                .is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.WARNING)
                                .warns(ENVIRONMENT_LIMIT_EXCEEDED)),
                DynamicTest.dynamicTest(
                        "R10 tenants do not share their limits",
                        () -> assertThat(given(many(25), ofFabrikam())
                                        .model()
                                        .tenant(Facts.CONTOSO)
                                        .slots()
                                        .holders())
                                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 25)
                                        .mapToObj(i -> environment("%03d".formatted(i)))
                                        .toList())));
    }

    private static List<Event> ofFabrikam() {
        return List.of(
                ofTenant("fabrikam", snapshot(day(1), production())),
                ofTenant("fabrikam", applied(day(3), "p1", "k1")));
    }

    @TestFactory
    Stream<DynamicTest> limitNear() {
        return Stream.of(
                near("R13 19 of 25 are not near the limit", many(19)),
                near("R13 exactly 80 percent are", many(20), near(25, 20)),
                near("R13 the text gives no number that goes stale", many(22), near(25, 20)),
                near("R13 the last slot is an update", many(26), near(25, 20), full(25, 20)),
                near(
                        "R13 a slot that is free again, too",
                        both(many(25), List.of(in("001", removed(day(9), "p1")))),
                        near(25, 20),
                        full(25, 20),
                        near(25, 20)),
                near("R13 4 of 5 are near", both(List.of(limit(day(0), 5)), many(4)), near(5, 4)),
                near("R13 80 percent are rounded up", both(List.of(limit(day(0), 11)), many(9)), near(11, 9)),
                near("R13 3 of 4 are not", both(List.of(limit(day(0), 4)), many(3))),
                near("R13 a limit of 0 with no environment enabled publishes nothing", List.of(limit(day(0), 0))),
                near(
                        "R13 more enabled than a lowered limit allows are near it",
                        both(many(2), List.of(limit(day(9), 0))),
                        full(0, 1)));
    }

    private static String near(int limit, int from) {
        return "INFO " + text(limit, from) + "Not all of them are in use.";
    }

    private static String full(int limit, int from) {
        return "WARNING " + text(limit, from) + "All of them are in use, so no other one is enabled.";
    }

    private static String text(int limit, int from) {
        return "At most " + limit
                + " environments of this tenant can be enabled for a customer-managed key. This warning is open while "
                + from + " or more are enabled. ";
    }

    private static List<Event> both(List<Event> first, List<Event> second) {
        List<Event> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /// The records are these, each with its severity.
    private static DynamicTest near(String rule, List<Event> events, String... records) {
        return DynamicTest.dynamicTest(rule, () -> {
            List<Publication.OfWarning> warnings = given(events).publications().stream()
                    .flatMap(p -> p instanceof Publication.OfWarning w
                                    && w.environmentId().isEmpty()
                            ? Stream.of(w)
                            : Stream.empty())
                    .toList();
            assertThat(warnings)
                    .allMatch(w -> w.key().equals("contoso//ENVIRONMENT_LIMIT_NEAR"))
                    .extracting(w -> w.incident().severity() + " " + w.message())
                    .containsExactly(records);
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
