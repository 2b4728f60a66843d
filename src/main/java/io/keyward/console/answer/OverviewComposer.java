package io.keyward.console.answer;

import io.keyward.console.replica.Counts;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Composes the overview of all environments.
final class OverviewComposer {
    private OverviewComposer() {}

    static Overview compose(Counts counts, Evidence evidence, List<DueDateEntry> nextDueDates, Extent extent) {
        Map<Severity, Long> severities = withAll(Severity.class, Map.of());
        List<Overview.WarningCount> warnings = new ArrayList<>();
        counts.openWarnings().forEach((code, count) -> {
            Severity severity = WarningKey.of(code).severity();
            severities.merge(severity, count, Long::sum);
            warnings.add(new Overview.WarningCount(code.name(), severity, count));
        });
        warnings.sort(Comparator.comparing(Overview.WarningCount::severity)
                .reversed()
                .thenComparing(Overview.WarningCount::code));
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

    private static Map<WarningCode, Long> components(Counts counts) {
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
