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

/// How all environments are, in short.
///
/// @param environments environments with a published decision
/// @param states every state, with its environments
/// @param statuses every status, with its environments
/// @param openWarnings open warnings of environments by severity and code, the most severe first
/// @param severities every severity, with its open warnings
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
        List<DeadlineEntry> nextDueDates,
        Staleness extent)
        implements Answer {
    public record WarningCount(String code, Severity severity, long count) {}

    static Overview of(
            EnvironmentCounts counts, Evidence evidence, List<DeadlineEntry> nextDueDates, Staleness extent) {
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
                extent);
    }

    /// Each of them in order; 0 for those that are not counted.
    private static <E> Map<E, Long> withAll(Set<E> constants, Map<E, Long> counted) {
        Map<E, Long> all = new LinkedHashMap<>();
        constants.forEach(constant -> all.put(constant, counted.getOrDefault(constant, 0L)));
        return all;
    }
}
