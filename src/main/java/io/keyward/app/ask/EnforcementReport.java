package io.keyward.app.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.app.terminal.Colour;
import io.keyward.app.terminal.Format;
import io.keyward.app.terminal.StyledLine;
import java.util.ArrayList;
import java.util.List;

/// Prints for people whether the components of an environment are really encrypted as decided.
record EnforcementReport(ReportLines lines) {
    private static final String INDENT = ReportLines.INDENT;

    void print(JsonNode enforcement) {
        JsonNode components = enforcement.path("components");
        if (components.isEmpty()) {
            return;
        }
        lines.heading("Is it really so?");
        if (enforcement.hasNonNull("remark")) {
            lines.text(Colour.ATTENTION, INDENT, enforcement.path("remark").asText());
        }
        components.forEach(this::component);
    }

    private void component(JsonNode component) {
        String status = component.path("status").asText("");
        StyledLine line = new StyledLine()
                .add(INDENT)
                .add(Colour.NAME, component.path("component").asText());
        if (!status.isEmpty()) {
            line.add("  ")
                    .add(ofStatus(status), status)
                    .add(", desired since " + time(component, "desiredSince") + ": " + desired(component));
        }
        lines.line(line);
        String under = items(component.path("items"));
        lines.text(Colour.PLAIN, INDENT + INDENT, under.isEmpty() ? "No items are reported." : "Items: " + under);
        proof(component);
        if (component.hasNonNull("lateFrom") && !status.equals("ENFORCED")) {
            lines.text(Colour.ATTENTION, INDENT + INDENT, "Late from " + time(component, "lateFrom") + " on.");
        }
        component.path("parts").forEach(this::part);
        if (component.path("morePartsThanKept").asBoolean()) {
            lines.text(
                    Colour.ATTENTION,
                    INDENT + INDENT,
                    "More parts reported than are remembered, so it never counts as enforced.");
        }
    }

    private static String desired(JsonNode component) {
        String key = Format.key(component.path("desired"));
        return key.isEmpty() ? "the Microsoft-managed key" : "key " + key;
    }

    private void proof(JsonNode component) {
        JsonNode proof = component.path("proof");
        if (!proof.hasNonNull("revision")) {
            return;
        }
        String when = proof.hasNonNull("decidedAt") ? " of " + time(proof, "decidedAt") : "";
        String since = proof.path("exact").asBoolean() ? "Proven since revision " : "Proven no later than by revision ";
        String interrupted = proof.path("interrupted").asBoolean() ? ", but a later revision says otherwise" : "";
        lines.text(
                interrupted.isEmpty() ? Colour.GOOD : Colour.ATTENTION,
                INDENT + INDENT,
                since + proof.path("revision").asText() + when + interrupted + ".");
        if (proof.path("cause").hasNonNull("eventId")) {
            lines.text(Colour.FAINT, INDENT + INDENT, "by " + ExplainReport.cause(proof.path("cause")));
        }
    }

    /// Tells of a part what a reader must act on: that it has not reported, and what failed.
    private void part(JsonNode part) {
        String name = part.path("part").asText();
        String called = name.isEmpty() ? "It" : "Part " + name;
        JsonNode latest = part.path("latest");
        if (latest.isMissingNode()) {
            lines.text(Colour.ATTENTION, INDENT + INDENT, called + " has not reported.");
        } else if (latest.path("failedCount").asLong() > 0
                || latest.path("phase").asText().equals("FAILED")) {
            lines.text(
                    Colour.BAD,
                    INDENT + INDENT,
                    "%s reported %s as failed on %s:"
                            .formatted(
                                    called,
                                    Format.count(latest.path("failedCount").asLong(), "item", "items"),
                                    time(latest.path("event"), "occurredAt")));
            latest.path("failed")
                    .forEach(item -> lines.text(
                            Colour.PLAIN,
                            INDENT + INDENT + INDENT,
                            item.path("itemId").asText() + ": "
                                    + item.path("reason").asText()));
        }
    }

    private static String items(JsonNode items) {
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : items) {
            String key = Format.key(entry.path("key"));
            texts.add(entry.path("count").asText() + " under " + (key.isEmpty() ? "the Microsoft-managed key" : key));
        }
        return String.join(", ", texts);
    }

    private static Colour ofStatus(String status) {
        return switch (status) {
            case "ENFORCED" -> Colour.GOOD;
            case "DRIFTED", "FAILED" -> Colour.BAD;
            default -> Colour.ATTENTION;
        };
    }

    private static String time(JsonNode node, String field) {
        return Format.time(node.path(field).asText());
    }
}
