package io.keyward.console.replica;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TenantReader;
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
    /// The warnings about the reports of components. Their subjects are the components.
    public static final Set<WarningCode> OF_COMPONENTS = Collections.unmodifiableSet(EnumSet.of(
            WarningCode.ENFORCEMENT_LATE,
            WarningCode.ENFORCEMENT_FAILED,
            WarningCode.ENFORCEMENT_DRIFT,
            WarningCode.UNEXPECTED_KEY));

    /// The environment with everything that its verdict depends on.
    ///
    /// @param reader reads its tenant
    public KnownEnvironment known(TenantReader reader) {
        return new KnownEnvironment(
                tenant,
                environment,
                state,
                reader.reports(environment, state.facts()),
                reader.keyFacts(state.facts()),
                reader.state().timeReached().orElse(Instant.MIN));
    }

    /// Its deadlines by time, without the expiry of keys, which does not belong to one environment. Of changes by
    /// time alone and of components that become late, only the first.
    public List<Deadline> deadlines() {
        List<Deadline> due = new ArrayList<>();
        state.published().decision().ifPresent(decision -> addDeadlines(decision, due));
        due.sort(Comparator.comparing(Deadline::at).thenComparing(Deadline::kind));
        return due;
    }

    private void addDeadlines(Decision decision, List<Deadline> due) {
        decision.expectedDeletionAt().ifPresent(at -> due.add(date(at, Deadline.Kind.DELETION, decision.key())));
        decision.retainUntil()
                .forEach(kept -> due.add(date(kept.until(), Deadline.Kind.RETENTION_END, Optional.of(kept.key()))));
        state.dueAt()
                .flatMap(at -> kindOfChange(decision, at, due))
                .ifPresent(kind -> due.add(date(state.dueAt().orElseThrow(), kind, decision.key())));
    }

    /// What the first change by time alone may be; empty if another deadline covers it.
    private static Optional<Deadline.Kind> kindOfChange(Decision decision, Instant at, List<Deadline> others) {
        if (decision.enforcement().values().stream().anyMatch(component -> component.mayBecomeLateAt(at))) {
            return Optional.of(Deadline.Kind.ENFORCEMENT_LATE);
        }
        return others.stream().anyMatch(date -> date.at().equals(at))
                ? Optional.empty()
                : Optional.of(Deadline.Kind.DECISION);
    }

    private Deadline date(Instant at, Deadline.Kind kind, Optional<KeyReference> key) {
        return new Deadline(at, kind, tenant, Optional.of(environment), key);
    }
}
