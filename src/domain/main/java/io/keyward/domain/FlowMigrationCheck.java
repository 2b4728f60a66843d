package io.keyward.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which cloud flows of an environment migrate to the customer-managed key when a policy is applied, and why
/// the others do not (R3a). A flow that calls one outside of the inventory may stay: whether it migrates is not
/// known.
public final class FlowMigrationCheck {
    private final List<CloudFlow> flows;
    private final Map<String, List<String>> unknownFlows;
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
        Map<String, List<String>> callers = new LinkedHashMap<>();
        flows.forEach(flow -> flow.calls()
                .forEach(callee ->
                        callers.computeIfAbsent(callee, _ -> new ArrayList<>()).add(flow.id())));
        unknownFlows = new LinkedHashMap<>(callers);
        flows.forEach(flow -> unknownFlows.remove(flow.id()));
        List<String> withObstacles = flows.stream()
                .filter(flow -> !flow.ownObstacles().isEmpty())
                .map(CloudFlow::id)
                .toList();
        staying = new NearestFlows(withObstacles, callers);
        unknown = new NearestFlows(unknownFlows.keySet(), callers);
    }

    /// What is expected of a flow.
    ///
    /// @param flow its place in the inventory, from 0
    public Outcome outcome(int flow) {
        List<Reason> reasons = new ArrayList<>();
        flows.get(flow).ownObstacles().forEach(own -> reasons.add(new Reason(own, Optional.empty())));
        String id = flows.get(flow).id();
        chain(id, staying)
                .ifPresent(
                        chain -> reasons.add(new Reason(MigrationObstacle.CALLS_FLOW_THAT_STAYS, Optional.of(chain))));
        Verdict verdict = reasons.isEmpty() ? Verdict.MIGRATES : Verdict.STAYS;
        Optional<CallChain> unsure = chain(id, unknown);
        unsure.ifPresent(chain -> reasons.add(new Reason(MigrationObstacle.CALLS_UNKNOWN_FLOW, unsure)));
        return new Outcome(verdict == Verdict.MIGRATES && unsure.isPresent() ? Verdict.NOT_KNOWN : verdict, reasons);
    }

    private static Optional<CallChain> chain(String flow, NearestFlows causes) {
        return causes.from(flow).map(way -> new CallChain(way.called(CallChain.MOST_NAMED), way.calls()));
    }

    /// The flows that are called and not in the inventory, each with the flows that call it.
    public Map<String, List<String>> unknownFlows() {
        return Collections.unmodifiableMap(unknownFlows);
    }
}
