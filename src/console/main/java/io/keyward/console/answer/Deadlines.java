package io.keyward.console.answer;

import io.keyward.console.replica.Deadline;
import io.keyward.console.replica.DeadlineGroup;
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

/// Composes deadlines, each with a sentence for an administrator.
final class Deadlines {
    private Deadlines() {}

    /// The entries of a list over several environments. A date on which components may become late or something
    /// else may change is evaluated: the entry says what changes, and is dropped if nothing does or another
    /// entry covers it.
    static List<DeadlineEntry> entries(List<DeadlineGroup> groups, Decider decider, ReplicaView view) {
        return groups.stream()
                .flatMap(group -> switch (group.due().kind()) {
                    case ENFORCEMENT_LATE, DECISION -> lookedUp(group.due(), decider, view);
                    case DELETION, KEY_EXPIRY, RETENTION_END -> Stream.of(entry(group));
                })
                .toList();
    }

    private static Stream<DeadlineEntry> lookedUp(Deadline due, Decider decider, ReplicaView view) {
        EnvironmentId environment = due.environmentId().orElseThrow();
        TenantReader reader = view.reader(due.tenantId());
        return reader.environment(environment).stream()
                .map(state -> new EnvironmentRow(due.tenantId(), environment, state))
                .flatMap(row -> ofEnvironment(row, row.known(reader), decider).stream())
                .filter(entry -> entry.due().at().equals(due.at()))
                .filter(entry -> entry.due().kind() == Deadline.Kind.ENFORCEMENT_LATE
                        || entry.due().kind() == Deadline.Kind.DECISION);
    }

    private static DeadlineEntry entry(DeadlineGroup group) {
        return new DeadlineEntry(group, List.of(), title(group), sentence(group));
    }

    /// Adds an entry for all components that become late at the same moment (R30). Components that are late
    /// already have a warning.
    private static void addLate(EnvironmentRow row, Verdict verdict, List<DeadlineEntry> entries) {
        Map<Deadline, List<Component>> dates = new LinkedHashMap<>();
        verdict.enforcement()
                .forEach((component, of) -> of.lateFrom()
                        .filter(_ -> of.status() != EnforcementStatus.ENFORCED
                                && !verdict.warnsOf(component, WarningCode.ENFORCEMENT_LATE))
                        .map(at -> due(row, at, Deadline.Kind.ENFORCEMENT_LATE, of.desired()))
                        .ifPresent(due -> dates.computeIfAbsent(due, _ -> new ArrayList<>())
                                .add(component)));
        dates.forEach((due, components) -> entries.add(late(due, components)));
    }

    private static Deadline due(EnvironmentRow row, Instant at, Deadline.Kind kind, Optional<KeyReference> key) {
        return new Deadline(at, kind, row.tenant(), Optional.of(row.environment()), key);
    }

    /// @param components the components that become late
    private static DeadlineEntry late(Deadline due, List<Component> components) {
        return new DeadlineEntry(
                DeadlineGroup.of(due),
                components,
                components.size() == 1 ? "Component becomes late" : "Components become late",
                "Reports must show by this date that all items of %s in the environment %s of the tenant %s are encrypted with %s. Otherwise %s late."
                        .formatted(
                                titles(components),
                                due.environmentId().orElseThrow(),
                                due.tenantId(),
                                due.key().map(Deadlines::words).orElse("the Microsoft-managed key"),
                                components.size() == 1 ? "this component is" : "these components are"));
    }

    /// @param changes at least one
    private static DeadlineEntry changed(Deadline due, List<String> changes) {
        return new DeadlineEntry(
                DeadlineGroup.of(due),
                List.of(),
                changes.size() == 1
                        ? changes.getFirst()
                        : "%s, and %d more".formatted(changes.getFirst(), changes.size() - 1),
                "On this date, for the environment %s of the tenant %s: %s."
                        .formatted(due.environmentId().orElseThrow(), due.tenantId(), String.join("; ", changes)));
    }

    private static String title(DeadlineGroup group) {
        Deadline due = group.due();
        String version = due.key()
                .flatMap(KeyReference::version)
                .map(known -> "Version " + known)
                .orElse("Key");
        return switch (due.kind()) {
            case DELETION -> group.environments() == 1 ? "Environment is deleted" : "Environments are deleted";
            case KEY_EXPIRY -> version + " expires";
            case RETENTION_END -> version + " may be disabled";
            case ENFORCEMENT_LATE, DECISION -> throw new IllegalArgumentException("must be evaluated: " + due);
        };
    }

    private static String sentence(DeadlineGroup group) {
        Deadline due = group.due();
        String key = due.key().map(Deadlines::words).orElse("a key");
        return due.kind() == Deadline.Kind.KEY_EXPIRY
                ? "On this date, %s of the tenant %s expires.".formatted(key, due.tenantId())
                : due.kind() == Deadline.Kind.DELETION
                        ? "The platform deletes %s on this date unless %s unlocked before."
                                .formatted(users(group), group.environments() == 1 ? "it is" : "they are")
                        : "Until this date, keep %s: %s it. It may be disabled then, if nothing else needs it."
                                .formatted(key, users(group) + (group.environments() == 1 ? " needs" : " need"));
    }

    /// The environments; if there are many, the first ones.
    private static String users(DeadlineGroup group) {
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

    /// The deadlines of one environment, by time. They include the announced expiry of the version in force and
    /// every date on which components become late.
    ///
    /// @param known what is known of the environment of that row
    static List<DeadlineEntry> ofEnvironment(EnvironmentRow row, KnownEnvironment known, Decider decider) {
        List<DeadlineEntry> entries = new ArrayList<>();
        row.deadlines().stream()
                .filter(due -> due.kind() != Deadline.Kind.ENFORCEMENT_LATE && due.kind() != Deadline.Kind.DECISION)
                .map(due -> entry(DeadlineGroup.of(due)))
                .forEach(entries::add);
        expiry(row, known.keys()).map(due -> entry(DeadlineGroup.of(due))).ifPresent(entries::add);
        Optional<Verdict> verdict = known.assessment(decider).map(Assessment::verdict);
        verdict.ifPresent(now -> addLate(row, now, entries));
        row.state()
                .dueAt()
                .filter(at ->
                        entries.stream().noneMatch(entry -> entry.due().at().equals(at)))
                .flatMap(at ->
                        verdict.flatMap(now -> change(row, now, known.at(at).assessment(decider), at)))
                .ifPresent(entries::add);
        entries.sort(Comparator.comparing((DeadlineEntry entry) -> entry.due().at())
                .thenComparing(entry -> entry.due().kind()));
        return List.copyOf(entries);
    }

    private static Optional<DeadlineEntry> change(
            EnvironmentRow row, Verdict now, Optional<Assessment> then, Instant at) {
        Deadline due = due(row, at, Deadline.Kind.DECISION, keyOf(row));
        return then.map(made -> new DeadlineChange(now, made.verdict()).all())
                .filter(changes -> !changes.isEmpty())
                .map(changes -> changed(due, changes));
    }

    private static Optional<KeyReference> keyOf(EnvironmentRow row) {
        return row.state().published().decision().flatMap(Decision::key);
    }

    private static Optional<Deadline> expiry(EnvironmentRow row, Map<KeyId, KeyFacts> keys) {
        Optional<KeyReference> inForce = keyOf(row);
        return inForce.flatMap(KeyReference::version)
                .flatMap(version ->
                        keys.getOrDefault(inForce.get().key(), KeyFacts.NONE).expiryOf(version))
                .map(expiry -> new Deadline(
                        expiry.expiresAt(), Deadline.Kind.KEY_EXPIRY, row.tenant(), Optional.empty(), inForce));
    }
}
