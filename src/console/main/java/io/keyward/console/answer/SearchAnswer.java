package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.Optional;

/// What a text may refer to.
///
/// @param hits exact matches first, then kind by kind, the best of each kind first
/// @param more whether some kind has more hits than are returned
public record SearchAnswer(List<Hit> hits, boolean more, Staleness staleness) implements Answer {
    public enum Kind {
        TENANT,
        ENVIRONMENT,
        KEY,
        VAULT,
        POLICY,
        WARNING
    }

    /// A match.
    ///
    /// @param exact whether the text is its whole name
    public record Hit(Kind kind, boolean exact, Thing found) {}

    public sealed interface Thing {}

    public record Tenant(TenantId tenantId) implements Thing {}

    public record Environment(TenantId tenantId, EnvironmentId environmentId, Optional<String> displayName)
            implements Thing {}

    /// A key that the tenant's environments use or used.
    public record Key(TenantId tenantId, KeyId key) implements Thing {}

    public record Vault(String vaultUri) implements Thing {}

    /// A policy in force.
    public record Policy(TenantId tenantId, PolicyId policyId) implements Thing {}

    /// A warning code, whether or not such a warning is open.
    public record Warning(WarningCode code) implements Thing {}

    /// The only exact match, if there is exactly one.
    public Optional<Thing> only() {
        List<Hit> exact = hits.stream().filter(Hit::exact).toList();
        return exact.size() == 1 ? Optional.of(exact.getFirst().found()) : Optional.empty();
    }
}
