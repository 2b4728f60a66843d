package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.VersionPeriod;
import java.time.Instant;
import java.util.List;

/// A span in which a revocation kept an environment's data from being used; open while `until` is [Instant#MAX].
///
/// @param revocation what locked it
/// @param rule the rule by which it does: R20, R19, R17 or R23
/// @param from the revocation's time, or when the data came under what was revoked, if later
/// @param until when it was over, exclusive
public record Lock(Fact.Revocation revocation, Rule rule, Instant from, Instant until) {
    /// Of several rules that lock, the last one of these names the reason: the plain revocation after its special
    /// cases.
    private static final List<Rule> BY_PRECEDENCE = List.of(Rule.R23, Rule.R17, Rule.R19, Rule.R20);

    /// Which of two rules that lock names the reason.
    static Rule prevailing(Rule one, Rule other) {
        return BY_PRECEDENCE.indexOf(one) >= BY_PRECEDENCE.indexOf(other) ? one : other;
    }

    boolean open() {
        return until.equals(Instant.MAX);
    }

    /// This and another lock by the same revocation as one: since the earlier, by the graver rule.
    Lock with(Lock other) {
        return new Lock(revocation, prevailing(rule, other.rule), VersionPeriod.earlier(from, other.from), until);
    }

    /// The same lock as seen by an environment that left the key at that moment.
    Lock endingAt(Instant left) {
        return new Lock(revocation, rule, from, VersionPeriod.earlier(until, left));
    }
}
