package io.keyward.console.replica;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import java.util.Map;

/// Counts of environments.
///
/// @param decided environments with a published decision
/// @param openWarnings environments by open warning and its severity; warnings about a tenant are not included
/// @param components components of environments by open warning about their reports
public record EnvironmentCounts(
        long decided,
        Map<EncryptionState, Long> states,
        Map<PolicyStatus, Long> statuses,
        Map<WarningCode, Map<Severity, Long>> openWarnings,
        Map<WarningCode, Long> components) {}
