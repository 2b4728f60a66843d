package io.keyward.domain;

import static io.keyward.domain.MigrationObstacle.CALLS_FLOW_THAT_STAYS;
import static io.keyward.domain.MigrationObstacle.CALLS_UNKNOWN_FLOW;
import static io.keyward.domain.MigrationObstacle.HTTP_TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.CloudFlow.Trigger;
import io.keyward.domain.FlowMigrationCheck.CallChain;
import io.keyward.domain.FlowMigrationCheck.Outcome;
import io.keyward.domain.FlowMigrationCheck.Reason;
import io.keyward.domain.FlowMigrationCheck.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which flows migrate and why the others do not (R3a).
class FlowMigrationCheckTest {
    private static final int MANY = 100_000;

    @ParameterizedTest(name = "R3a: {0}")
    @CsvSource(delimiter = '|', textBlock = """
        any trigger in a solution              | OTHER         | true  | false | MIGRATES |
        any trigger in no solution             | OTHER         | false | false | MIGRATES |
        Power Apps (V1) in no solution         | POWER_APPS_V1 | false | false | STAYS    | POWER_APPS_V1_TRIGGER
        Power Apps (V1) in a solution          | POWER_APPS_V1 | true  | false | MIGRATES |
        HTTP in a solution                     | HTTP          | true  | false | STAYS    | HTTP_TRIGGER
        HTTP in no solution                    | HTTP          | false | false | STAYS    | HTTP_TRIGGER
        Teams in a solution                    | TEAMS         | true  | false | STAYS    | TEAMS_TRIGGER
        Teams in no solution                   | TEAMS         | false | false | STAYS    | TEAMS_TRIGGER
        List flows as Admin (V1)               | OTHER         | true  | true  | STAYS    | LIST_FLOWS_AS_ADMIN_V1
        a trigger and List flows as Admin (V1) | HTTP          | true  | true  | STAYS    | HTTP_TRIGGER LIST_FLOWS_AS_ADMIN_V1
        """)
    void aFlowThatCallsNone(
            String name, Trigger trigger, boolean inSolution, boolean lists, Verdict verdict, String obstacles) {
        Outcome outcome =
                new FlowMigrationCheck(List.of(new CloudFlow("a", trigger, inSolution, lists, List.of()))).outcome(0);

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        verdict,
                        Stream.of(Optional.ofNullable(obstacles).orElse("").split(" ", -1))
                                .filter(word -> !word.isEmpty())
                                .map(word -> new Reason(MigrationObstacle.valueOf(word), Optional.empty()))
                                .toList()));
    }

    /// Calls are written `a>b`; a flow with an upper-case id has an HTTP trigger; `?` is not in the inventory.
    @ParameterizedTest(name = "R3a: {0}")
    @CsvSource(delimiter = '|', textBlock = """
        a flow calls one that migrates     | a>b             | a MIGRATES; b MIGRATES
        a flow calls one that stays        | a>B             | a STAYS by B; B STAYS
        through two others                 | a>b b>c c>D     | a STAYS by b c D; b STAYS by c D; c STAYS by D; D STAYS
        one that stays calls another       | A>b             | A STAYS; b MIGRATES
        and that one stays too             | A>B             | A STAYS by B; B STAYS
        the shortest of two chains         | a>b b>c c>D a>D | a STAYS by D; b STAYS by c D; c STAYS by D; D STAYS
        a cycle that calls one that stays  | a>b b>a b>C     | a STAYS by b C; b STAYS by C; C STAYS
        a cycle with one that stays        | A>b b>A         | A STAYS; b STAYS by A
        a cycle with two that stay         | A>b b>C C>A     | A STAYS by b C; b STAYS by C; C STAYS by A
        a cycle of which none stays        | a>b b>a         | a MIGRATES; b MIGRATES
        a flow that calls itself           | a>a             | a MIGRATES
        one that stays and calls itself    | A>A             | A STAYS
        a flow calls an unknown one        | a>?             | a NOT_KNOWN by ?
        through another one                | a>b b>?         | a NOT_KNOWN by b ?; b NOT_KNOWN by ?
        an unknown one and one that stays  | a>? a>B         | a STAYS by B by ?; B STAYS
        one that stays calls an unknown    | A>?             | A STAYS by ?
        a cycle with an unknown one        | a>b b>a b>?     | a NOT_KNOWN by b ?; b NOT_KNOWN by ?
        """)
    void aFlowThatCallsOthers(String name, String calls, String expected) {
        List<CloudFlow> flows = flows(calls);
        FlowMigrationCheck check = new FlowMigrationCheck(flows);

        assertThat(IntStream.range(0, flows.size())
                        .mapToObj(flow -> flows.get(flow).id() + " " + words(check.outcome(flow)))
                        .collect(Collectors.joining("; ")))
                .isEqualTo(expected);
    }

    @Test
    void unknownFlowsAreNamedWithTheirCallers() {
        FlowMigrationCheck check = new FlowMigrationCheck(List.of(
                flow("a", Trigger.OTHER, List.of("x", "b", "x")),
                flow("b", Trigger.OTHER, List.of("y", "x")),
                flow("c", Trigger.OTHER, List.of("a"))));

        assertThat(check.unknownFlows())
                .containsExactly(Map.entry("x", List.of("a", "b")), Map.entry("y", List.of("b")));
    }

    @Test
    void aLongChainIsNamedByItsBeginningAndItsEnd() {
        FlowMigrationCheck check = new FlowMigrationCheck(chain(MANY, false));

        CallChain whole = check.outcome(MANY - 11).reasons().getFirst().chain().orElseThrow();
        CallChain longer = check.outcome(0).reasons().getFirst().chain().orElseThrow();
        assertThat(whole)
                .isEqualTo(new CallChain(
                        IntStream.range(MANY - 10, MANY).mapToObj(i -> "f" + i).toList(), 10));
        assertThat(longer.calls()).isEqualTo(MANY - 1);
        assertThat(longer.flows()).hasSize(10).startsWith("f1", "f2").endsWith("f9", "f" + (MANY - 1));
    }

    @Test
    void aChainOfManyFlowsStays() {
        FlowMigrationCheck check = new FlowMigrationCheck(chain(MANY, false));

        assertThat(IntStream.range(0, MANY).mapToObj(check::outcome))
                .allSatisfy(outcome -> assertThat(outcome.verdict()).isEqualTo(Verdict.STAYS));
    }

    @Test
    void aCycleOfManyFlowsStays() {
        FlowMigrationCheck check = new FlowMigrationCheck(chain(MANY, true));

        assertThat(check.outcome(MANY - 1).reasons()).containsExactly(new Reason(HTTP_TRIGGER, Optional.empty()));
        assertThat(check.outcome(0).reasons().getFirst().chain().orElseThrow().calls())
                .isEqualTo(MANY - 1);
    }

    private static List<CloudFlow> chain(int length, boolean closed) {
        return IntStream.range(0, length)
                .mapToObj(i -> flow(
                        "f" + i,
                        i == length - 1 ? Trigger.HTTP : Trigger.OTHER,
                        i < length - 1 || closed ? List.of("f" + (i + 1) % length) : List.of()))
                .toList();
    }

    @Provide
    Arbitrary<List<CloudFlow>> inventories() {
        Arbitrary<Trigger> triggers = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Trigger.OTHER)), Tuple.of(1, Arbitraries.of(Trigger.class)));
        Arbitrary<List<String>> calls =
                Arbitraries.integers().between(0, 13).map(i -> "f" + i).list().ofMaxSize(3);
        return Combinators.combine(triggers, Arbitraries.of(true, false), calls)
                .as((trigger, inSolution, called) -> new CloudFlow("", trigger, inSolution, false, called))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(flows -> IntStream.range(0, flows.size())
                        .mapToObj(i -> new CloudFlow(
                                "f" + i,
                                flows.get(i).trigger(),
                                flows.get(i).inSolution(),
                                false,
                                flows.get(i).calls()))
                        .toList());
    }

    /// The verdicts are the least fixpoint of the rule, and a chain is a shortest way to a flow that stays by
    /// itself, or that is unknown.
    @Property
    void isTheFixpointOfTheRule(@ForAll("inventories") List<CloudFlow> flows) {
        Map<String, CloudFlow> byId = new LinkedHashMap<>();
        flows.forEach(flow -> byId.put(flow.id(), flow));
        Set<String> stay = closure(
                flows,
                byId.values().stream()
                        .filter(flow -> !flow.ownObstacles().isEmpty())
                        .map(CloudFlow::id)
                        .collect(Collectors.toSet()));
        Set<String> unsure = closure(
                flows,
                flows.stream()
                        .flatMap(flow -> flow.calls().stream())
                        .filter(id -> !byId.containsKey(id))
                        .collect(Collectors.toSet()));
        FlowMigrationCheck check = new FlowMigrationCheck(flows);

        for (int i = 0; i < flows.size(); i++) {
            CloudFlow flow = flows.get(i);
            Outcome outcome = check.outcome(i);
            assertThat(outcome.verdict())
                    .isEqualTo(
                            stay.contains(flow.id())
                                    ? Verdict.STAYS
                                    : unsure.contains(flow.id()) ? Verdict.NOT_KNOWN : Verdict.MIGRATES);
            assertThat(chain(outcome, CALLS_FLOW_THAT_STAYS).map(CallChain::calls))
                    .isEqualTo(distance(
                            flow,
                            byId,
                            id -> byId.containsKey(id)
                                    && !byId.get(id).ownObstacles().isEmpty()));
            assertThat(chain(outcome, CALLS_UNKNOWN_FLOW).map(CallChain::calls))
                    .isEqualTo(distance(flow, byId, id -> !byId.containsKey(id)));
            outcome.reasons().forEach(reason -> reason.chain().ifPresent(chain -> follow(flow, chain, byId)));
        }
    }

    private static Optional<CallChain> chain(Outcome outcome, MigrationObstacle obstacle) {
        return outcome.reasons().stream()
                .filter(reason -> reason.obstacle() == obstacle)
                .findFirst()
                .flatMap(Reason::chain);
    }

    private static void follow(CloudFlow from, CallChain chain, Map<String, CloudFlow> byId) {
        assertThat(chain.flows()).hasSize(chain.calls());
        CloudFlow caller = from;
        for (String called : chain.flows()) {
            assertThat(caller.calls()).contains(called);
            caller = byId.get(called);
        }
        assertThat(caller == null || !caller.ownObstacles().isEmpty()).isTrue();
    }

    private static Set<String> closure(List<CloudFlow> flows, Set<String> seeds) {
        Set<String> closed = new HashSet<>(seeds);
        boolean grew = true;
        while (grew) {
            grew = false;
            for (CloudFlow flow : flows) {
                if (flow.calls().stream().anyMatch(closed::contains)) {
                    grew |= closed.add(flow.id());
                }
            }
        }
        return closed;
    }

    /// The number of calls to the nearest other flow that is sought.
    private static Optional<Integer> distance(CloudFlow from, Map<String, CloudFlow> byId, Predicate<String> sought) {
        Set<String> reached = new HashSet<>(Set.of(from.id()));
        for (int calls = 1; calls <= byId.size() + 1; calls++) {
            Set<String> further = new HashSet<>(reached);
            reached.stream()
                    .filter(byId::containsKey)
                    .forEach(id -> further.addAll(byId.get(id).calls()));
            if (further.stream().anyMatch(id -> !id.equals(from.id()) && sought.test(id))) {
                return Optional.of(calls);
            }
            reached = further;
        }
        return Optional.empty();
    }

    private static List<CloudFlow> flows(String calls) {
        Map<String, List<String>> callees = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String call : calls.split(" ", -1)) {
            String caller = call.substring(0, 1);
            String callee = call.substring(2);
            callees.computeIfAbsent(caller, _ -> new ArrayList<>()).add(callee);
            if (!callee.equals("?")) {
                callees.computeIfAbsent(callee, _ -> new ArrayList<>());
            }
        }
        return callees.entrySet().stream()
                .map(entry -> flow(
                        entry.getKey(),
                        Character.isUpperCase(entry.getKey().charAt(0)) ? Trigger.HTTP : Trigger.OTHER,
                        entry.getValue()))
                .toList();
    }

    private static CloudFlow flow(String id, Trigger trigger, List<String> calls) {
        return new CloudFlow(id, trigger, true, false, calls);
    }

    private static String words(Outcome outcome) {
        return outcome.verdict()
                + outcome.reasons().stream()
                        .flatMap(reason -> reason.chain().stream())
                        .map(chain -> " by " + String.join(" ", chain.flows()))
                        .collect(Collectors.joining());
    }
}
