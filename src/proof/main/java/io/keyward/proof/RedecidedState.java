package io.keyward.proof;

import io.keyward.domain.Assessment;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How the stored state of an environment differs from what its facts give when they are decided again.
record RedecidedState(EnvironmentState stored, DecisionResult decided) {
    /// The deviations; none if both are equal, so that nothing would be published.
    List<Deviation> deviations() {
        if (decided.publications().isEmpty() && decided.after().equals(stored)) {
            return List.of();
        }
        Optional<Verdict> verdict = decided.assessment().map(Assessment::verdict);
        List<Deviation> deviations = Stream.of(
                        slot(), verdict.map(this::published).orElseGet(this::notRetracted), timer())
                .flatMap(some -> some)
                .toList();
        return deviations.isEmpty()
                ? List.of(new Deviation(
                        Optional.empty(),
                        Deviation.sentence("What was published", decided.after().published(), stored.published())))
                : deviations;
    }

    private Stream<Deviation> slot() {
        Slot expected = decided.after().slot();
        Rule rule = expected.queuedAt().isPresent() ? Rule.R12 : Rule.R10;
        return Deviation.between("The place within the tenant's limit", expected, stored.slot(), Optional.of(rule))
                .stream();
    }

    private Stream<Deviation> published(Verdict verdict) {
        List<Deviation> decision = stored.published()
                .decision()
                .map(published -> new RedecidedDecision(published, verdict).deviations())
                .orElseGet(() -> List.of(new Deviation(
                        RedecidedDecision.stateRule(verdict),
                        Deviation.sentence(
                                "The published decision", verdict.decision().encryptionState(), null))));
        return Stream.of(decision.stream(), warnings(), sinks()).flatMap(some -> some);
    }

    private Stream<Deviation> notRetracted() {
        Published found = stored.published();
        boolean retracted = found.decision().isEmpty()
                && found.warnings().isEmpty()
                && found.signals().isEmpty();
        return retracted
                ? Stream.empty()
                : Stream.of(Deviation.of(
                        Rule.R24,
                        "Expected nothing to be published of an environment of which nothing is known, found revision %d."
                                .formatted(found.revision())));
    }

    private Stream<Deviation> warnings() {
        Map<WarningCode, Optional<Incident>> expected =
                decided.after().published().warnings();
        Map<WarningCode, Optional<Incident>> found = stored.published().warnings();
        return union(expected, found)
                .flatMap(code -> warning(
                        code, expected.getOrDefault(code, Optional.empty()), found.getOrDefault(code, Optional.empty()))
                        .stream());
    }

    private static Optional<Deviation> warning(
            WarningCode code, Optional<Incident> expected, Optional<Incident> found) {
        Optional<Rule> rule = Optional.of(code.rule());
        return expected.isPresent() == found.isPresent()
                ? Deviation.between("What the warning " + code + " told", expected, found, rule)
                : Deviation.between("The warning " + code, open(expected.isPresent()), open(found.isPresent()), rule);
    }

    static String open(boolean isOpen) {
        return isOpen ? "open" : "not open";
    }

    private Stream<Deviation> sinks() {
        Map<String, ?> expected = decided.after().published().signals();
        Map<String, ?> found = stored.published().signals();
        Optional<Rule> rule = Optional.of(Rule.R15);
        return union(expected, found)
                .flatMap(sink ->
                        Deviation.between("The signal to " + sink, expected.get(sink), found.get(sink), rule).stream());
    }

    private Stream<Deviation> timer() {
        EnvironmentState expected = decided.after();
        Optional<Rule> rule = Optional.of(Rule.R25);
        if (!expected.dueAt().equals(stored.dueAt()) || expected.timer().equals(stored.timer())) {
            return Deviation.between("The deadline", expected.dueAt(), stored.dueAt(), rule).stream();
        }
        return Stream.of(new Deviation(
                rule,
                Deviation.sentence(
                        "The timer, which fires later than the time reached and no later than the deadline",
                        expected.firesAt(),
                        stored.firesAt())));
    }

    private static <K extends Comparable<K>> Stream<K> union(Map<K, ?> one, Map<K, ?> other) {
        TreeSet<K> all = new TreeSet<>(one.keySet());
        all.addAll(other.keySet());
        return all.stream();
    }
}
