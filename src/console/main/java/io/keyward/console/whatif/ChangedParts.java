package io.keyward.console.whatif;

import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.event.Component;
import io.keyward.domain.id.EnvironmentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says how what is published about an environment differs from what was published before.
final class ChangedParts {
    private static final String NOTHING = "nothing";
    private static final String ENFORCEMENT = "enforcement of ";

    private ChangedParts() {}

    /// @param component the title of a component; empty for a part of the whole
    private record Part(String name, String component) {}

    /// The parts that differ; none if nobody has anything to undo. Revisions, the times of warnings and since when a
    /// status is desired are no differences.
    static List<ChangedPart> between(EnvironmentId environment, Published before, Published after) {
        Map<Part, Object> old = parts(before);
        List<ChangedPart> found = new ArrayList<>();
        parts(after).forEach((part, now) -> {
            if (!now.equals(old.get(part))) {
                found.add(new ChangedPart(
                        "Environment " + environment,
                        part.name(),
                        part.component(),
                        words(now),
                        words(old.get(part)),
                        now.equals(EnforcementStatus.UNREPORTED)));
            }
        });
        return found;
    }

    /// Always the same parts.
    private static Map<Part, Object> parts(Published published) {
        Map<Part, Object> parts = new LinkedHashMap<>();
        Optional<Decision> decision = published.decision();
        Map<String, Optional<?>> whole = new LinkedHashMap<>();
        whole.put("state", decision.map(Decision::encryptionState));
        whole.put("policy status", decision.map(Decision::policyStatus));
        whole.put("policy", decision.flatMap(Decision::policyId));
        whole.put("key", decision.flatMap(Decision::key));
        whole.put("enabled since", decision.flatMap(Decision::enabledSince));
        whole.put("locked since", decision.flatMap(Decision::lockedSince));
        whole.put("deletion on", decision.flatMap(Decision::expectedDeletionAt));
        whole.put("to be kept", decision.map(Decision::retainUntil));
        whole.put("warnings", Optional.of(published.openWarnings()));
        whole.put("no data for", Optional.of(suppressed(published)));
        whole.forEach((name, is) -> parts.put(new Part(name, ""), known(is)));
        for (Component component : Component.values()) {
            Optional<?> held = decision.map(made -> made.components().get(component));
            Optional<?> status =
                    decision.map(made -> made.enforcement().get(component)).map(Enforcement::status);
            parts.put(new Part("", component.title()), known(held));
            parts.put(new Part(ENFORCEMENT, component.title()), known(status));
        }
        return parts;
    }

    private static Object known(Optional<?> part) {
        return part.isPresent() ? part.get() : NOTHING;
    }

    /// Since when each suppressed sink is.
    private static List<Map.Entry<String, Instant>> suppressed(Published published) {
        return published.signals().entrySet().stream()
                .filter(signal -> signal.getValue().suppresses())
                .map(signal -> Map.entry(signal.getKey(), signal.getValue().effectiveFrom()))
                .toList();
    }

    private static String words(Object part) {
        return switch (part) {
            case Instant time -> OpenWarning.date(time);
            case Enum<?> constant -> CodeWords.inText(constant.name());
            case ComponentProtection held -> CodeWords.inText(held.protection().name()) + " (" + held.reason() + ")";
            case Retention kept -> kept.key() + " until " + OpenWarning.date(kept.until());
            case Map.Entry<?, ?> sink ->
                CodeWords.inText(sink.getKey().toString()) + " since " + words(sink.getValue());
            case Collection<?> several ->
                several.isEmpty()
                        ? NOTHING
                        : several.stream().map(ChangedParts::words).collect(Collectors.joining(", "));
            default -> part.toString();
        };
    }
}
