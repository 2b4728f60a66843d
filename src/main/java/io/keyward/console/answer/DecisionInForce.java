package io.keyward.console.answer;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A decision, with the fields of the schema `EncryptionDecision`.
///
/// @param decidedAt empty, like `ruleProfile` and `cause`, while the record of the decision has not been read: its
///     topic may lag behind the processor's state
public record DecisionInForce(
        String tenantId,
        String environmentId,
        long revision,
        Optional<Instant> decidedAt,
        EncryptionState encryptionState,
        PolicyStatus policyStatus,
        Optional<String> policyId,
        Optional<NamedKey> key,
        Optional<Instant> enabledSince,
        Optional<Instant> lockedSince,
        Optional<Instant> expectedDeletionAt,
        List<ProtectedComponent> components,
        List<RetainedKey> retainUntil,
        List<String> openWarnings,
        List<String> suppressedSinks,
        List<ComponentEnforcement> enforcement,
        Optional<String> ruleProfile,
        Optional<NamedCause> cause) {
    /// How a component is protected.
    ///
    /// @param reason the rule, such as `R3`
    public record ProtectedComponent(Component component, Protection protection, String reason) {}

    /// How far what is reported of a component follows what is decided (R29).
    public record ComponentEnforcement(Component component, EnforcementStatus status, Instant desiredSince) {}

    /// A key, or one version of it, that must stay usable.
    ///
    /// @param keyVersion empty for the whole key
    public record RetainedKey(String vaultUri, String keyName, Optional<String> keyVersion, Instant until) {}
}
