package io.keyward.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;

/// A span in which a revocation kept an environment's data from being used; open while `until` is [Instant#MAX].
///
/// @param revocation what locked it
/// @param rule the rule by which it does: R20, R19, R17 or R23
/// @param from the revocation's time, or when the data came under what was revoked, if later
/// @param until when it was over, exclusive
record Lock(Fact.Revocation revocation, Rule rule, Instant from, Instant until) {
    /// Of several rules that lock, the one that names the reason comes last: the plain revocation after its special
    /// cases.
    static final Comparator<Rule> BY_GRAVITY =
            Comparator.comparingInt(List.of(Rule.R23, Rule.R17, Rule.R19, Rule.R20)::indexOf);

    boolean open() {
        return until.equals(Instant.MAX);
    }

    /// This and another lock by the same revocation as one: since the earlier, by the graver rule.
    Lock with(Lock other) {
        Rule graver = BinaryOperator.maxBy(BY_GRAVITY).apply(rule, other.rule);
        return new Lock(revocation, graver, Tenure.earlier(from, other.from), until);
    }

    /// The same lock as seen by an environment that left the key at that moment.
    Lock endingAt(Instant left) {
        return new Lock(revocation, rule, from, Tenure.earlier(until, left));
    }
}
