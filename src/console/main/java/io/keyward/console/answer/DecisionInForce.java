package io.keyward.console.answer;

import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.event.Component;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A decision, with the fields of the schema `EncryptionDecision`.
///
/// @param decidedAt empty, like `ruleProfile` and `cause`, while the record of the decision has not been read: its
///     topic may lag behind the processor's state
/// @param decision its other fields stand beside these
public record DecisionInForce(
        TenantId tenantId,
        EnvironmentId environmentId,
        long revision,
        Optional<Instant> decidedAt,
        Decision decision,
        List<String> openWarnings,
        List<String> suppressedSinks,
        List<OfComponent<Enforcement>> enforcement,
        Optional<String> ruleProfile,
        Optional<NamedCause> cause) {
    /// What a decision says of a component.
    ///
    /// @param said its fields stand beside the name of the component
    public record OfComponent<T extends Record>(Component component, T said) {
        /// What it says of each component.
        public static <T extends Record> List<OfComponent<T>> list(Map<Component, T> all) {
            return all.entrySet().stream()
                    .map(said -> new OfComponent<>(said.getKey(), said.getValue()))
                    .toList();
        }
    }
}
