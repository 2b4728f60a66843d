package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.event.Stamp;
import java.util.List;

/// One reason for a verdict: a rule that contributed to it, and the facts that the rule used.
///
/// @param sentence what the rule says about this environment with the facts that it used, for a reader who does
///     not know the rules; empty for a rule that is not about a single environment
/// @param causes the events that stated these facts, oldest first. Evicted facts and the tenant's limit are not
///     included
public record Explanation(Rule rule, String sentence, List<Stamp> causes) {
    public Explanation {
        causes = List.copyOf(causes);
    }

    /// The reasons for a verdict, in the order of the rules' numbers.
    static List<Explanation> of(Situation situation, Verdict verdict) {
        Reasons reasons = new Reasons(situation, verdict);
        ReasonCauses causes = new ReasonCauses(situation, verdict);
        return verdict.rules().stream()
                .sorted()
                .map(rule -> new Explanation(rule, reasons.sentence(rule), causes.of(rule)))
                .toList();
    }
}
