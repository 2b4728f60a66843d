package io.keyward.chaos;

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

    /// What the others produce serves it as well.
    @Override
    public List<Source> sources(Wire wire, Random random, Misplacement misplacement) {
        return List.of();
    }

    @Override
    public List<Violation> check(History history, Outputs outputs) {
        Map<Companion, Integer> missing = new HashMap<>();
        outputs.decisionsByEnvironment()
                .forEach((environment, decisions) -> Companion.with(environment, decisions)
                        .forEach(companion -> missing.merge(companion, 1, Integer::sum)));
        published(outputs).forEach(companion -> missing.merge(companion, -1, Integer::sum));
        replaced(missing).forEach(companion -> missing.merge(companion, 1, Integer::sum));
        List<Violation> violations = new ArrayList<>();
        missing.forEach((companion, count) -> violations.addAll(Collections.nCopies(
                Math.abs(count),
                count > 0
                        ? Violation.lost("%s is missing; its decision is there".formatted(companion))
                        : Violation.doubled("%s is there; no decision says so".formatted(companion)))));
        return violations;
    }

    /// A warning that a further cause has cleared and raised anew, which no list of open warnings shows (R20):
    /// both of it, or neither.
    private static List<Companion> replaced(Map<Companion, Integer> missing) {
        return missing.keySet().stream()
                .filter(companion -> companion.what() == Companion.What.RAISED)
                .map(raised -> List.of(
                        raised, new Companion(raised.topic(), raised.key(), Companion.What.CLEARED, raised.with())))
                .filter(both -> both.stream().allMatch(one -> missing.getOrDefault(one, 0) < 0))
                .flatMap(List::stream)
                .toList();
    }

    private static Stream<Companion> published(Outputs outputs) {
        return Stream.concat(
                        outputs.warnings().stream().map(output -> Companion.of(Topic.WARNINGS, output)),
                        outputs.signals().stream().map(output -> Companion.of(Topic.ANALYTICS_SUPPRESSIONS, output)))
                .flatMap(Optional::stream);
    }
}
