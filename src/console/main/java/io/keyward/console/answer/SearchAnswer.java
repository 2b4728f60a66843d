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

/// What a text may mean.
///
/// @param hits those that are meant exactly come first, then one kind after the other, the best of each kind first
/// @param more whether some kind has more hits than are told
public record SearchAnswer(List<Hit> hits, boolean more, Staleness extent) implements Answer {
    public enum Kind {
        TENANT,
        ENVIRONMENT,
        KEY,
        VAULT,
        POLICY,
        WARNING
    }

    /// Something that is found.
    ///
    /// @param exact whether the text is its whole name
    public record Hit(Kind kind, boolean exact, Thing found) {}

    /// What can be found.
    public sealed interface Thing {}

    public record Tenant(TenantId tenantId) implements Thing {}

    public record Environment(TenantId tenantId, EnvironmentId environmentId, Optional<String> displayName)
            implements Thing {}

    /// A key that the tenant's environments use or used.
    public record Key(TenantId tenantId, KeyId key) implements Thing {}

    public record Vault(String vaultUri) implements Thing {}

    /// A policy in force.
    public record Policy(TenantId tenantId, PolicyId policyId) implements Thing {}

    /// A code of warnings, whether or not one is open.
    public record Warning(WarningCode code) implements Thing {}

    /// The only thing of which the text is the whole name.
    public Optional<Thing> only() {
        List<Hit> exact = hits.stream().filter(Hit::exact).toList();
        return exact.size() == 1 ? Optional.of(exact.getFirst().found()) : Optional.empty();
    }
}
