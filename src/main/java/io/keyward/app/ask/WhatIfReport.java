package io.keyward.app.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.app.terminal.Colour;
import io.keyward.app.terminal.Format;
import io.keyward.app.terminal.OutcomeLines;
import io.keyward.app.terminal.StyledLine;
import io.keyward.app.terminal.Terminal;
import java.io.PrintStream;

/// Prints for people what would be published if events came now.
public record WhatIfReport(ReportLines lines) {
    private static final String INDENT = ReportLines.INDENT;
    private static final String NOTHING = "nothing";

    public static void print(JsonNode answer, PrintStream out, Terminal terminal) {
        new WhatIfReport(new ReportLines(out, terminal)).print(answer);
    }

    private void print(JsonNode answer) {
        long changed = answer.path("changes").size();
        lines.text(
                Colour.NAME,
                "",
                "%s: %s would change. Nothing was written."
                        .formatted(
                                Format.count(answer.path("events").asLong(), "event", "events"),
                                Format.count(changed, "environment", "environments")));
        answer.path("changes").forEach(this::change);
        if (!answer.path("preliminary").isEmpty()) {
            lines.heading("What is published may differ from this");
            answer.path("preliminary").forEach(why -> lines.text(Colour.ATTENTION, INDENT, why.asText()));
        }
        lines.extent(answer);
    }

    private void change(JsonNode change) {
        lines.heading(change.path("tenantId").asText() + "/"
                + change.path("environmentId").asText());
        String after = change.path("after").asText(NOTHING);
        lines.line(new StyledLine()
                .add(INDENT + change.path("before").asText(NOTHING) + " → ")
                .add(OutcomeLines.ofState(after, ""), after));
        if (change.hasNonNull("expectedDeletionAt")) {
            lines.text(
                    Colour.ALARM,
                    INDENT,
                    "It would be deleted at %s unless something is done."
                            .formatted(Format.time(
                                    change.path("expectedDeletionAt").asText())));
        }
        list(Colour.ATTENTION, "raised: ", change.path("raised"));
        list(Colour.GOOD, "cleared: ", change.path("cleared"));
        list(Colour.FLOW, "suppressed: ", change.path("suppressed"));
        list(Colour.GOOD, "allowed: ", change.path("allowed"));
        undo(change.path("undo"));
    }

    private void list(Colour colour, String what, JsonNode texts) {
        if (!texts.isEmpty()) {
            lines.text(colour, INDENT, what + String.join(", ", Format.texts(texts)));
        }
    }

    private void undo(JsonNode undo) {
        if (undo.isMissingNode() || undo.isNull()) {
            return;
        }
        if (!undo.path("possible").asBoolean()) {
            lines.text(Colour.ALARM, INDENT, "It cannot be undone.");
        } else if (!undo.path("steps").isEmpty()) {
            lines.text(Colour.PLAIN, INDENT, "To undo it:");
        }
        int number = 0;
        for (JsonNode step : undo.path("steps")) {
            lines.text(Colour.PLAIN, INDENT + INDENT, ++number + ". " + step.asText());
        }
        if (undo.hasNonNull("rest")) {
            lines.text(
                    Colour.ATTENTION,
                    INDENT,
                    "What would remain: " + undo.path("rest").asText());
        }
    }
}
