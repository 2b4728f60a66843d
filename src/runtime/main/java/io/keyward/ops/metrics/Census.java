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
final class Census {
    private static final String ALL = "";

    private final Map<CensusSeries, SortedMap<String, Long>> counts = new EnumMap<>(CensusSeries.class);
    private Duration deadlineLag = Duration.ZERO;

    /// Starts with 0 for each known label, these sinks included.
    Census(Set<String> sinks) {
        for (CensusSeries series : CensusSeries.values()) {
            counts.put(series, new TreeMap<>());
        }
        for (EncryptionState state : EncryptionState.values()) {
            add(CensusSeries.ENVIRONMENTS, state.name(), 0);
        }
        for (WarningCode code : WarningCode.values()) {
            add(CensusSeries.WARNINGS_OPEN, code.name(), 0);
        }
        for (Component component : Component.values()) {
            for (EnforcementStatus status : EnforcementStatus.values()) {
                add(component, status, 0);
            }
        }
        sinks.forEach(sink -> add(CensusSeries.SUPPRESSED, sink, 0));
        CensusSeries.WITHIN.keySet().forEach(within -> add(CensusSeries.DELETIONS_WITHIN, within, 0));
        CensusSeries.BY.keySet().forEach(by -> add(CensusSeries.DELETION_OVERDUE, by, 0));
        CensusSeries.SINCE.keySet().forEach(since -> add(CensusSeries.RECOVERABLE, since, 0));
        add(CensusSeries.ONLY_REPORTED, ALL, 0);
        add(CensusSeries.DEADLINES_WAITING, ALL, 0);
        add(CensusSeries.SLOTS, ALL, 0);
        add(CensusSeries.TENANTS_AT_LIMIT, ALL, 0);
    }

    /// Counts an environment by its last publication, its deadline, and whether only reports are known of it.
    ///
    /// @param now the time from which durations are measured, to a deletion or since an event
    void add(EnvironmentState environment, Instant now) {
        Published published = environment.published();
        published.decision().ifPresent(decision -> {
            add(CensusSeries.ENVIRONMENTS, decision.encryptionState().name(), 1);
            decision.enforcement().forEach((component, enforced) -> add(component, enforced.status(), 1));
            decision.expectedDeletionAt().ifPresent(deletion -> addDeletion(deletion, now));
        });
        published.warnings().forEach((code, standing) -> {
            standing.ifPresent(open -> addWarning(code, open.raisedAt(), now));
        });
        published.sinkNames().forEach(sink -> add(CensusSeries.SUPPRESSED, sink, 1));
        if (environment.facts().onlyReported()) {
            add(CensusSeries.ONLY_REPORTED, ALL, 1);
        }
        environment.dueAt().ifPresent(due -> {
            add(CensusSeries.DEADLINES_WAITING, ALL, 1);
            lag(Duration.between(due, now));
        });
    }

    void add(TenantState tenant) {
        add(CensusSeries.SLOTS, ALL, tenant.slotsUsed());
        if (tenant.atLimit()) {
            add(CensusSeries.TENANTS_AT_LIMIT, ALL, 1);
        }
        if (tenant.limitIncident().isPresent()) {
            add(CensusSeries.WARNINGS_OPEN, WarningCode.ENVIRONMENT_LIMIT_NEAR.name(), 1);
        }
    }

    void add(Census other) {
        other.counts.forEach((series, labels) -> labels.forEach((label, count) -> add(series, label, count)));
        lag(other.deadlineLag);
    }

    SortedMap<String, Long> of(CensusSeries series) {
        return Collections.unmodifiableSortedMap(counts.get(series));
    }

    /// How many environments say that of a component.
    long enforcement(Component component, EnforcementStatus status) {
        return counts.get(CensusSeries.ENFORCEMENT).get(component + " " + status);
    }

    /// How far the earliest deadline that had passed and was not decided lay in the past; zero if none had passed.
    Duration deadlineLag() {
        return deadlineLag;
    }

    private void lag(Duration sinceDeadline) {
        if (sinceDeadline.compareTo(deadlineLag) > 0) {
            deadlineLag = sinceDeadline;
        }
    }

    private void addWarning(WarningCode code, Instant raisedAt, Instant now) {
        add(CensusSeries.WARNINGS_OPEN, code.name(), 1);
        if (code == WarningCode.REENABLE_REQUIRED) {
            addPast(CensusSeries.RECOVERABLE, CensusSeries.SINCE, raisedAt, now);
        }
    }

    /// An overdue deletion does not count as due, because nobody can prevent it any more.
    private void addDeletion(Instant deletion, Instant now) {
        CensusSeries.WITHIN.forEach((within, time) -> {
            if (deletion.isAfter(now) && !deletion.isAfter(now.plus(time))) {
                add(CensusSeries.DELETIONS_WITHIN, within, 1);
            }
        });
        addPast(CensusSeries.DELETION_OVERDUE, CensusSeries.BY, deletion, now);
    }

    private void addPast(CensusSeries series, Map<String, Duration> times, Instant at, Instant now) {
        times.forEach((label, time) -> {
            if (!at.isAfter(now.minus(time))) {
                add(series, label, 1);
            }
        });
    }

    private void add(Component component, EnforcementStatus status, long count) {
        add(CensusSeries.ENFORCEMENT, component + " " + status, count);
    }

    private void add(CensusSeries series, String label, long count) {
        counts.get(series).merge(label, count, Long::sum);
    }
}
