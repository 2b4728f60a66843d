package io.keyward.chaos.guarantee;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.load.EventEncoder;
import io.keyward.chaos.load.InputSource;
import io.keyward.chaos.load.Misplacement;
import io.keyward.chaos.load.SentInputs;
import io.keyward.client.Topic;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
        published(outputs, Set.copyOf(missing.keySet()))
                .forEach(dependent -> missing.merge(dependent, -1, Integer::sum));
        List<Violation> violations = new ArrayList<>(outOfSequence(outputs));
        missing.forEach((dependent, count) -> violations.addAll(Collections.nCopies(
                Math.abs(count),
                count > 0
                        ? Violation.lost("%s is missing; its decision is there".formatted(dependent))
                        : Violation.doubled("%s is there; no decision says so".formatted(dependent)))));
        return violations;
    }

    /// The records of an incident are numbered, those that only update it included.
    private static List<Violation> outOfSequence(Outputs outputs) {
        Map<String, Incident> last = new HashMap<>();
        List<Violation> violations = new ArrayList<>();
        for (Outputs.Output output : outputs.warnings()) {
            output.publication().map(Publication.OfWarning.class::cast).ifPresent(warning -> {
                Incident incident = warning.incident();
                int expected = Optional.ofNullable(last.put(output.key(), incident))
                                .filter(before -> before.id().equals(incident.id()))
                                .map(Incident::sequence)
                                .orElse(0)
                        + 1;
                String found = "%s %s has sequence %d, expected %d"
                        .formatted(output.key(), incident.id(), incident.sequence(), expected);
                if (incident.sequence() > expected) {
                    violations.add(Violation.lost(found));
                } else if (incident.sequence() < expected) {
                    violations.add(Violation.doubled(found));
                }
            });
        }
        return violations;
    }

    private static Stream<DependentOutput> published(Outputs outputs, Set<DependentOutput> required) {
        return Stream.concat(
                outputs.warnings().stream()
                        .map(output -> DependentOutput.of(Topic.WARNINGS, output))
                        .flatMap(Optional::stream)
                        .map(dependent ->
                                dependent.kind() == DependentOutput.Kind.CLEARED && !required.contains(dependent)
                                        ? dependent.withoutDecision()
                                        : dependent),
                signals(outputs, required));
    }

    /// Without those that need no decision: tombstones, and what says only that gaps have changed, with the revision
    /// of the decision before.
    private static Stream<DependentOutput> signals(Outputs outputs, Set<DependentOutput> required) {
        Map<String, Optional<Signal>> told = new HashMap<>();
        List<DependentOutput> signals = new ArrayList<>();
        Set<DependentOutput> found = new HashSet<>();
        for (Outputs.Output output : outputs.signals()) {
            Optional<Signal> now = output.publication().map(said -> ((Publication.OfSignal) said).signal());
            Optional<Signal> before = told.getOrDefault(output.key(), Optional.empty());
            told.put(output.key(), now);
            if (now.isPresent()) {
                DependentOutput dependent =
                        DependentOutput.of(Topic.ANALYTICS_SUPPRESSIONS, output).orElseThrow();
                boolean turns =
                        now.get().suppresses() != before.map(Signal::suppresses).orElse(false);
                boolean repeats = before.filter(now.get()::isEquivalentTo).isPresent();
                boolean first = required.contains(dependent) && !found.contains(dependent);
                if (turns || repeats || first) {
                    signals.add(dependent);
                    found.add(dependent);
                }
            }
        }
        return signals.stream();
    }
}
