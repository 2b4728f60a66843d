package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A time in which a revocation kept an environment's data from being used; open while `until` is [Instant#MAX].
///
/// @param revocation the revocation that locked it
/// @param rule the rule by which it locks: R20, R19, R17 or R23
/// @param from the time of the revocation, or when the data came under the revoked key or version, if that was
///     later
/// @param until when the lock ended, exclusive
public record Lock(Fact.Revocation revocation, Rule rule, Instant from, Instant until) {
    /// If several rules lock, the last of them in this list gives the reason: the special cases come before R20.
    private static final List<Rule> BY_PRECEDENCE = List.of(Rule.R23, Rule.R17, Rule.R19, Rule.R20);

    /// The one of two rules that gives the reason.
    static Rule prevailing(Rule one, Rule other) {
        return BY_PRECEDENCE.indexOf(one) >= BY_PRECEDENCE.indexOf(other) ? one : other;
    }

    /// The times in which at least one of these locks holds.
    static List<TimeRange> unbroken(List<Lock> locks) {
        List<TimeRange> times = new ArrayList<>(locks.size());
        locks.forEach(lock -> times.add(new TimeRange(lock.from, lock.until)));
        return TimeRange.unbroken(times);
    }

    public boolean open() {
        return until.equals(Instant.MAX);
    }

    /// This and another lock of the same revocation as one: from the earlier start, by the prevailing rule.
    Lock with(Lock other) {
        return new Lock(revocation, prevailing(rule, other.rule), Instants.min(from, other.from), until);
    }

    /// The same lock for an environment that left the key at that time.
    Lock endingAt(Instant left) {
        return new Lock(revocation, rule, from, Instants.min(until, left));
    }
}
