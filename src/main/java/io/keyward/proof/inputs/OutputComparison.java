package io.keyward.proof.inputs;

import io.keyward.domain.Assessment;
import io.keyward.domain.Decider;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.RaisedWarning;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Suppressed;
import io.keyward.domain.decision.SuppressionSignal;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.Deviation;
import io.keyward.proof.RedecidedDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Decides an environment from the facts that an output rests on, and compares.
///
/// What was published before is not known, so it is taken to be what makes the output necessary. Which environments
/// hold
/// the slots depends on the order in which events arrived: an output is right if one place within the limit gives it.
///
/// @param facts of the tenant, below the position of the output
/// @param times when the events of the tenant occurred: a wait for a slot ended at one of them
record OutputComparison(Decider decider, TenantFacts facts, Set<Instant> times) {
    /// In which way the output differs from what the facts give; empty if it does not.
    ///
    /// @throws IllegalArgumentException if it is a retraction or about a tenant as a whole
    Optional<Deviation> deviation(Publication output) {
        Optional<Deviation> first = Optional.empty();
        for (Slot slot : slots(output)) {
            for (Published before : before(output)) {
                DecisionResult result =
                        decide(output.tenantId(), environment(output), slot, before, VerifiedRecord.cause(output));
                if (result.publications().contains(output)) {
                    return Optional.empty();
                }
                first = first.or(() -> Optional.of(deviation(output, result)));
            }
        }
        return first;
    }

    /// The same for a tombstone: nothing may be known of the environment, or of a warning only that it is not open.
    ///
    /// @param warning as decisions list it; empty for the tombstone of a decision or a signal
    Optional<Deviation> deviationOfTombstone(
            TenantId tenant, EnvironmentId environment, Optional<String> warning, Cause none) {
        Optional<Verdict> verdict = decide(tenant, environment, Slot.none(), Published.NOTHING, none)
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

    private DecisionResult decide(
            TenantId tenant, EnvironmentId environment, Slot slot, Published before, Cause cause) {
        EnvironmentFacts known = facts.of(environment);
        Map<KeyId, KeyFacts> keys = new HashMap<>();
        known.keys().forEach(key -> keys.put(key, facts.of(key)));
        boolean ignoresReports = decider.profile().evidence() == RuleProfile.Evidence.IGNORE;
        return decider.decide(
                tenant,
                environment,
                new Decider.Input(
                        new EnvironmentState(known, slot, before, Optional.empty()),
                        known,
                        ignoresReports ? Reports.NONE : facts.reportsOf(environment),
                        keys,
                        facts.state().timeReached().orElse(Instant.MIN),
                        () -> false),
                cause);
    }

    private static Deviation deviation(Publication output, DecisionResult result) {
        Optional<Verdict> verdict = result.assessment().map(Assessment::verdict);
        if (verdict.isEmpty()) {
            return Deviation.of(
                    Rule.R24, "Expected nothing: below the position of the record too little is known to decide.");
        }
        if (output instanceof Publication.OfDecision decision) {
            List<Deviation> deviations = new ArrayList<>();
            new RedecidedDecision(decision.decision(), verdict.get()).addTo(deviations);
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
    private List<Slot> slots(Publication output) {
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

    private static List<Published> before(Publication output) {
        return switch (output) {
            case Publication.OfDecision decision -> List.of(published(decision.revision() - 1, none(), none()));
            case Publication.OfSuppression signal -> List.of(published(signal.revision() - 1, none(), none()));
            case Publication.OfWarning warning ->
                List.of(
                        warning.clearedAt().isEmpty()
                                ? Published.NOTHING
                                : published(
                                        0,
                                        one(warning.warning(), new RaisedWarning(warning.raisedAt(), Set.of())),
                                        none()));
            case Publication.OfAllowance signal ->
                List.of(allowing(signal, signal.gapFrom()), allowing(signal, signal.gapTo()));
            case Publication.Retraction retraction ->
                throw new IllegalArgumentException("A tombstone says nothing: " + retraction);
        };
    }

    /// The record of an ALLOW does not say since when the last SUPPRESS held.
    private static Published allowing(Publication.OfAllowance signal, Instant suppressedSince) {
        return published(
                signal.revision() - 1,
                none(),
                one(signal.sink(), new SuppressionSignal(new Suppressed(suppressedSince, Rule.R14), signal.gapFrom())));
    }

    private static Published published(
            long revision,
            SortedMap<WarningKey, Optional<RaisedWarning>> warnings,
            SortedMap<String, Optional<SuppressionSignal>> signals) {
        return new Published(revision, Optional.empty(), warnings, signals);
    }

    private static <K, V> SortedMap<K, V> none() {
        return Collections.emptySortedMap();
    }

    private static <K extends Comparable<K>, V> SortedMap<K, Optional<V>> one(K key, V value) {
        return new TreeMap<>(Map.of(key, Optional.of(value)));
    }

    private static EnvironmentId environment(Publication output) {
        return switch (output) {
            case Publication.OfDecision decision -> decision.environmentId();
            case Publication.OfSignal signal -> signal.environmentId();
            case Publication.OfWarning warning -> warning.environmentId().orElseThrow(IllegalArgumentException::new);
            case Publication.Retraction retraction ->
                throw new IllegalArgumentException("A tombstone says nothing: " + retraction);
        };
    }

    /// Whether an event is the one that a cause names.
    static boolean isNamedBy(Cause cause, Event event) {
        return cause.eventType().equals(event.type())
                && cause.eventId().equals(event.stamp().eventId().value())
                && cause.occurredAt().equals(event.occurredAt());
    }
}
