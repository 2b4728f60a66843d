package io.keyward.console.replica;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An environment with its stored state.
public record EnvironmentRow(TenantId tenant, EnvironmentId environment, EnvironmentState state) {
    /// The warnings about what a component reported; their subject is the component.
    public static final Set<WarningCode> OF_COMPONENTS = Collections.unmodifiableSet(EnumSet.of(
            WarningCode.ENFORCEMENT_LATE,
            WarningCode.ENFORCEMENT_FAILED,
            WarningCode.ENFORCEMENT_DRIFT,
            WarningCode.UNEXPECTED_KEY));

    /// What falls due for it, in the order of time; without the expiry of keys, which does not belong to one
    /// environment.
    public List<DueDate> dueDates() {
        List<DueDate> due = new ArrayList<>();
        state.published().decision().ifPresent(decision -> addDueDates(decision, due));
        due.sort(Comparator.comparing(DueDate::at).thenComparing(DueDate::kind));
        return due;
    }

    private void addDueDates(Decision decision, List<DueDate> due) {
        decision.expectedDeletionAt().ifPresent(at -> due.add(date(at, DueDate.Kind.DELETION, decision.key())));
        decision.retainUntil()
                .forEach(kept -> due.add(date(kept.until(), DueDate.Kind.RETENTION_END, Optional.of(kept.key()))));
        state.dueAt()
                .filter(at -> due.stream().noneMatch(date -> date.at().equals(at)))
                .ifPresent(at -> due.add(date(at, DueDate.Kind.DECISION, decision.key())));
    }

    private DueDate date(Instant at, DueDate.Kind kind, Optional<KeyReference> key) {
        return new DueDate(at, kind, tenant, Optional.of(environment), key);
    }
}
