package io.keyward.app.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.app.terminal.Colour;
import io.keyward.app.terminal.Format;
import io.keyward.app.terminal.OutcomeLines;
import io.keyward.app.terminal.StyledLine;
import io.keyward.app.terminal.Terminal;
import java.io.PrintStream;

/// Prints for people what the console knows of an environment, and why it was decided so.
public record ExplainReport(ReportLines lines) {
    private static final String INDENT = ReportLines.INDENT;

    public static void print(JsonNode answer, PrintStream out, Terminal terminal) {
        new ExplainReport(new ReportLines(out, terminal)).print(answer);
    }

    private void print(JsonNode answer) {
        decision(answer);
        answer.path("why").forEach(this::reason);
        warnings(answer.path("warnings"));
        signals(answer.path("signals"));
        new EnforcementReport(lines).print(answer.path("enforcement"));
        dueDates(answer.path("nextDueDates"));
        if (answer.hasNonNull("remedy")) {
            remedy(answer.path("remedy"));
        }
        lines.extent(answer);
    }

    private void decision(JsonNode answer) {
        JsonNode decision = answer.path("decision");
        if (decision.isMissingNode() || decision.isNull()) {
            lines.text(
                    Colour.PLAIN,
                    "",
                    "%s/%s: nothing is decided."
                            .formatted(
                                    answer.path("tenantId").asText(),
                                    answer.path("environmentId").asText()));
            return;
        }
        lines.line(OutcomeLines.decision(decision));
        JsonNode cause = decision.path("cause");
        if (cause.hasNonNull("eventId")) {
            lines.text(Colour.FAINT, INDENT, "because of " + cause(cause));
        }
    }

    private void reason(JsonNode reason) {
        String rule = reason.path("rule").asText();
        lines.text(Colour.PLAIN, INDENT, rule + " " + reason.path("statement").asText());
        lines.text(Colour.PLAIN, INDENT + INDENT, reason.path("sentence").asText());
        reason.path("events").forEach(event -> lines.text(Colour.FAINT, INDENT + INDENT, cause(event)));
    }

    private void warnings(JsonNode warnings) {
        if (!warnings.isEmpty()) {
            lines.heading("Open warnings");
        }
        for (JsonNode warning : warnings) {
            String severity = warning.path("severity").asText();
            lines.line(new StyledLine()
                    .add(INDENT)
                    .add(OutcomeLines.ofSeverity(severity), severity)
                    .add(" " + warning.path("code").asText() + subject(warning))
                    .add(
                            Colour.FAINT,
                            ", since " + Format.time(warning.path("raisedAt").asText())));
            lines.text(Colour.PLAIN, INDENT + INDENT, warning.path("message").asText());
            lines.text(
                    Colour.PLAIN,
                    INDENT + INDENT,
                    "What to do: " + warning.path("remediation").asText());
        }
    }

    private static String subject(JsonNode warning) {
        return warning.hasNonNull("subject") ? " " + warning.path("subject").asText() : "";
    }

    private void signals(JsonNode signals) {
        if (!signals.isEmpty()) {
            lines.heading("Sinks that must not receive its data");
        }
        signals.forEach(signal -> lines.text(
                Colour.FLOW,
                INDENT,
                signal.path("sink").asText() + ", since "
                        + Format.time(signal.path("effectiveFrom").asText())));
    }

    private void dueDates(JsonNode dueDates) {
        if (!dueDates.isEmpty()) {
            lines.heading("What falls due");
        }
        dueDates.forEach(due -> lines.text(
                Colour.PLAIN,
                INDENT,
                Format.time(due.path("at").asText()) + "  "
                        + due.path("sentence").asText()));
    }

    private void remedy(JsonNode remedy) {
        lines.heading("What would mend it");
        int number = 0;
        for (JsonNode step : remedy.path("steps")) {
            lines.text(
                    Colour.PLAIN,
                    INDENT,
                    ++number + ". " + step.path("sentence").asText());
        }
        String then = "%s (%s)"
                .formatted(
                        remedy.path("encryptionState").asText(),
                        remedy.path("policyStatus").asText());
        lines.text(
                remedy.path("complete").asBoolean() ? Colour.GOOD : Colour.ATTENTION,
                INDENT,
                "It would then be " + then + ".");
        remedy.path("remarks").forEach(remark -> lines.text(Colour.ATTENTION, INDENT, remark.asText()));
    }

    static String cause(JsonNode cause) {
        String type = cause.path("eventType").asText("");
        String place = cause.hasNonNull("topic")
                ? " (%s-%d, offset %d)"
                        .formatted(
                                cause.path("topic").asText(),
                                cause.path("partition").asInt(),
                                cause.path("offset").asLong())
                : "";
        return "%s %s, occurred %s%s"
                .formatted(
                        type.isEmpty() ? "event" : type,
                        cause.path("eventId").asText(),
                        Format.time(cause.path("occurredAt").asText()),
                        place);
    }
}
