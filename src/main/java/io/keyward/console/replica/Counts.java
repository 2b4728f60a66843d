package io.keyward.console.replica;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.WarningCode;
import java.util.Map;

/// How many environments there are.
///
/// @param decided environments with a published decision
/// @param openWarnings environments by open warning; those about a tenant are not among them
/// @param components components of environments by open warning about what they reported
public record Counts(
        long decided,
        Map<EncryptionState, Long> states,
        Map<PolicyStatus, Long> statuses,
        Map<WarningCode, Long> openWarnings,
        Map<WarningCode, Long> components) {
    public Counts {
        states = Map.copyOf(states);
        statuses = Map.copyOf(statuses);
        openWarnings = Map.copyOf(openWarnings);
        components = Map.copyOf(components);
    }
}
