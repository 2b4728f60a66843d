package io.keyward.domain;

import java.time.Instant;

/// A span in which a revocation kept an environment's data from being used; open while `until` is [Instant#MAX].
///
/// @param revocation what locked it
/// @param rule the rule by which it does: R20, R19, R17 or R23
/// @param from the revocation's time, or when the environment came under what was revoked, if later
/// @param until when it was over, exclusive
record Lock(Fact.Revocation revocation, Rule rule, Instant from, Instant until) {
    boolean open() {
        return until.equals(Instant.MAX);
    }

    /// The same lock as seen by an environment that left the key at that moment.
    Lock endingAt(Instant left) {
        return new Lock(revocation, rule, from, Tenure.earlier(until, left));
    }
}
