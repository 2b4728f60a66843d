package io.keyward.app.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.app.terminal.Colour;
import io.keyward.app.terminal.Format;
import io.keyward.app.terminal.OutcomeLines;
import io.keyward.app.terminal.StyledLine;
import io.keyward.app.terminal.Terminal;
import java.io.PrintStream;
import java.util.function.IntFunction;

/// Prints for people what would be published if events came now.
///
/// @param places where a line that was sent stands, by its number in the answer
public record WhatIfReport(ReportLines lines, IntFunction<String> places) {
    private static final String INDENT = ReportLines.INDENT;
    private static final String NOTHING = "nothing";

    public static void print(JsonNode answer, IntFunction<String> places, PrintStream out, Terminal terminal) {
        new WhatIfReport(new ReportLines(out, terminal), places).print(answer);
    }

    private void print(JsonNode answer) {
        lines.text(
                Colour.NAME,
                "",
                "%s would change. Nothing was written."
                        .formatted(Format.count(answer.path("changes").size(), "environment", "environments")));
        answer.path("changes").forEach(this::change);
        if (!answer.path("deletions").isEmpty()) {
            lines.heading("What would be deleted unless something is done");
            answer.path("deletions").forEach(this::deletion);
        }
        if (answer.path("lines").findValue("undo") != null) {
            lines.heading("Undoing it");
            answer.path("lines").forEach(this::undo);
        }
        if (!answer.path("preliminary").isEmpty()) {
            lines.heading("What is published may differ from this");
            answer.path("preliminary").forEach(why -> lines.text(Colour.ATTENTION, INDENT, why.asText()));
        }
        lines.extent(answer);
    }

    private void change(JsonNode change) {
        lines.heading(owner(change));
        String after = change.path("after").asText(NOTHING);
        lines.line(new StyledLine()
                .add(INDENT + change.path("before").asText(NOTHING) + " → ")
                .add(OutcomeLines.ofState(after, ""), after));
        list(Colour.ATTENTION, "raised: ", change.path("raised"));
        list(Colour.GOOD, "cleared: ", change.path("cleared"));
        list(Colour.FLOW, "suppressed: ", change.path("suppressed"));
        list(Colour.GOOD, "allowed: ", change.path("allowed"));
    }

    private void list(Colour colour, String what, JsonNode texts) {
        if (!texts.isEmpty()) {
            lines.text(colour, INDENT, what + String.join(", ", Format.texts(texts)));
        }
    }

    private void deletion(JsonNode deletion) {
        lines.text(Colour.ALARM, INDENT, Format.time(deletion.path("at").asText()) + "  " + owner(deletion));
    }

    private void undo(JsonNode line) {
        JsonNode undo = line.path("undo");
        if (undo.isMissingNode() || undo.isNull()) {
            return;
        }
        String possible = undo.path("possible").asText();
        lines.text(
                switch (possible) {
                    case "YES" -> Colour.GOOD;
                    case "PARTLY" -> Colour.ATTENTION;
                    default -> Colour.ALARM;
                },
                INDENT,
                "%s: %s: %s"
                        .formatted(
                                places.apply(line.path("line").asInt()),
                                possible,
                                undo.path("sentence").asText()));
        undo.path("remains").forEach(rest -> lines.text(Colour.ATTENTION, INDENT + INDENT, rest.asText()));
    }

    private static String owner(JsonNode node) {
        return node.path("tenantId").asText() + "/" + node.path("environmentId").asText();
    }
}
