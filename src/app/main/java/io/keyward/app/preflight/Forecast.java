package io.keyward.app.preflight;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.keyward.domain.CloudFlow;
import io.keyward.domain.FlowMigrationCheck;
import io.keyward.domain.FlowMigrationCheck.Outcome;
import io.keyward.domain.FlowMigrationCheck.Reason;
import io.keyward.domain.FlowMigrationCheck.Verdict;
import io.keyward.domain.MigrationObstacle;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What applying a policy will do to the flows of an environment.
///
/// @param outcomes of the flows, in their order
/// @param unknownFlows the flows that are called and not in the inventory, each with the flows that call it
/// @param limit empty if it was not given
public record Forecast(
        List<InventoryFlow> flows,
        List<Outcome> outcomes,
        Map<String, List<String>> unknownFlows,
        Optional<LimitPosition> limit) {
    /// A trigger that keeps no flow, as written, and how many flows have it.
    record OtherTrigger(@JsonProperty("trigger") String name, long flows) {}

    /// Judges the flows of an inventory.
    public static Forecast of(List<InventoryFlow> flows, Optional<LimitPosition> limit) {
        FlowMigrationCheck check =
                new FlowMigrationCheck(flows.stream().map(InventoryFlow::flow).toList());
        return new Forecast(
                flows, IntStream.range(0, flows.size()).mapToObj(check::outcome).toList(), check.unknownFlows(), limit);
    }

    /// Whether every flow is known to migrate, and the environment gets a slot if its limit is given.
    public boolean allWillMigrate() {
        return count(Verdict.MIGRATES) == flows.size() && getsSlot();
    }

    boolean getsSlot() {
        return limit.map(LimitPosition::hasSlot).orElse(true);
    }

    long count(Verdict verdict) {
        return outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
    }

    /// How many flows have each obstacle that occurs.
    Map<MigrationObstacle, Long> obstacles() {
        return outcomes.stream()
                .flatMap(outcome -> outcome.reasons().stream())
                .collect(Collectors.groupingBy(
                        Reason::obstacle, () -> new EnumMap<>(MigrationObstacle.class), Collectors.counting()));
    }

    /// The triggers that keep no flow, the most frequent first. They show a name that was not recognised.
    List<OtherTrigger> otherTriggers() {
        return flows.stream()
                .filter(flow -> flow.flow().trigger() == CloudFlow.Trigger.OTHER)
                .collect(Collectors.groupingBy(InventoryFlow::trigger, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> new OtherTrigger(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(OtherTrigger::flows).reversed())
                .toList();
    }
}
