package io.keyward.console.answer;

import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When components of an environment become late, and which (R30).
///
/// @param verdict what is true of it now
record LateDates(EnvironmentRow row, Verdict verdict) {
    /// One for all components that become late at the same moment. Components that are late already are told by
    /// warnings.
    List<DueDateEntry> all() {
        Map<DueDate, List<Component>> dates = new LinkedHashMap<>();
        verdict.enforcement()
                .forEach((component, of) -> of.lateFrom()
                        .filter(_ -> of.status() != EnforcementStatus.ENFORCED && !isLate(component))
                        .map(at -> due(at, of.desired()))
                        .ifPresent(due -> dates.computeIfAbsent(due, _ -> new ArrayList<>())
                                .add(component)));
        return dates.entrySet().stream()
                .map(date -> DueDates.late(date.getKey(), date.getValue()))
                .toList();
    }

    private boolean isLate(Component component) {
        return Optional.ofNullable(verdict.openWarnings().get(WarningCode.ENFORCEMENT_LATE))
                .filter(late -> late.subjects().contains(component.name()))
                .isPresent();
    }

    private DueDate due(Instant at, Optional<KeyReference> desired) {
        return new DueDate(at, DueDate.Kind.ENFORCEMENT_LATE, row.tenant(), Optional.of(row.environment()), desired);
    }
}
