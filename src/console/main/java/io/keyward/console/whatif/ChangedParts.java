package io.keyward.console.whatif;

import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Published;
import io.keyward.domain.event.Component;
import io.keyward.domain.id.EnvironmentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says how what is published about an environment differs from what was published before.
final class ChangedParts {
    private static final String NOTHING = "nothing";
    private static final String ENFORCEMENT = "enforcement of ";

    private ChangedParts() {}

    /// The parts that differ; none if nobody has anything to undo. Revisions, the times of warnings and since when a
    /// status is desired are no differences.
    static List<ChangedPart> between(EnvironmentId environment, Published before, Published after) {
        Map<String, String> old = parts(before);
        List<ChangedPart> found = new ArrayList<>();
        parts(after).forEach((part, now) -> {
            if (!now.equals(old.get(part))) {
                boolean passing = part.startsWith(ENFORCEMENT) && now.equals(EnforcementStatus.UNREPORTED.name());
                found.add(new ChangedPart("Environment " + environment + ": " + part, now, old.get(part), passing));
            }
        });
        return found;
    }

    /// The parts by the names that they have in the topics; always the same parts.
    private static Map<String, String> parts(Published published) {
        Optional<Decision> decision = published.decision();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("encryptionState", text(decision.map(Decision::encryptionState)));
        parts.put("policyStatus", text(decision.map(Decision::policyStatus)));
        parts.put("policyId", text(decision.flatMap(Decision::policyId)));
        parts.put("key", text(decision.flatMap(Decision::key)));
        parts.put("enabledSince", text(decision.flatMap(Decision::enabledSince)));
        parts.put("lockedSince", text(decision.flatMap(Decision::lockedSince)));
        parts.put("expectedDeletionAt", text(decision.flatMap(Decision::expectedDeletionAt)));
        for (Component component : Component.values()) {
            parts.put(
                    component.name(),
                    text(decision.map(made -> made.components().get(component)).map(ChangedParts::text)));
            parts.put(
                    ENFORCEMENT + component,
                    text(decision.map(made -> made.enforcement().get(component)).map(Enforcement::status)));
        }
        parts.put("retainUntil", text(decision.map(ChangedParts::retained)));
        parts.put("openWarnings", text(published.warningNames()));
        parts.put("suppressedSinks", text(suppressed(published)));
        return parts;
    }

    private static String text(ComponentProtection protection) {
        return protection.protection() + " (" + protection.reason() + ")";
    }

    private static String retained(Decision decision) {
        return text(decision.retainUntil().stream()
                .map(kept -> kept.key() + " until " + kept.until())
                .toList());
    }

    private static List<String> suppressed(Published published) {
        List<String> sinks = new ArrayList<>();
        published.signals().forEach((sink, signal) -> {
            if (signal.suppresses()) {
                sinks.add("%s since %s".formatted(sink, signal.effectiveFrom()));
            }
        });
        return sinks;
    }

    private static String text(List<String> entries) {
        return entries.isEmpty() ? NOTHING : String.join(", ", entries);
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse(NOTHING);
    }
}
