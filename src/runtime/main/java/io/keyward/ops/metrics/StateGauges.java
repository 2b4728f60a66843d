package io.keyward.ops.metrics;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts of environments and tenants by series and label. Confined to one thread until it is complete.
final class StateGauges {
    private static final String ALL = "";

    private final Map<StateGauge, SortedMap<String, Long>> counts = new EnumMap<>(StateGauge.class);
    private Duration deadlineLag = Duration.ZERO;

    /// Initializes each known label to 0, including those of these sinks.
    StateGauges(Set<String> sinks) {
        for (StateGauge series : StateGauge.values()) {
            counts.put(series, new TreeMap<>());
        }
        for (EncryptionState state : EncryptionState.values()) {
            add(StateGauge.ENVIRONMENTS, state.name(), 0);
        }
        for (WarningCode code : WarningCode.values()) {
            add(StateGauge.WARNINGS_OPEN, code.name(), 0);
        }
        for (Component component : Component.values()) {
            for (EnforcementStatus status : EnforcementStatus.values()) {
                add(component, status, 0);
            }
        }
        sinks.forEach(sink -> add(StateGauge.SUPPRESSED, sink, 0));
        StateGauge.WITHIN.keySet().forEach(within -> add(StateGauge.DELETIONS_WITHIN, within, 0));
        StateGauge.BY.keySet().forEach(by -> add(StateGauge.DELETION_OVERDUE, by, 0));
        StateGauge.SINCE.keySet().forEach(since -> add(StateGauge.RECOVERABLE, since, 0));
        add(StateGauge.ONLY_REPORTED, ALL, 0);
        add(StateGauge.DEADLINES_WAITING, ALL, 0);
        add(StateGauge.SLOTS, ALL, 0);
        add(StateGauge.TENANTS_AT_LIMIT, ALL, 0);
    }

    /// Counts an environment by its last publication, its deadline, and whether it is known only from reports.
    ///
    /// @param now the time relative to which durations are measured
    void add(EnvironmentState environment, Instant now) {
        Published published = environment.published();
        published.decision().ifPresent(decision -> {
            add(StateGauge.ENVIRONMENTS, decision.encryptionState().name(), 1);
            decision.enforcement().forEach((component, enforced) -> add(component, enforced.status(), 1));
            decision.expectedDeletionAt().ifPresent(deletion -> addDeletion(deletion, now));
        });
        published.warnings().forEach((code, standing) -> {
            standing.ifPresent(open -> addWarning(code, open.raisedAt(), now));
        });
        published.sinkNames().forEach(sink -> add(StateGauge.SUPPRESSED, sink, 1));
        if (environment.facts().onlyReported()) {
            add(StateGauge.ONLY_REPORTED, ALL, 1);
        }
        environment.dueAt().ifPresent(due -> {
            add(StateGauge.DEADLINES_WAITING, ALL, 1);
            lag(Duration.between(due, now));
        });
    }

    void add(TenantState tenant) {
        add(StateGauge.SLOTS, ALL, tenant.slotsUsed());
        if (tenant.atLimit()) {
            add(StateGauge.TENANTS_AT_LIMIT, ALL, 1);
        }
        if (tenant.limitIncident().isPresent()) {
            add(StateGauge.WARNINGS_OPEN, WarningCode.ENVIRONMENT_LIMIT_NEAR.name(), 1);
        }
    }

    void add(StateGauges other) {
        other.counts.forEach((series, labels) -> labels.forEach((label, count) -> add(series, label, count)));
        lag(other.deadlineLag);
    }

    SortedMap<String, Long> of(StateGauge series) {
        return Collections.unmodifiableSortedMap(counts.get(series));
    }

    /// The number of environments with that enforcement status of the component.
    long enforcement(Component component, EnforcementStatus status) {
        return counts.get(StateGauge.ENFORCEMENT).get(component + " " + status);
    }

    /// How long ago the earliest passed and undecided deadline was; zero if there is none.
    Duration deadlineLag() {
        return deadlineLag;
    }

    private void lag(Duration sinceDeadline) {
        if (sinceDeadline.compareTo(deadlineLag) > 0) {
            deadlineLag = sinceDeadline;
        }
    }

    private void addWarning(WarningCode code, Instant raisedAt, Instant now) {
        add(StateGauge.WARNINGS_OPEN, code.name(), 1);
        if (code == WarningCode.REENABLE_REQUIRED) {
            addPast(StateGauge.RECOVERABLE, StateGauge.SINCE, raisedAt, now);
        }
    }

    /// An overdue deletion is not counted as imminent, because nobody can prevent it any more.
    private void addDeletion(Instant deletion, Instant now) {
        StateGauge.WITHIN.forEach((within, time) -> {
            if (deletion.isAfter(now) && !deletion.isAfter(now.plus(time))) {
                add(StateGauge.DELETIONS_WITHIN, within, 1);
            }
        });
        addPast(StateGauge.DELETION_OVERDUE, StateGauge.BY, deletion, now);
    }

    private void addPast(StateGauge series, Map<String, Duration> times, Instant at, Instant now) {
        times.forEach((label, time) -> {
            if (!at.isAfter(now.minus(time))) {
                add(series, label, 1);
            }
        });
    }

    private void add(Component component, EnforcementStatus status, long count) {
        add(StateGauge.ENFORCEMENT, component + " " + status, count);
    }

    private void add(StateGauge series, String label, long count) {
        counts.get(series).merge(label, count, Long::sum);
    }
}
