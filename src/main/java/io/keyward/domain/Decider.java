package io.keyward.domain;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Difference;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Decides environments by one rule profile: facts, key facts and a slot in; state, publications and reasons out.
///
/// A pure function: it reads no clock and no store, and equal input gives an equal result. Everybody who decides
/// or explains an environment calls it; nobody else puts facts, rules and difference together.
public record Decider(RuleProfile profile) {
    /// What an environment is decided from.
    ///
    /// @param before the stored state
    /// @param facts all facts known now, those of `before` included
    /// @param keys the facts of the keys among the environment's applications; a key without facts may be missing
    /// @param slotFree whether the environment may take a slot now; asked only when it needs one
    public record Input(
            EnvironmentState before, EnvironmentFacts facts, Map<KeyId, KeyFacts> keys, BooleanSupplier slotFree) {}

    /// Decides an environment after a cause: moves its slot, applies the rules, and compares the verdict with
    /// what was published before.
    public DecisionResult decide(TenantId tenant, EnvironmentId environment, Input input, Cause cause) {
        EnvironmentState before = input.before();
        History history = History.of(input.facts(), input.keys());
        Slot slot = before.slot().after(input.facts(), history, input.slotFree(), cause.occurredAt());
        Optional<Assessment> assessment = assess(input.facts(), input.keys(), history, slot);
        Difference difference = Difference.between(
                before.published(),
                assessment.map(Assessment::verdict),
                new Difference.About(tenant, environment, profile.name(), cause));
        return new DecisionResult(
                new EnvironmentState(input.facts(), slot, difference.published()),
                difference.publications(),
                assessment);
    }

    /// What is true of an environment with these facts and this slot; empty while too little is known to decide
    /// it.
    ///
    /// @param keys the facts of the keys among the environment's applications; a key without facts may be missing
    public Optional<Assessment> assess(EnvironmentFacts facts, Map<KeyId, KeyFacts> keys, Slot slot) {
        return assess(facts, keys, History.of(facts, keys), slot);
    }

    private Optional<Assessment> assess(EnvironmentFacts facts, Map<KeyId, KeyFacts> keys, History history, Slot slot) {
        if (!facts.decidable()) {
            return Optional.empty();
        }
        Situation situation = new Situation(facts, keys, history, slot, profile);
        return Optional.of(new Assessment(situation, Rules.decide(situation)));
    }
}
