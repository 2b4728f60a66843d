package io.keyward.domain;

import io.keyward.domain.decision.EnvironmentName;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// An environment with everything that its verdict is based on.
///
/// @param reports the reports on it; may be missing if the profile ignores them
/// @param keys the facts of the keys among the environment's applications; a key without facts may be missing. The
///     facts of other keys do not affect its verdict
/// @param timeReached the time that the tenant has reached (R25); [Instant#MIN] if it has reached none
public record KnownEnvironment(
        TenantId tenant,
        EnvironmentId environment,
        EnvironmentState state,
        Reports reports,
        Map<KeyId, KeyFacts> keys,
        Instant timeReached) {
    public KnownEnvironment {
        keys = Map.copyOf(keys);
    }

    /// What is true of it; empty while too little is known to decide it.
    public Optional<Assessment> assessment(Decider decider) {
        return situation(decider).map(Assessment::of);
    }

    /// The input of the rules, without the verdict; empty while too little is known to decide it.
    public Optional<Situation> situation(Decider decider) {
        EnvironmentFacts facts = state.facts();
        return decider.situation(facts, reports, keys, timeReached, History.of(facts, keys), state.slot());
    }

    /// The same environment once its tenant has reached that time, if nothing else happens before.
    public KnownEnvironment at(Instant time) {
        return new KnownEnvironment(tenant, environment, state, reports, keys, Instants.max(timeReached, time));
    }

    /// The environment as warnings name it.
    public EnvironmentName environmentName() {
        return new EnvironmentName(environment, state.facts().displayName());
    }

    /// The environment as sentences name it.
    public String name() {
        return "environment " + environment + " of tenant " + tenant;
    }
}
