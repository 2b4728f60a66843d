package io.keyward.console.answer;

import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.Assessment;
import io.keyward.domain.Decider;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.event.Component;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.topology.store.TenantReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What falls due, with a sentence for an administrator.
final class DueDates {
    private static final int NAMED = 20;

    private DueDates() {}

    /// The entries of a list over several environments. A date on which components may become late is looked up:
    /// it becomes one on which some do, one on which the decision changes, or none if another entry says why.
    static List<DueDateEntry> entries(List<DueDate> dueDates, Decider decider, ReplicaView view) {
        return dueDates.stream()
                .flatMap(due -> due.kind() == DueDate.Kind.ENFORCEMENT_LATE
                        ? lookedUp(due, decider, view)
                        : Stream.of(entry(due)))
                .toList();
    }

    /// The entries of due dates of one tenant and kind, which for several is one without an environment.
    static List<DueDateEntry> together(List<DueDate> dueDates, Decider decider, ReplicaView view) {
        if (dueDates.size() == 1) {
            return entries(dueDates, decider, view);
        }
        DueDate last = dueDates.getLast();
        return List.of(new DueDateEntry(
                new DueDate(last.at(), last.kind(), last.tenantId(), Optional.empty(), last.key()),
                List.of(),
                "Until this date, keep %s: %,d environments of the tenant %s need it: %s%s"
                        .formatted(
                                last.key().map(DueDates::words).orElse("a key"),
                                dueDates.size(),
                                last.tenantId(),
                                dueDates.stream()
                                        .limit(NAMED)
                                        .map(due -> due.environmentId()
                                                .orElseThrow()
                                                .value())
                                        .collect(Collectors.joining(", ")),
                                dueDates.size() > NAMED ? ", …" : ".")));
    }

    private static Stream<DueDateEntry> lookedUp(DueDate due, Decider decider, ReplicaView view) {
        EnvironmentId environment = due.environmentId().orElseThrow();
        TenantReader reader = view.reader(due.tenantId());
        return reader.environment(environment).stream()
                .map(state -> new EnvironmentRow(due.tenantId(), environment, state))
                .flatMap(row -> {
                    KnownEnvironment known = row.known(reader);
                    return ofEnvironment(
                            row, known.keys(), known.assessment(decider).map(Assessment::verdict))
                            .stream();
                })
                .filter(entry -> entry.due().at().equals(due.at()))
                .filter(entry -> entry.due().kind() == DueDate.Kind.ENFORCEMENT_LATE
                        || entry.due().kind() == DueDate.Kind.DECISION);
    }

    private static DueDateEntry entry(DueDate due) {
        return entry(due, List.of());
    }

    /// @param components those that become late
    static DueDateEntry entry(DueDate due, List<Component> components) {
        return new DueDateEntry(due, components, sentence(due, components));
    }

    private static String sentence(DueDate due, List<Component> components) {
        String environment = due.environmentId()
                .map(id -> "the environment " + id + " of the tenant " + due.tenantId())
                .orElse("the tenant " + due.tenantId());
        String key = due.key().map(DueDates::words).orElse("a key");
        return switch (due.kind()) {
            case DELETION ->
                "The platform deletes %s on this date unless it is unlocked before.".formatted(environment);
            case RETENTION_END -> "Until this date, keep %s: %s needs it.".formatted(key, environment);
            case KEY_EXPIRY -> "On this date, %s of the tenant %s expires.".formatted(key, due.tenantId());
            case ENFORCEMENT_LATE ->
                "Reports must show by this date that all items of %s in %s are encrypted with %s. Otherwise %s late."
                        .formatted(
                                titles(components),
                                environment,
                                due.key().map(DueDates::words).orElse("the Microsoft-managed key"),
                                components.size() == 1 ? "this component is" : "these components are");
            case DECISION ->
                "On this date, what holds for %s changes although nothing else happens.".formatted(environment);
        };
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
    /// @param keys the facts of the keys among the environment's applications
    /// @param verdict what is true of it now; empty while too little is known
    static List<DueDateEntry> ofEnvironment(EnvironmentRow row, Map<KeyId, KeyFacts> keys, Optional<Verdict> verdict) {
        List<DueDateEntry> entries = new ArrayList<>();
        row.dueDates().stream()
                .filter(due -> due.kind() != DueDate.Kind.ENFORCEMENT_LATE && due.kind() != DueDate.Kind.DECISION)
                .map(DueDates::entry)
                .forEach(entries::add);
        expiry(row, keys).map(DueDates::entry).ifPresent(entries::add);
        verdict.ifPresent(now -> entries.addAll(new LateDates(row, now).all()));
        row.state()
                .dueAt()
                .filter(at ->
                        entries.stream().noneMatch(entry -> entry.due().at().equals(at)))
                .map(at -> new DueDate(
                        at, DueDate.Kind.DECISION, row.tenant(), Optional.of(row.environment()), keyOf(row)))
                .map(DueDates::entry)
                .ifPresent(entries::add);
        entries.sort(Comparator.comparing((DueDateEntry entry) -> entry.due().at())
                .thenComparing(entry -> entry.due().kind()));
        return List.copyOf(entries);
    }

    private static Optional<KeyReference> keyOf(EnvironmentRow row) {
        return row.state().published().decision().flatMap(Decision::key);
    }

    private static Optional<DueDate> expiry(EnvironmentRow row, Map<KeyId, KeyFacts> keys) {
        return keyOf(row)
                .filter(inForce -> inForce.version().isPresent())
                .flatMap(inForce -> keys.getOrDefault(inForce.key(), KeyFacts.NONE).expiries().facts().stream()
                        .filter(expiry -> inForce.version().equals(Optional.of(expiry.version())))
                        .map(expiry -> new DueDate(
                                expiry.expiresAt(),
                                DueDate.Kind.KEY_EXPIRY,
                                row.tenant(),
                                Optional.empty(),
                                Optional.of(inForce)))
                        .findFirst());
    }
}
