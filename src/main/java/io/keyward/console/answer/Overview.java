package io.keyward.console.answer;

import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import java.util.List;
import java.util.Map;

/// How all environments are, in short.
///
/// @param environments environments with a published decision
/// @param states every state, with its environments
/// @param statuses every status, with its environments
/// @param openWarnings open warnings of environments by code, the most severe first
/// @param severities every severity, with its open warnings. A countdown to a deletion counts with the least severity
///     that it can have
/// @param evidence what reports of components are good for by the rules of the console (R32)
/// @param components every warning about what a component reported, with the components of which it is open
/// @param nextDueDates what falls due next, in order of time
public record Overview(
        long environments,
        Map<EncryptionState, Long> states,
        Map<PolicyStatus, Long> statuses,
        List<WarningCount> openWarnings,
        Map<Severity, Long> severities,
        Evidence evidence,
        Map<WarningCode, Long> components,
        List<DueDateEntry> nextDueDates,
        Extent extent)
        implements Answer {
    public record WarningCount(String code, Severity severity, long count) {}
}
