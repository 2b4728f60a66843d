package io.keyward.console.answer;

import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
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
    /// @param due its key is the one that the components should be under; empty for the Microsoft-managed key
    record LateDate(DueDate due, List<Component> components) {}

    private record Group(Instant at, Optional<KeyReference> desired) {}

    /// One for all components that become late at the same moment. Components that are late already are told by
    /// warnings.
    List<LateDate> all() {
        Map<Group, List<Component>> groups = new LinkedHashMap<>();
        verdict.enforcement()
                .forEach((component, of) -> of.lateFrom()
                        .filter(_ -> of.status() != EnforcementStatus.ENFORCED && !isLate(component))
                        .ifPresent(at -> groups.computeIfAbsent(new Group(at, of.desired()), _ -> new ArrayList<>())
                                .add(component)));
        return groups.entrySet().stream()
                .map(group -> new LateDate(due(group.getKey()), group.getValue()))
                .toList();
    }

    private boolean isLate(Component component) {
        return verdict.openWarnings()
                .containsKey(new WarningKey(WarningCode.ENFORCEMENT_LATE, Optional.of(component.name())));
    }

    private DueDate due(Group group) {
        return new DueDate(
                group.at(),
                DueDate.Kind.ENFORCEMENT_LATE,
                row.tenant(),
                Optional.of(row.environment()),
                group.desired());
    }
}
