package io.keyward.console.answer;

import io.keyward.console.replica.EnvironmentCounts;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.Extent;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
        List<DueDateEntry> nextDueDates,
        Extent extent)
        implements Answer {
    public record WarningCount(String code, Severity severity, long count) {}

    static Overview of(EnvironmentCounts counts, Evidence evidence, List<DueDateEntry> nextDueDates, Extent extent) {
        Map<Severity, Long> severities = withAll(Severity.class, Map.of());
        List<WarningCount> warnings = new ArrayList<>();
        counts.openWarnings()
                .forEach((code, bySeverity) -> bySeverity.forEach((severity, count) -> {
                    severities.merge(severity, count, Long::sum);
                    warnings.add(new WarningCount(code.name(), severity, count));
                }));
        warnings.sort(Comparator.comparing(WarningCount::severity).reversed().thenComparing(WarningCount::code));
        return new Overview(
                counts.decided(),
                withAll(EncryptionState.class, counts.states()),
                withAll(PolicyStatus.class, counts.statuses()),
                warnings,
                severities,
                evidence,
                components(counts),
                nextDueDates,
                extent);
    }

    private static Map<WarningCode, Long> components(EnvironmentCounts counts) {
        Map<WarningCode, Long> components = new EnumMap<>(WarningCode.class);
        EnvironmentRow.OF_COMPONENTS.forEach(
                code -> components.put(code, counts.components().getOrDefault(code, 0L)));
        return components;
    }

    /// Every constant in order; 0 for those that are not counted.
    private static <E extends Enum<E>> Map<E, Long> withAll(Class<E> type, Map<E, Long> counted) {
        Map<E, Long> all = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            all.put(constant, counted.getOrDefault(constant, 0L));
        }
        return all;
    }
}
