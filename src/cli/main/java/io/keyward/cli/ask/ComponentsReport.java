package io.keyward.cli.ask;

import io.keyward.cli.terminal.Colour;
import io.keyward.cli.terminal.Format;
import io.keyward.cli.terminal.JsonFields;
import io.keyward.cli.terminal.OutcomeLines;
import io.keyward.cli.terminal.ReportLines;
import io.keyward.cli.terminal.StyledLine;
import java.util.List;
import java.util.stream.Collectors;

/// Prints, as text, whether the components of an environment are really encrypted as decided.
record ComponentsReport(ReportLines lines) {
    private static final String INDENT = ReportLines.INDENT;

    void print(JsonFields enforcement) {
        List<JsonFields> components = enforcement.all("components");
        if (components.isEmpty()) {
            return;
        }
        lines.heading("Is it really so?");
        if (enforcement.has("remark")) {
            lines.item(Colour.ATTENTION, enforcement.text("remark"));
        }
        components.forEach(this::component);
    }

    private void component(JsonFields component) {
        String status = component.text("status");
        StyledLine line = new StyledLine().add(INDENT).add(Colour.NAME, component.text("component"));
        if (!status.isEmpty()) {
            line.add("  ")
                    .add(OutcomeLines.ofStatus(status), status)
                    .add(", desired since " + component.time("desiredSince") + ": " + desired(component));
        }
        lines.line(line);
        String under = items(component);
        lines.detail(Colour.PLAIN, under.isEmpty() ? "No items are reported." : "Items: " + under);
        proof(component);
        if (component.has("lateFrom") && !status.equals("ENFORCED")) {
            lines.detail(Colour.ATTENTION, "Late from " + component.time("lateFrom") + " on.");
        }
        component.all("parts").forEach(this::part);
        if (component.flag("morePartsThanKept")) {
            lines.detail(Colour.ATTENTION, "More parts reported than are remembered, so it never counts as enforced.");
        }
    }

    private static String desired(JsonFields component) {
        String key = component.key("desired");
        return key.isEmpty() ? "the Microsoft-managed key" : "key " + key;
    }

    private void proof(JsonFields component) {
        JsonFields proof = component.at("proof");
        if (!proof.has("revision")) {
            return;
        }
        String when = proof.has("decidedAt") ? " of " + proof.time("decidedAt") : "";
        String since = proof.flag("exact") ? "Proven since revision " : "Proven no later than by revision ";
        String interrupted = proof.flag("interrupted") ? ", but a later revision says otherwise" : "";
        lines.detail(
                interrupted.isEmpty() ? Colour.GOOD : Colour.ATTENTION,
                since + proof.text("revision") + when + interrupted + ".");
        if (proof.at("cause").has("eventId")) {
            lines.detail(Colour.FAINT, "by " + ExplainReport.cause(proof.at("cause")));
        }
    }

    /// Prints only what needs action: a part that has not reported, and items that failed.
    private void part(JsonFields part) {
        String name = part.text("part");
        String called = name.isEmpty() ? "It" : "Part " + name;
        JsonFields latest = part.at("latest");
        if (latest.json().isMissingNode()) {
            lines.detail(Colour.ATTENTION, called + " has not reported.");
        } else if (latest.number("failedCount") > 0 || latest.text("phase").equals("FAILED")) {
            String items = Format.count(latest.number("failedCount"), "item");
            String time = latest.at("event").time("occurredAt");
            lines.detail(Colour.BAD, "%s reported %s as failed on %s:".formatted(called, items, time));
            latest.all("failed")
                    .forEach(item -> lines.text(
                            Colour.PLAIN, INDENT + INDENT + INDENT, item.text("itemId") + ": " + item.text("reason")));
        }
    }

    private static String items(JsonFields component) {
        return component.all("items").stream()
                .map(entry -> entry.text("count") + " under "
                        + (entry.has("key") ? entry.key("key") : "the Microsoft-managed key"))
                .collect(Collectors.joining(", "));
    }
}
