package io.keyward.console.whatif;

import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Suppressed;
import io.keyward.domain.event.Component;
import io.keyward.domain.id.EnvironmentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says how what is published about an environment differs from what was published before.
final class Differences {
    private static final String NOTHING = "nothing";

    private Differences() {}

    /// The parts that differ; none if readers cannot tell the two apart, revisions and the times of warnings aside.
    static List<Deviation> between(EnvironmentId environment, Published before, Published after) {
        Map<String, String> old = parts(before);
        List<Deviation> found = new ArrayList<>();
        parts(after).forEach((part, now) -> {
            if (!now.equals(old.get(part))) {
                found.add(new Deviation("Environment " + environment + ": " + part, now, old.get(part)));
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
                    text(decision.map(made -> made.components().get(component)).map(Differences::text)));
            parts.put(
                    "enforcement of " + component,
                    text(decision.map(made -> made.enforcement().get(component)).map(Differences::text)));
        }
        parts.put("retainUntil", text(decision.map(Differences::retained)));
        parts.put("openWarnings", text(published.warningNames()));
        parts.put("suppressedSinks", text(suppressed(published)));
        return parts;
    }

    private static String text(ComponentProtection protection) {
        return protection.protection() + " (" + protection.reason() + ")";
    }

    private static String text(Enforcement enforcement) {
        return enforcement.status() + " since " + enforcement.desiredSince();
    }

    private static String retained(Decision decision) {
        return text(decision.retainUntil().stream()
                .map(kept -> kept.key() + " until " + kept.until())
                .toList());
    }

    private static List<String> suppressed(Published published) {
        List<String> sinks = new ArrayList<>();
        published
                .signals()
                .forEach((sink, signal) -> signal.ifPresent(open -> {
                    Suppressed suppressed = open.suppressed();
                    sinks.add("%s since %s (%s)".formatted(sink, suppressed.since(), suppressed.reason()));
                }));
        return sinks;
    }

    private static String text(List<String> entries) {
        return entries.isEmpty() ? NOTHING : String.join(", ", entries);
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse(NOTHING);
    }
}
