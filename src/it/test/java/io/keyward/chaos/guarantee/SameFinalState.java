package io.keyward.chaos.guarantee;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.load.EventEncoder;
import io.keyward.chaos.load.GeneratedHistories;
import io.keyward.chaos.load.InputSource;
import io.keyward.chaos.load.Misplacement;
import io.keyward.chaos.load.SentInputs;
import io.keyward.domain.ReferenceTenant;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.event.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The latest record of every key is that of the plain reference model, which gets the same events in another
/// order, and then lets time pass. Signals of environments that were ever reported as not eligible are left out: while
/// the inventory of such a one is not known, its data is suppressed, so its gaps depend on the order.
final class SameFinalState implements Guarantee {
    private static final String SIGNAL = "the signal ";

    /// The part of a decision that does not depend on the order of arrival.
    private record Decided(Decision decision, List<String> openWarnings, List<String> suppressedSinks) {}

    @Override
    public String name() {
        return "same final state";
    }

    @Override
    public List<InputSource> sources(EventEncoder encoder, Random random, Misplacement misplacement) {
        return Collections.nCopies(4, new GeneratedHistories(encoder, random, misplacement));
    }

    @Override
    public List<Violation> check(SentInputs history, Outputs outputs) {
        Map<String, Object> right = right(history);
        Map<String, Object> believed = believed(outputs);
        TreeSet<String> keys = new TreeSet<>(right.keySet());
        keys.addAll(believed.keySet());
        Set<String> notEligible = notEligible(history);
        keys.removeIf(key -> key.startsWith(SIGNAL) && notEligible.contains(key.substring(0, key.lastIndexOf('/'))));
        List<Violation> violations = new ArrayList<>();
        for (String key : keys) {
            Object expected = right.get(key);
            Object found = believed.get(key);
            if (expected == null) {
                violations.add(Violation.doubled("%s stands, and must not: %s".formatted(key, found)));
            } else if (!expected.equals(found)) {
                violations.add(Violation.lost("%s is %s, and should be %s".formatted(key, found, expected)));
            }
        }
        return violations;
    }

    /// The beginnings of the keys of the signals of environments that were reported as not eligible.
    private static Set<String> notEligible(SentInputs history) {
        return history.sent().stream()
                .flatMap(sent -> sent.input().event().stream())
                .filter(Event.EnvironmentChanged.class::isInstance)
                .map(Event.EnvironmentChanged.class::cast)
                .filter(changed -> !changed.snapshot().eligible())
                .map(changed -> signal(Publication.decisionKey(changed.tenantId(), changed.environmentId())))
                .collect(Collectors.toSet());
    }

    /// What the model says, by the keys of the records that should say it.
    private static Map<String, Object> right(SentInputs history) {
        Map<String, Object> right = new TreeMap<>();
        history.model().tenants().forEach(tenant -> addVerdicts(tenant, right));
        return right;
    }

    private static void addVerdicts(ReferenceTenant tenant, Map<String, Object> right) {
        tenant.verdicts().forEach((environment, verdict) -> {
            right.put(
                    decision(Publication.decisionKey(tenant.id(), environment)),
                    new Decided(verdict.decision(), verdict.warningNames(), verdict.sinkNames()));
            verdict.openWarnings()
                    .keySet()
                    .forEach(key -> right.put(
                            warning(Publication.warningKey(tenant.id(), Optional.of(environment), key)), "raised"));
            tenant.published(environment).signals().forEach((sink, signal) -> {
                if (!signal.isNothing()) {
                    right.put(signal(Publication.suppressionKey(tenant.id(), environment, sink)), signal);
                }
            });
        });
    }

    /// What stands in the outputs: no warning that is cleared, no sink that was never suppressed.
    private static Map<String, Object> believed(Outputs outputs) {
        Map<String, Object> believed = new TreeMap<>();
        latest(outputs.decisions()).forEach((key, publication) -> {
            Publication.OfDecision d = (Publication.OfDecision) publication;
            believed.put(decision(key), new Decided(d.decision(), d.openWarnings(), d.suppressedSinks()));
        });
        latest(outputs.warnings()).forEach((key, publication) -> {
            if (((Publication.OfWarning) publication).clearedAt().isEmpty()) {
                believed.put(warning(key), "raised");
            }
        });
        latest(outputs.signals()).forEach((key, publication) -> {
            Signal said = ((Publication.OfSignal) publication).signal();
            if (!said.isNothing()) {
                believed.put(signal(key), said);
            }
        });
        return believed;
    }

    private static Map<String, Publication> latest(List<Outputs.Output> outputs) {
        Map<String, Publication> latest = new HashMap<>();
        outputs.forEach(output -> output.publication()
                .ifPresentOrElse(said -> latest.put(output.key(), said), () -> latest.remove(output.key())));
        return latest;
    }

    private static String decision(String key) {
        return "the decision " + key;
    }

    private static String warning(String key) {
        return "the warning " + key;
    }

    private static String signal(String key) {
        return SIGNAL + key;
    }
}
