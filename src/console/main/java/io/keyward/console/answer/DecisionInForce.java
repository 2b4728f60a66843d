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
/// @param decidedAt empty, like `ruleProfile` and `cause`, until the record of the decision has been read: the
///     output topic may lag behind the processor's state
/// @param decision its other fields are written beside these
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
    /// The part of a decision about one component.
    ///
    /// @param value its fields are written beside the name of the component
    public record OfComponent<T extends Record>(Component component, T value) {
        public static <T extends Record> List<OfComponent<T>> list(Map<Component, T> all) {
            return all.entrySet().stream()
                    .map(entry -> new OfComponent<>(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }
}
