package io.keyward.bench.rules;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.History;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.Rules;
import io.keyward.domain.Situation;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.Difference;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The state of an environment after its facts were judged by the product's rules, and what has to be published.
public record Ruling(EnvironmentState after, List<Publication> publications) {
    public Ruling {
        publications = List.copyOf(publications);
    }

    /// Which environment is judged, by which profile, and why.
    public record Case(TenantId tenant, EnvironmentId environment, RuleProfile profile, Trigger trigger) {}

    /// Judges an environment.
    ///
    /// @param before the environment's state so far
    /// @param facts all that is known of it now
    /// @param keys the facts of the keys among its applications
    /// @param slotFree whether it could get a slot
    public static Ruling on(
            Case subject,
            EnvironmentState before,
            EnvironmentFacts facts,
            Map<KeyId, KeyFacts> keys,
            BooleanSupplier slotFree) {
        History history = History.of(facts, keys);
        Slot slot = before.slot()
                .after(facts, history, slotFree, subject.trigger().cause().occurredAt());
        Optional<Verdict> verdict = facts.decidable()
                ? Optional.of(Rules.decide(new Situation(facts, keys, history, slot, subject.profile())))
                : Optional.empty();
        Difference difference = Difference.between(
                before.published(),
                verdict,
                new Difference.About(
                        subject.tenant(),
                        subject.environment(),
                        subject.profile().name(),
                        subject.trigger().cause()));
        return new Ruling(new EnvironmentState(facts, slot, difference.published()), difference.publications());
    }
}
