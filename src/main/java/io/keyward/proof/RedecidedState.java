package io.keyward.proof;

import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.RaisedWarning;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Suppressed;
import io.keyward.domain.decision.SuppressionSignal;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/// Tells in which way the stored state of an environment differs from what its facts give when they are decided anew.
final class RedecidedState {
    private final EnvironmentState stored;
    private final DecisionResult decided;
    private final List<Deviation> deviations = new ArrayList<>();

    private RedecidedState(EnvironmentState stored, DecisionResult decided) {
        this.stored = stored;
        this.decided = decided;
    }

    /// The deviations; none if both are equal, so that nothing would be published.
    static List<Deviation> deviations(EnvironmentState stored, DecisionResult decided) {
        if (decided.publications().isEmpty() && decided.after().equals(stored)) {
            return List.of();
        }
        RedecidedState compared = new RedecidedState(stored, decided);
        compared.compare();
        return compared.deviations;
    }

    private void compare() {
        compareSlots();
        if (decided.assessment().isPresent()) {
            Verdict verdict = decided.assessment().get().verdict();
            stored.published()
                    .decision()
                    .ifPresentOrElse(
                            published -> new RedecidedDecision(published, verdict).addTo(deviations),
                            () -> deviations.add(new Deviation(
                                    RedecidedDecision.stateRule(verdict),
                                    Deviation.sentence(
                                            "The published decision",
                                            verdict.decision().encryptionState(),
                                            null))));
            compareWarnings(verdict);
            compareSinks(verdict);
        } else if (!isRetracted(stored.published())) {
            deviations.add(Deviation.of(
                    Rule.R24,
                    "Expected nothing to be published of an environment of which nothing is known, found revision %d."
                            .formatted(stored.published().revision())));
        }
        compareTimers();
        if (deviations.isEmpty()) {
            deviations.add(new Deviation(
                    Optional.empty(),
                    Deviation.sentence("What was published", decided.after().published(), stored.published())));
        }
    }

    private void compareTimers() {
        EnvironmentState expected = decided.after();
        if (!expected.dueAt().equals(stored.dueAt())) {
            deviations.add(Deviation.of(
                    Rule.R25,
                    Deviation.sentence(
                            "The deadline",
                            expected.dueAt().orElse(null),
                            stored.dueAt().orElse(null))));
        } else if (!expected.timer().equals(stored.timer())) {
            deviations.add(Deviation.of(
                    Rule.R25,
                    Deviation.sentence(
                            "The timer, which fires later than the time reached and no later than the deadline",
                            expected.firesAt().orElse(null),
                            stored.firesAt().orElse(null))));
        }
    }

    private static boolean isRetracted(Published published) {
        return published.decision().isEmpty()
                && published.warnings().isEmpty()
                && published.signals().isEmpty();
    }

    private void compareSlots() {
        Slot expected = decided.after().slot();
        if (!expected.equals(stored.slot())) {
            deviations.add(Deviation.of(
                    expected.queuedAt().isPresent() ? Rule.R12 : Rule.R10,
                    Deviation.sentence("The place within the tenant's limit", expected, stored.slot())));
        }
    }

    private void compareWarnings(Verdict verdict) {
        SortedMap<WarningKey, Optional<RaisedWarning>> published =
                stored.published().warnings();
        for (WarningKey key : union(verdict.openWarnings(), published)) {
            Optional<OpenWarning> expected =
                    Optional.ofNullable(verdict.openWarnings().get(key));
            Optional<RaisedWarning> found = published.getOrDefault(key, Optional.empty());
            if (expected.isPresent() != found.isPresent()) {
                deviations.add(Deviation.of(
                        key.code().rule(),
                        Deviation.sentence("The warning " + key, open(expected.isPresent()), open(found.isPresent()))));
            } else if (expected.isPresent()
                    && !expected.get().causes().equals(found.get().causes())) {
                deviations.add(Deviation.of(
                        key.code().rule(),
                        Deviation.sentence(
                                "What holds the warning " + key + " open",
                                new TreeSet<>(expected.get().causes()),
                                new TreeSet<>(found.get().causes()))));
            }
        }
    }

    private static String open(boolean isOpen) {
        return isOpen ? "open" : "not open";
    }

    private void compareSinks(Verdict verdict) {
        SortedMap<String, Optional<SuppressionSignal>> published =
                stored.published().signals();
        for (String sink : union(verdict.suppressedSinks(), published)) {
            Optional<Suppressed> expected =
                    Optional.ofNullable(verdict.suppressedSinks().get(sink));
            Optional<Suppressed> found =
                    published.getOrDefault(sink, Optional.empty()).map(SuppressionSignal::suppressed);
            if (!expected.equals(found)) {
                deviations.add(Deviation.of(
                        expected.map(Suppressed::reason).orElse(verdict.whyAllowed()),
                        Deviation.sentence("The sink " + sink, signal(expected), signal(found))));
            }
        }
    }

    private static String signal(Optional<Suppressed> suppressed) {
        return suppressed
                .map(s -> "suppressed since " + s.since() + " by " + s.reason())
                .orElse("allowed");
    }

    private static <K extends Comparable<K>> Set<K> union(Map<K, ?> one, Map<K, ?> other) {
        TreeSet<K> all = new TreeSet<>(one.keySet());
        all.addAll(other.keySet());
        return all;
    }
}
