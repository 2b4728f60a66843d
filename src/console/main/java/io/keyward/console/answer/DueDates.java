package io.keyward.console.answer;

import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.DueGroup;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.Assessment;
import io.keyward.domain.Decider;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.topology.store.TenantReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What falls due, with a sentence for an administrator.
final class DueDates {
    private DueDates() {}

    /// The entries of a list over several environments. A date on which components may become late, or anything
    /// else may change, is looked up: it becomes one that says what does, or none if nothing does or another entry
    /// says it.
    static List<DueDateEntry> entries(List<DueGroup> groups, Decider decider, ReplicaView view) {
        return groups.stream()
                .flatMap(group -> switch (group.due().kind()) {
                    case ENFORCEMENT_LATE, DECISION -> lookedUp(group.due(), decider, view);
                    case DELETION, KEY_EXPIRY, RETENTION_END -> Stream.of(entry(group));
                })
                .toList();
    }

    private static Stream<DueDateEntry> lookedUp(DueDate due, Decider decider, ReplicaView view) {
        EnvironmentId environment = due.environmentId().orElseThrow();
        TenantReader reader = view.reader(due.tenantId());
        return reader.environment(environment).stream()
                .map(state -> new EnvironmentRow(due.tenantId(), environment, state))
                .flatMap(row -> ofEnvironment(row, row.known(reader), decider).stream())
                .filter(entry -> entry.due().at().equals(due.at()))
                .filter(entry -> entry.due().kind() == DueDate.Kind.ENFORCEMENT_LATE
                        || entry.due().kind() == DueDate.Kind.DECISION);
    }

    private static DueDateEntry entry(DueGroup group) {
        return new DueDateEntry(group, List.of(), title(group), sentence(group));
    }

    /// Adds an entry for all components that become late at the same moment (R30). Components that are late already
    /// are told by warnings.
    private static void addLate(EnvironmentRow row, Verdict verdict, List<DueDateEntry> entries) {
        Map<DueDate, List<Component>> dates = new LinkedHashMap<>();
        verdict.enforcement()
                .forEach((component, of) -> of.lateFrom()
                        .filter(_ -> of.status() != EnforcementStatus.ENFORCED
                                && !verdict.warnsOf(component, WarningCode.ENFORCEMENT_LATE))
                        .map(at -> due(row, at, DueDate.Kind.ENFORCEMENT_LATE, of.desired()))
                        .ifPresent(due -> dates.computeIfAbsent(due, _ -> new ArrayList<>())
                                .add(component)));
        dates.forEach((due, components) -> entries.add(late(due, components)));
    }

    private static DueDate due(EnvironmentRow row, Instant at, DueDate.Kind kind, Optional<KeyReference> key) {
        return new DueDate(at, kind, row.tenant(), Optional.of(row.environment()), key);
    }

    /// @param components those that become late
    private static DueDateEntry late(DueDate due, List<Component> components) {
        return new DueDateEntry(
                DueGroup.of(due),
                components,
                components.size() == 1 ? "Component becomes late" : "Components become late",
                "Reports must show by this date that all items of %s in the environment %s of the tenant %s are encrypted with %s. Otherwise %s late."
                        .formatted(
                                titles(components),
                                due.environmentId().orElseThrow(),
                                due.tenantId(),
                                due.key().map(DueDates::words).orElse("the Microsoft-managed key"),
                                components.size() == 1 ? "this component is" : "these components are"));
    }

    /// @param changes at least one
    private static DueDateEntry changed(DueDate due, List<String> changes) {
        return new DueDateEntry(
                DueGroup.of(due),
                List.of(),
                changes.size() == 1
                        ? changes.getFirst()
                        : "%s, and %d more".formatted(changes.getFirst(), changes.size() - 1),
                "On this date, for the environment %s of the tenant %s: %s."
                        .formatted(due.environmentId().orElseThrow(), due.tenantId(), String.join("; ", changes)));
    }

    private static String title(DueGroup group) {
        DueDate due = group.due();
        String version = due.key()
                .flatMap(KeyReference::version)
                .map(known -> "Version " + known)
                .orElse("Key");
        return switch (due.kind()) {
            case DELETION -> group.environments() == 1 ? "Environment is deleted" : "Environments are deleted";
            case KEY_EXPIRY -> version + " expires";
            case RETENTION_END -> version + " may be disabled";
            case ENFORCEMENT_LATE, DECISION -> throw new IllegalArgumentException("to be looked up: " + due);
        };
    }

    private static String sentence(DueGroup group) {
        DueDate due = group.due();
        String key = due.key().map(DueDates::words).orElse("a key");
        return due.kind() == DueDate.Kind.KEY_EXPIRY
                ? "On this date, %s of the tenant %s expires.".formatted(key, due.tenantId())
                : due.kind() == DueDate.Kind.DELETION
                        ? "The platform deletes %s on this date unless %s unlocked before."
                                .formatted(users(group), group.environments() == 1 ? "it is" : "they are")
                        : "Until this date, keep %s: %s it. It may be disabled then, if nothing else needs it."
                                .formatted(key, users(group) + (group.environments() == 1 ? " needs" : " need"));
    }

    /// The environments, of many the first.
    private static String users(DueGroup group) {
        List<EnvironmentId> named = group.environmentIds();
        String names = named.stream().map(EnvironmentId::value).collect(Collectors.joining(", "));
        String tenant = " of the tenant " + group.due().tenantId();
        return group.environments() == 1
                ? "the environment " + names + tenant
                : "%,d environments%s (%s%s)"
                        .formatted(
                                group.environments(), tenant, names, named.size() < group.environments() ? ", …" : "");
    }

    private static String titles(List<Component> components) {
        String last = components.getLast().title();
        return components.size() == 1
                ? last
                : components.subList(0, components.size() - 1).stream()
                                .map(Component::title)
                                .collect(Collectors.joining(", "))
                        + " and " + last;
    }

    private static String words(KeyReference key) {
        return key.version().map(version -> "version " + version + " of ").orElse("") + "the key " + key.key();
    }

    /// What falls due for one environment, in the order of time: also the announced expiry of the version in force, and
    /// every date on which components become late.
    ///
    /// @param known of that row
    static List<DueDateEntry> ofEnvironment(EnvironmentRow row, KnownEnvironment known, Decider decider) {
        List<DueDateEntry> entries = new ArrayList<>();
        row.dueDates().stream()
                .filter(due -> due.kind() != DueDate.Kind.ENFORCEMENT_LATE && due.kind() != DueDate.Kind.DECISION)
                .map(due -> entry(DueGroup.of(due)))
                .forEach(entries::add);
        expiry(row, known.keys()).map(due -> entry(DueGroup.of(due))).ifPresent(entries::add);
        Optional<Verdict> verdict = known.assessment(decider).map(Assessment::verdict);
        verdict.ifPresent(now -> addLate(row, now, entries));
        row.state()
                .dueAt()
                .filter(at ->
                        entries.stream().noneMatch(entry -> entry.due().at().equals(at)))
                .flatMap(at ->
                        verdict.flatMap(now -> change(row, now, known.at(at).assessment(decider), at)))
                .ifPresent(entries::add);
        entries.sort(Comparator.comparing((DueDateEntry entry) -> entry.due().at())
                .thenComparing(entry -> entry.due().kind()));
        return List.copyOf(entries);
    }

    private static Optional<DueDateEntry> change(
            EnvironmentRow row, Verdict now, Optional<Assessment> then, Instant at) {
        DueDate due = due(row, at, DueDate.Kind.DECISION, keyOf(row));
        return then.map(made -> new DueChange(now, made.verdict()).all())
                .filter(changes -> !changes.isEmpty())
                .map(changes -> changed(due, changes));
    }

    private static Optional<KeyReference> keyOf(EnvironmentRow row) {
        return row.state().published().decision().flatMap(Decision::key);
    }

    private static Optional<DueDate> expiry(EnvironmentRow row, Map<KeyId, KeyFacts> keys) {
        Optional<KeyReference> inForce = keyOf(row);
        return inForce.flatMap(KeyReference::version)
                .flatMap(version ->
                        keys.getOrDefault(inForce.get().key(), KeyFacts.NONE).expiryOf(version))
                .map(expiry -> new DueDate(
                        expiry.expiresAt(), DueDate.Kind.KEY_EXPIRY, row.tenant(), Optional.empty(), inForce));
    }
}
