package io.keyward.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Which cloud flows of an environment migrate to the customer-managed key when a policy is applied, and why
/// the others do not (R3a). A flow that calls one outside of the inventory may stay: whether it migrates is not
/// known.
public final class FlowMigrationCheck {
    private final List<CloudFlow> flows;
    /// Of the inventory, and after them of the flows that are called and not in it.
    private final List<String> ids;
    private final int[][] callers;
    private final NearestFlows staying;
    private final NearestFlows unknown;

    /// What is expected of a flow.
    public enum Verdict {
        MIGRATES,
        STAYS,
        NOT_KNOWN
    }

    /// The shortest chain of calls from a flow to the one that causes its obstacle.
    ///
    /// @param flows the ids of the called flows in order; the last one is the cause. Of a chain that is too
    ///     long, the ones before the cause are left out
    /// @param calls the number of calls
    public record CallChain(List<String> flows, int calls) {
        /// The most ids that a chain names.
        public static final int MOST_NAMED = 10;
    }

    /// An obstacle, with the chain to its cause if that is another flow.
    public record Reason(MigrationObstacle obstacle, Optional<CallChain> chain) {}

    /// What is expected of a flow, and why.
    public record Outcome(Verdict verdict, List<Reason> reasons) {}

    /// Checks an inventory.
    ///
    /// @param inventory flows of which no two have the same id
    public FlowMigrationCheck(List<CloudFlow> inventory) {
        flows = List.copyOf(inventory);
        ids = new ArrayList<>(flows.size());
        Map<String, Integer> numbers = HashMap.newHashMap(flows.size());
        flows.forEach(flow -> number(flow.id(), numbers));
        int[][] callees = flows.stream()
                .map(flow -> flow.calls().stream()
                        .mapToInt(callee -> number(callee, numbers))
                        .toArray())
                .toArray(int[][]::new);
        callers = reversed(callees, ids.size());
        staying = NearestFlows.among(
                IntStream.range(0, flows.size())
                        .filter(flow -> !flows.get(flow).ownObstacles().isEmpty())
                        .toArray(),
                callers);
        unknown = NearestFlows.among(IntStream.range(flows.size(), ids.size()).toArray(), callers);
    }

    private int number(String id, Map<String, Integer> numbers) {
        return numbers.computeIfAbsent(id, added -> {
            ids.add(added);
            return ids.size() - 1;
        });
    }

    private static int[][] reversed(int[][] callees, int flows) {
        int[] counts = new int[flows];
        for (int[] called : callees) {
            for (int callee : called) {
                counts[callee]++;
            }
        }
        int[][] callers = new int[flows][];
        for (int flow = 0; flow < flows; flow++) {
            callers[flow] = new int[counts[flow]];
        }
        for (int caller = callees.length - 1; caller >= 0; caller--) {
            for (int callee : callees[caller]) {
                callers[callee][--counts[callee]] = caller;
            }
        }
        return callers;
    }

    /// What is expected of a flow.
    ///
    /// @param flow its place in the inventory, from 0
    public Outcome outcome(int flow) {
        List<Reason> reasons = new ArrayList<>();
        flows.get(flow).ownObstacles().forEach(own -> reasons.add(new Reason(own, Optional.empty())));
        chain(flow, staying)
                .ifPresent(
                        chain -> reasons.add(new Reason(MigrationObstacle.CALLS_FLOW_THAT_STAYS, Optional.of(chain))));
        Verdict verdict = reasons.isEmpty() ? Verdict.MIGRATES : Verdict.STAYS;
        Optional<CallChain> unsure = chain(flow, unknown);
        unsure.ifPresent(chain -> reasons.add(new Reason(MigrationObstacle.CALLS_UNKNOWN_FLOW, unsure)));
        return new Outcome(verdict == Verdict.MIGRATES && unsure.isPresent() ? Verdict.NOT_KNOWN : verdict, reasons);
    }

    private Optional<CallChain> chain(int flow, NearestFlows causes) {
        return causes.calls(flow).isEmpty()
                ? Optional.empty()
                : Optional.of(new CallChain(
                        causes.way(flow, CallChain.MOST_NAMED)
                                .mapToObj(ids::get)
                                .toList(),
                        causes.calls(flow).getAsInt()));
    }

    /// The flows that are called and not in the inventory, each with the flows that call it.
    public Map<String, List<String>> unknownFlows() {
        Map<String, List<String>> unknownFlows = new LinkedHashMap<>();
        for (int flow = flows.size(); flow < ids.size(); flow++) {
            unknownFlows.put(
                    ids.get(flow),
                    IntStream.of(callers[flow]).mapToObj(ids::get).toList());
        }
        return unknownFlows;
    }
}
