package io.keyward.chaos.guarantee;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.load.EventEncoder;
import io.keyward.chaos.load.InputSource;
import io.keyward.chaos.load.Misplacement;
import io.keyward.chaos.load.SentInputs;
import io.keyward.topology.contract.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Decision, warnings and signals of one cause appear together or not at all.
final class OneCauseTogether implements Guarantee {
    @Override
    public String name() {
        return "one cause together";
    }

    /// The inputs of the other guarantees test it as well.
    @Override
    public List<InputSource> sources(EventEncoder encoder, Random random, Misplacement misplacement) {
        return List.of();
    }

    @Override
    public List<Violation> check(SentInputs history, Outputs outputs) {
        Map<DependentOutput, Integer> missing = new HashMap<>();
        outputs.decisionsByEnvironment()
                .forEach((environment, decisions) -> DependentOutput.with(environment, decisions)
                        .forEach(dependent -> missing.merge(dependent, 1, Integer::sum)));
        published(outputs).forEach(dependent -> missing.merge(dependent, -1, Integer::sum));
        replaced(missing).forEach(dependent -> missing.merge(dependent, 1, Integer::sum));
        List<Violation> violations = new ArrayList<>();
        missing.forEach((dependent, count) -> violations.addAll(Collections.nCopies(
                Math.abs(count),
                count > 0
                        ? Violation.lost("%s is missing; its decision is there".formatted(dependent))
                        : Violation.doubled("%s is there; no decision says so".formatted(dependent)))));
        return violations;
    }

    /// A warning that a further cause has cleared and raised again, which no list of open warnings shows (R20):
    /// both records, or neither.
    private static List<DependentOutput> replaced(Map<DependentOutput, Integer> missing) {
        return missing.keySet().stream()
                .filter(dependent -> dependent.kind() == DependentOutput.Kind.RAISED)
                .map(raised -> List.of(
                        raised,
                        new DependentOutput(raised.topic(), raised.key(), DependentOutput.Kind.CLEARED, raised.with())))
                .filter(both -> both.stream().allMatch(one -> missing.getOrDefault(one, 0) < 0))
                .flatMap(List::stream)
                .toList();
    }

    private static Stream<DependentOutput> published(Outputs outputs) {
        return Stream.concat(
                        outputs.warnings().stream().map(output -> DependentOutput.of(Topic.WARNINGS, output)),
                        outputs.signals().stream()
                                .map(output -> DependentOutput.of(Topic.ANALYTICS_SUPPRESSIONS, output)))
                .flatMap(Optional::stream);
    }
}
