package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.EnvironmentCounts;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A summary of all environments.
///
/// @param environments environments with a published decision
/// @param states environments by state; includes every state
/// @param statuses environments by policy status; includes every status
/// @param openWarnings open warnings of environments by severity and code, the most severe first
/// @param severities open warnings by severity; includes every severity
/// @param evidence how the console's rules treat reports of components (R32)
/// @param components for every warning about a component's reports, the components for which it is open
/// @param nextDueDates the next deadlines, by time
public record Overview(
        long environments,
        Map<EncryptionState, Long> states,
        Map<PolicyStatus, Long> statuses,
        List<WarningCount> openWarnings,
        Map<Severity, Long> severities,
        Evidence evidence,
        Map<WarningCode, Long> components,
        List<DeadlineEntry> nextDueDates,
        Staleness staleness)
        implements Answer {
    public record WarningCount(String code, Severity severity, long count) {}

    static Overview of(
            EnvironmentCounts counts, Evidence evidence, List<DeadlineEntry> nextDueDates, Staleness staleness) {
        Map<Severity, Long> severities = withAll(EnumSet.allOf(Severity.class), Map.of());
        List<WarningCount> warnings = new ArrayList<>();
        counts.openWarnings()
                .forEach((code, bySeverity) -> bySeverity.forEach((severity, count) -> {
                    severities.merge(severity, count, Long::sum);
                    warnings.add(new WarningCount(code.name(), severity, count));
                }));
        warnings.sort(Comparator.comparing(WarningCount::severity).reversed().thenComparing(WarningCount::code));
        return new Overview(
                counts.decided(),
                withAll(EnumSet.allOf(EncryptionState.class), counts.states()),
                withAll(EnumSet.allOf(PolicyStatus.class), counts.statuses()),
                warnings,
                severities,
                evidence,
                withAll(EnvironmentRow.OF_COMPONENTS, counts.components()),
                nextDueDates,
                staleness);
    }

    /// All constants in order, with 0 for those without a count.
    private static <E> Map<E, Long> withAll(Set<E> constants, Map<E, Long> counted) {
        Map<E, Long> all = new LinkedHashMap<>();
        constants.forEach(constant -> all.put(constant, counted.getOrDefault(constant, 0L)));
        return all;
    }
}
