package io.keyward.chaos.guarantee;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.load.EventEncoder;
import io.keyward.chaos.load.Input;
import io.keyward.chaos.load.InputSource;
import io.keyward.chaos.load.Misplacement;
import io.keyward.chaos.load.NewEnvironments;
import io.keyward.chaos.load.SentInputs;
import io.keyward.client.Coordinates;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Every input is decided exactly once: each environment's revisions are 1, 2, 3 … without gap or repeat, no input
/// causes two decisions on one environment, and what must cause a decision does.
final class DecidedOnce implements Guarantee {
    @Override
    public String name() {
        return "decided once";
    }

    @Override
    public List<InputSource> sources(EventEncoder encoder, Random random, Misplacement misplacement) {
        return Collections.nCopies(3, new NewEnvironments(encoder, random, misplacement));
    }

    @Override
    public List<Violation> check(SentInputs history, Outputs outputs) {
        List<Violation> violations = new ArrayList<>();
        outputs.decisionsByEnvironment().forEach((environment, decisions) -> {
            revisions(environment, decisions, violations);
            causes(environment, decisions, violations);
        });
        inputs(history, outputs, violations);
        return violations;
    }

    private static void revisions(String environment, List<Outputs.Output> decisions, List<Violation> violations) {
        long last = 0;
        for (Outputs.Output output : decisions) {
            long revision = output.publication().map(DecidedOnce::revision).orElse(last);
            if (revision > last + 1) {
                violations.add(Violation.lost(
                        "%s: revision %d is followed by revision %d".formatted(environment, last, revision)));
            } else if (output.publication().isPresent() && revision <= last) {
                violations.add(Violation.doubled(
                        "%s: revision %d comes after revision %d".formatted(environment, revision, last)));
            }
            last = Math.max(last, revision);
        }
    }

    private static void causes(String environment, List<Outputs.Output> decisions, List<Violation> violations) {
        Set<Coordinates> causes = new HashSet<>();
        decisions.stream()
                .flatMap(output -> output.publication().stream())
                .map(DecidedOnce::cause)
                .filter(cause -> !causes.add(cause))
                .forEach(cause -> violations.add(
                        Violation.doubled("%s is decided more than once because of %s".formatted(environment, cause))));
    }

    private static void inputs(SentInputs history, Outputs outputs, List<Violation> violations) {
        Map<Coordinates, Integer> decisions = new HashMap<>();
        outputs.decisions().stream()
                .flatMap(output -> output.publication().stream())
                .forEach(publication -> decisions.merge(cause(publication), 1, Integer::sum));
        for (SentInputs.Sent sent : history.sent()) {
            if (sent.input().expectation() instanceof Input.Decides decides
                    && !decisions.containsKey(sent.coordinates())) {
                violations.add(
                        Violation.lost("%s has not been decided: %s".formatted(sent.coordinates(), decides.event())));
            }
        }
    }

    private static long revision(Publication publication) {
        return ((Publication.OfDecision) publication).revision();
    }

    private static Coordinates cause(Publication publication) {
        Cause cause = ((Publication.OfDecision) publication).cause();
        return new Coordinates(cause.topic(), cause.partition(), cause.offset());
    }
}
