package io.keyward.domain;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Difference;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Decides environments by one rule profile: facts, key facts and a slot in; state, publications and reasons out.
///
/// A pure function: it reads no clock and no store, and equal input gives an equal result. Everybody who decides
/// or explains an environment calls it; nobody else puts facts, rules and difference together.
public record Decider(RuleProfile profile) {
    /// Counted up when the rules change what they say of the same facts.
    private static final int RULES = 3;

    /// A text that names the rules with all facts of the profile. Where it differs from the rules that decided last,
    /// every environment must be decided again.
    public static String rulesOf(RuleProfile profile) {
        return RULES + " " + profile;
    }

    /// What an environment is decided from.
    ///
    /// @param before the stored state
    /// @param facts all facts known now, those of `before` included
    /// @param reports the reports on the environment; may be missing where the profile ignores them
    /// @param keys the facts of the keys among the environment's applications; a key without facts may be missing
    /// @param timeReached the time that the tenant has reached (R25); [Instant#MIN] if it has reached none
    /// @param slotFree whether the environment may take a slot now; asked only when it needs one
    public record Input(
            EnvironmentState before,
            EnvironmentFacts facts,
            Reports reports,
            Map<KeyId, KeyFacts> keys,
            Instant timeReached,
            BooleanSupplier slotFree) {}

    /// Decides an environment after a cause: moves its slot, applies the rules, and compares the verdict with
    /// what was published before.
    public DecisionResult decide(TenantId tenant, EnvironmentId environment, Input input, Cause cause) {
        EnvironmentState before = input.before();
        History history = History.of(input.facts(), input.keys());
        Slot slot = before.slot().after(input.facts(), history, input.slotFree(), cause.occurredAt());
        Optional<Assessment> assessment =
                assess(input.facts(), input.reports(), input.keys(), input.timeReached(), history, slot);
        Difference difference = Difference.between(
                before.published(),
                assessment.map(Assessment::verdict),
                new Difference.About(tenant, environment, profile.name(), cause));
        return new DecisionResult(
                new EnvironmentState(
                        input.facts(),
                        slot,
                        difference.published(),
                        Timer.next(
                                before.timer(),
                                assessment.flatMap(made -> made.verdict().dueAt()),
                                input.timeReached())),
                difference.publications(),
                assessment);
    }

    /// What is true of an environment with these facts and this slot; empty while too little is known to decide
    /// it.
    ///
    /// @param reports the reports on the environment; may be missing where the profile ignores them
    /// @param keys the facts of the keys among the environment's applications; a key without facts may be missing
    /// @param timeReached the time that the tenant has reached (R25); [Instant#MIN] if it has reached none
    public Optional<Assessment> assess(
            EnvironmentFacts facts, Reports reports, Map<KeyId, KeyFacts> keys, Instant timeReached, Slot slot) {
        return assess(facts, reports, keys, timeReached, History.of(facts, keys), slot);
    }

    private Optional<Assessment> assess(
            EnvironmentFacts facts,
            Reports reports,
            Map<KeyId, KeyFacts> keys,
            Instant timeReached,
            History history,
            Slot slot) {
        if (!facts.decidable()) {
            return Optional.empty();
        }
        Situation situation = new Situation(facts, reports, keys, timeReached, history, slot, profile);
        return Optional.of(new Assessment(situation, Rules.decide(situation)));
    }
}
