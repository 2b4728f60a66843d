package io.keyward.domain;

import io.keyward.domain.decision.Verdict;
import java.util.List;

/// A verdict on an environment, with the situation that the rules reached it from.
public record Assessment(Situation situation, Verdict verdict) {
    static Assessment of(Situation situation) {
        return new Assessment(situation, Rules.decide(situation));
    }

    /// The reasons for the verdict, in the order of the rules' numbers. Composed on each call, because most
    /// callers do not need them.
    public List<Explanation> explanation() {
        return Explanation.of(situation, verdict);
    }
}
