package io.keyward.cli.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.app.run.StandingDecision;
import io.keyward.domain.event.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Describes the state of an environment, and what a scenario expects of it, in the words of scenario files, so
/// that both can be compared.
final class ScenarioWords {
    private static final String NOTHING = "nothing";
    private static final String DESIRED_SINCE = " desired since ";

    private ScenarioWords() {}

    /// What a scenario expects of an environment; it expects nothing that it does not mention.
    ///
    /// @param index of the environment in a range of them
    static Map<String, Object> expected(JsonNode expectation, int index) {
        Map<String, Object> words = new TreeMap<>();
        words.put("state", expectation.path("state").asText());
        words.put("status", expectation.path("status").asText());
        words.put("key", expectation.path("key").asText(NOTHING));
        words.put("components", components(expectation.path("components")));
        words.put("warnings", sorted(texts(expectation.path("warnings"))));
        words.put("suppressed since", time(expectation, "suppressed since", index));
        words.put("locked since", time(expectation, "locked since", index));
        words.put("deletion expected", time(expectation, "deletion expected", index));
        Map<String, String> kept = new TreeMap<>();
        expectation
                .path("keep")
                .properties()
                .forEach(entry -> kept.put(
                        entry.getKey(), ScenarioEvents.time(entry.getValue().asText())));
        words.put("keep", kept);
        words.put("enforcement", enforcement(expectation.path("enforcement")));
        return words;
    }

    /// The state of the environment.
    static Map<String, Object> actual(JsonNode decision, StandingDecision standing, String environment) {
        Map<String, Object> words = new TreeMap<>();
        words.put("state", decision.path("encryptionState").asText());
        words.put("status", decision.path("policyStatus").asText());
        words.put("key", decision.has("key") ? key(decision.path("key")) : NOTHING);
        Map<String, String> components = new TreeMap<>();
        decision.path("components")
                .forEach(c -> components.put(
                        c.path("component").asText(), c.path("protection").asText()));
        words.put("components", components);
        words.put("warnings", sorted(standing.openWarnings(environment).stream().map(ScenarioWords::warning)));
        words.put("suppressed since", suppressedSince(standing, environment));
        words.put("locked since", decision.path("lockedSince").asText(NOTHING));
        words.put("deletion expected", decision.path("expectedDeletionAt").asText(NOTHING));
        Map<String, String> kept = new TreeMap<>();
        decision.path("retainUntil")
                .forEach(retained ->
                        kept.put(key(retained), retained.path("until").asText()));
        words.put("keep", kept);
        Map<String, String> enforcement = new TreeMap<>();
        decision.path("enforcement")
                .forEach(e -> enforcement.put(
                        e.path("component").asText(),
                        e.path("status").asText()
                                + DESIRED_SINCE
                                + e.path("desiredSince").asText()));
        words.put("enforcement", enforcement);
        return words;
    }

    static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }

    static List<String> sorted(Stream<String> texts) {
        return new ArrayList<>(new TreeSet<>(texts.toList()));
    }

    /// The code, followed by the subjects.
    static String warning(JsonNode warning) {
        return Stream.concat(Stream.of(warning.path("code").asText()), texts(warning.path("subjects")))
                .collect(Collectors.joining(" "));
    }

    private static String suppressedSince(StandingDecision standing, String environment) {
        List<String> times = sorted(standing.signals(environment, "SUPPRESS").stream()
                .map(signal -> signal.path("effectiveFrom").asText()));
        return times.isEmpty() ? NOTHING : String.join(" and ", times);
    }

    private static String time(JsonNode expectation, String name, int index) {
        List<String> times = ScenarioEvents.expand(expectation.path(name).asText(NOTHING));
        return ScenarioEvents.time(times.get(times.size() > 1 ? index : 0));
    }

    private static String key(JsonNode reference) {
        String vault =
                reference.path("vaultUri").asText().replace("https://", "").replace(".vault.azure.net", "");
        return (vault + "/" + reference.path("keyName").asText() + " "
                        + reference.path("keyVersion").asText(""))
                .strip();
    }

    private static Map<String, String> components(JsonNode expectation) {
        String as = expectation.isTextual()
                ? expectation.asText()
                : expectation.path("others").asText();
        Map<String, String> components = new TreeMap<>();
        if (as.equals("none")) {
            return components;
        }
        for (Component component : Component.values()) {
            components.put(component.name(), usual(component, as));
        }
        expectation
                .properties()
                .forEach(
                        entry -> components.put(entry.getKey(), entry.getValue().asText()));
        components.remove("others");
        return components;
    }

    /// By component and for the `others`, a status and since when what should be so is desired:
    /// `ENFORCED desired since 2026-01-10 09:00`, or `nothing`.
    private static Map<String, String> enforcement(JsonNode expectation) {
        Map<String, String> enforcement = new TreeMap<>();
        if (expectation.isMissingNode()) {
            return enforcement;
        }
        for (Component component : Component.values()) {
            String words = expectation
                    .path(component.name())
                    .asText(expectation.path("others").asText());
            if (words.equals(NOTHING)) {
                continue;
            }
            int time = words.indexOf(DESIRED_SINCE) + DESIRED_SINCE.length();
            enforcement.put(component.name(), words.substring(0, time) + ScenarioEvents.time(words.substring(time)));
        }
        return enforcement;
    }

    /// `enabled` and `locked` mean every component that can be so; two components cannot.
    private static String usual(Component component, String as) {
        boolean never = component == Component.NON_OAUTH_CONNECTIONS || component == Component.HOSTED_MACHINES;
        return switch (as) {
            case "enabled" -> never ? "MICROSOFT_MANAGED" : "CUSTOMER_MANAGED";
            case "locked" -> never ? "MICROSOFT_MANAGED" : "LOCKED";
            default -> as;
        };
    }
}
