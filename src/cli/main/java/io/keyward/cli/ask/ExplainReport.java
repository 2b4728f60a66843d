package io.keyward.cli.ask;

import io.keyward.cli.terminal.Colour;
import io.keyward.cli.terminal.JsonFields;
import io.keyward.cli.terminal.OutcomeLines;
import io.keyward.cli.terminal.ReportLines;
import io.keyward.cli.terminal.StyledLine;
import java.util.ArrayList;
import java.util.List;

/// Prints, as text, what the console knows about an environment and the reasons for its decision.
public record ExplainReport(ReportLines lines) {
    private static final String INDENT = ReportLines.INDENT;

    public void print(JsonFields answer) {
        decision(answer);
        answer.all("why").forEach(this::reason);
        warnings(answer.all("warnings"));
        signals(answer.all("signals"));
        new ComponentsReport(lines).print(answer.at("enforcement"));
        deadlines(answer.all("nextDueDates"));
        if (answer.has("remedy")) {
            remedy(answer.at("remedy"));
        }
        lines.extent(answer);
    }

    private void decision(JsonFields answer) {
        JsonFields decision = answer.at("decision");
        if (!answer.has("decision")) {
            lines.text(Colour.PLAIN, answer.owner() + ": nothing is decided.");
            return;
        }
        lines.line(OutcomeLines.decision(decision));
        JsonFields cause = decision.at("cause");
        if (cause.has("eventId")) {
            lines.item(Colour.FAINT, "because of " + cause(cause));
        }
    }

    private void reason(JsonFields reason) {
        String rule = reason.text("rule");
        lines.item(Colour.PLAIN, rule + " " + reason.text("statement"));
        lines.detail(Colour.PLAIN, reason.text("sentence"));
        reason.all("events").forEach(event -> lines.detail(Colour.FAINT, cause(event)));
    }

    private void warnings(List<JsonFields> warnings) {
        if (!warnings.isEmpty()) {
            lines.heading("Open warnings");
        }
        for (JsonFields warning : warnings) {
            String severity = warning.text("severity");
            lines.line(new StyledLine()
                    .add(INDENT)
                    .add(OutcomeLines.ofSeverity(severity), severity)
                    .add(" " + warning.text("code") + subject(warning))
                    .add(Colour.FAINT, ", since " + warning.time("raisedAt")));
            lines.detail(Colour.PLAIN, warning.text("message"));
            lines.detail(Colour.PLAIN, "What to do: " + warning.text("remediation"));
        }
    }

    private static String subject(JsonFields warning) {
        List<String> subjects = warning.texts("subjects");
        return subjects.isEmpty() ? "" : " " + String.join(", ", subjects);
    }

    private void signals(List<JsonFields> signals) {
        if (!signals.isEmpty()) {
            lines.heading("Sinks that must not receive its data");
        }
        signals.forEach(signal -> {
            List<String> times = new ArrayList<>();
            if (signal.text("action").equals("SUPPRESS")) {
                times.add("since " + signal.time("effectiveFrom"));
            }
            OutcomeLines.gaps(signal).forEach(gap -> times.add("from " + gap));
            lines.item(Colour.FLOW, signal.text("sink") + ", " + String.join(", ", times));
        });
    }

    private void deadlines(List<JsonFields> deadlines) {
        if (!deadlines.isEmpty()) {
            lines.heading("Next deadlines");
        }
        deadlines.forEach(due -> lines.item(Colour.PLAIN, due.time("at") + "  " + due.text("sentence")));
    }

    private void remedy(JsonFields remedy) {
        lines.heading("What would fix it");
        int number = 0;
        for (JsonFields step : remedy.all("steps")) {
            lines.item(Colour.PLAIN, ++number + ". " + step.text("sentence"));
        }
        String then = "%s (%s)".formatted(remedy.text("encryptionState"), remedy.text("policyStatus"));
        lines.item(remedy.flag("complete") ? Colour.GOOD : Colour.ATTENTION, "It would then be " + then + ".");
        remedy.texts("remarks").forEach(remark -> lines.item(Colour.ATTENTION, remark));
    }

    static String cause(JsonFields cause) {
        String type = cause.text("eventType");
        String coordinates = cause.has("topic")
                ? " (%s-%d, offset %d)"
                        .formatted(cause.text("topic"), cause.number("partition"), cause.number("offset"))
                : "";
        return "%s %s, occurred %s%s"
                .formatted(
                        type.isEmpty() ? "event" : type, cause.text("eventId"), cause.time("occurredAt"), coordinates);
    }
}
