package io.keyward.ops.metrics;

import java.time.Duration;
import java.util.Map;

/// The state gauges.
enum StateGauge {
    ENVIRONMENTS("keyward_environments", "state", "Environments, by the state last published"),
    WARNINGS_OPEN("keyward_warnings_open", "code", "Open warnings, by code"),
    ENFORCEMENT(
            "keyward_enforcement_components",
            "component status",
            "Components of environments, by enforcement status in the last decision"),
    ONLY_REPORTED(
            "keyward_reports_without_environment",
            "",
            "Environments that components have reported on, without a known snapshot or policy"),
    SUPPRESSED("keyward_environments_suppressed", "sink", "Environments whose data must not flow, by sink"),
    DELETIONS_WITHIN(
            "keyward_deletions_within",
            "days",
            "Locked environments that the platform is expected to delete in the future, within that many days"),
    DELETION_OVERDUE(
            "keyward_environments_deletion_overdue",
            "by",
            "Locked environments that the platform was expected to delete at least that long ago"),
    RECOVERABLE(
            "keyward_environments_recoverable",
            "since",
            "Environments whose key has been usable again for at least that long, but that nobody has enabled since"),
    DEADLINES_WAITING(
            "keyward_deadlines_waiting", "", "Environments that must be decided again when a deadline passes"),
    SLOTS("keyward_slots", "", "Environments that are enabled and count towards the limits of their tenants"),
    TENANTS_AT_LIMIT("keyward_tenants_at_limit", "", "Tenants that have reached their limit");

    /// The upper bounds of `days`. They are cumulative, like the buckets of a histogram.
    static final Map<String, Duration> WITHIN =
            Map.of("1", Duration.ofDays(1), "3", Duration.ofDays(3), "7", Duration.ofDays(7));

    /// The lower bounds of `by`. Each includes all longer times.
    static final Map<String, Duration> BY = Map.of("0d", Duration.ZERO, "1d", Duration.ofDays(1));

    /// The lower bounds of `since`. Each includes all longer times.
    static final Map<String, Duration> SINCE =
            Map.of("0d", Duration.ZERO, "1d", Duration.ofDays(1), "7d", Duration.ofDays(7));

    final String family;

    /// The names of the labels, separated by spaces; empty if the series has none.
    final String label;

    final String help;

    StateGauge(String family, String label, String help) {
        this.family = family;
        this.label = label;
        this.help = help;
    }
}
