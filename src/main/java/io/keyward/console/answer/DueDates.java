package io.keyward.console.answer;

import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What falls due, with a sentence for an administrator.
final class DueDates {
    private DueDates() {}

    static DueDateEntry entry(DueDate due) {
        return new DueDateEntry(
                due.at(),
                due.kind(),
                due.tenant().value(),
                due.environment().map(EnvironmentId::value),
                due.key().map(NamedKey::from),
                sentence(due));
    }

    private static String sentence(DueDate due) {
        String environment = due.environment()
                .map(id -> "the environment " + id + " of the tenant " + due.tenant())
                .orElse("the tenant " + due.tenant());
        String key = due.key().map(DueDates::words).orElse("a key");
        return switch (due.kind()) {
            case DELETION ->
                "The platform deletes %s on this date unless it is unlocked before.".formatted(environment);
            case RETENTION_END -> "Until this date, keep %s: %s needs it.".formatted(key, environment);
            case KEY_EXPIRY -> "On this date, %s of the tenant %s expires.".formatted(key, due.tenant());
            case DECISION ->
                "On this date, what holds for %s changes although nothing else happens.".formatted(environment);
        };
    }

    private static String words(KeyReference key) {
        return key.version().map(version -> "version " + version + " of ").orElse("") + "the key " + key.key();
    }

    /// What falls due for one environment, in the order of time: also the announced expiry of the version in force.
    ///
    /// @param keys the facts of the keys among the environment's applications
    static List<DueDateEntry> ofEnvironment(EnvironmentRow row, Map<KeyId, KeyFacts> keys) {
        return Stream.concat(row.dueDates().stream(), expiry(row, keys).stream())
                .sorted(Comparator.comparing(DueDate::at))
                .map(DueDates::entry)
                .toList();
    }

    private static Optional<DueDate> expiry(EnvironmentRow row, Map<KeyId, KeyFacts> keys) {
        return row.state()
                .published()
                .decision()
                .flatMap(Decision::key)
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
