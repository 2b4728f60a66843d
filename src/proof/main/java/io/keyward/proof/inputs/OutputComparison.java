package io.keyward.proof.inputs;

import io.keyward.domain.Assessment;
import io.keyward.domain.Decider;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.SeriesMemory;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.Deviation;
import io.keyward.proof.RedecidedDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Decides an environment from the facts that an output rests on, and compares.
///
/// What was published before is not known, so it is taken to be what makes the output necessary. Which
/// environments hold the slots depends on the order in which events arrived: an output is right if one place
/// within the limit gives it.
///
/// @param environment of the key of the output
/// @param facts of the tenant, below the position of the output
/// @param times when the events of the tenant occurred: a wait for a slot ended at one of them
record OutputComparison(
        Decider decider, TenantId tenant, EnvironmentId environment, TenantFacts facts, Set<Instant> times) {
    private static final Signal SUPPRESSED = new Signal(Signal.Action.SUPPRESS, Instant.EPOCH, List.of());

    /// In which way the output differs from what the facts give; empty if it does not.
    Optional<Deviation> deviation(Publication.Stated output) {
        Optional<Deviation> first = Optional.empty();
        for (Slot slot : slots(output)) {
            DecisionResult result = decide(slot, before(output), told(output), output.cause());
            if (result.publications().stream().map(OutputComparison::asRecorded).anyMatch(output::equals)) {
                return Optional.empty();
            }
            first = first.or(() -> Optional.of(deviation(output, result)));
        }
        return first;
    }

    /// The same for a tombstone: nothing may be known of the environment, or of a warning only that it is not open.
    ///
    /// @param warning as decisions list it; empty for the tombstone of a decision or a signal
    Optional<Deviation> deviationOfTombstone(Optional<String> warning) {
        Optional<Verdict> verdict = decide(Slot.none(), Published.NOTHING, List.of(), Cause.NONE)
                .assessment()
                .map(Assessment::verdict);
        boolean right = verdict.isEmpty()
                || warning.filter(name -> !verdict.get().warningNames().contains(name))
                        .isPresent();
        return right
                ? Optional.empty()
                : Optional.of(Deviation.of(
                        Rule.R24, "Expected a record, found a tombstone: the environment is known, and not purged."));
    }

    private DecisionResult decide(Slot slot, Published before, List<TimeRange> told, Cause cause) {
        EnvironmentFacts known = facts.of(environment);
        Map<KeyId, KeyFacts> keys = new HashMap<>();
        known.allKeys().forEach(key -> keys.put(key, facts.of(key)));
        return decider.decide(
                tenant,
                environment,
                new Decider.Input(
                        new EnvironmentState(
                                known, slot, before, SeriesMemory.explaining(told, known, keys), Optional.empty()),
                        known,
                        facts.reportsOf(environment),
                        keys,
                        facts.state().timeReached().orElse(Instant.MIN),
                        told.stream()
                                .filter(gap -> gap.from().equals(Instant.MIN))
                                .map(TimeRange::until)
                                .findFirst(),
                        () -> false),
                cause);
    }

    private static Deviation deviation(Publication.Stated output, DecisionResult result) {
        Optional<Verdict> verdict = result.assessment().map(Assessment::verdict);
        if (verdict.isEmpty()) {
            return Deviation.of(
                    Rule.R24, "Expected nothing: below the position of the record too little is known to decide.");
        }
        if (output instanceof Publication.OfDecision decision) {
            List<Deviation> deviations = new RedecidedDecision(decision.decision(), verdict.get()).deviations();

            return deviations.isEmpty()
                    ? Deviation.of(
                            Rule.R15,
                            Deviation.sentence(
                                    "The open warnings and suppressed sinks",
                                    verdict.get().warningNames() + " and "
                                            + verdict.get().sinkNames(),
                                    decision.openWarnings() + " and " + decision.suppressedSinks()))
                    : deviations.getFirst();
        }
        Publication expected = result.publications().stream()
                .filter(publication -> publication.key().equals(output.key()))
                .reduce((_, last) -> last)
                .orElse(null);
        return Deviation.of(Rule.R15, Deviation.sentence("The record", expected, output));
    }

    /// The likeliest first.
    private List<Slot> slots(Publication.Stated output) {
        List<Slot> slots = new ArrayList<>();
        if (output instanceof Publication.OfDecision decision
                && decision.decision().enabledSince().isEmpty()) {
            slots.add(Slot.none());
        }
        slots.add(new Slot.Held(Optional.empty()));
        times.forEach(time -> slots.add(new Slot.Held(Optional.of(time))));
        slots.add(Slot.none());
        return slots;
    }

    /// The times that a signal tells as suppressed. Since when the environment was enabled in series that have ended,
    /// and when its tenant was erased, only the record knows. The present suppression holds earlier ones that it
    /// touches; one since 1970 holds all time before an erasure.
    private static List<TimeRange> told(Publication.Stated output) {
        if (!(output instanceof Publication.OfSignal of)) {
            return List.of();
        }
        Signal signal = of.signal();
        List<TimeRange> told = new ArrayList<>(signal.gaps());
        if (signal.suppresses()) {
            told.add(
                    signal.effectiveFrom().equals(Instant.EPOCH)
                            ? TimeRange.upTo(Instant.MAX.minusMillis(1))
                            : new TimeRange(signal.effectiveFrom(), Instant.MAX));
        }
        return told;
    }

    private static Published before(Publication.Stated output) {
        return switch (output) {
            case Publication.OfDecision decision -> published(decision.revision() - 1, Map.of(), Map.of());
            case Publication.OfSignal signal ->
                published(
                        signal.revision() - 1,
                        Map.of(),
                        signal.signal().isNothing() ? Map.of(signal.sink(), SUPPRESSED) : Map.of());
            case Publication.OfWarning warning
            when warning.status() == Publication.Status.RAISED ->
                published(Math.max(0, warning.incident().id().number() - 1), Map.of(), Map.of());
            case Publication.OfWarning warning ->
                published(
                        0, Map.of(warning.code(), Optional.of(warning.incident().before())), Map.of());
        };
    }

    private static Publication asRecorded(Publication publication) {
        return publication instanceof Publication.OfWarning warning ? warning.asRecorded() : publication;
    }

    private static Published published(
            long revision, Map<WarningCode, Optional<Incident>> warnings, Map<String, Signal> signals) {
        return new Published(revision, Optional.empty(), new TreeMap<>(warnings), new TreeMap<>(signals));
    }
}
