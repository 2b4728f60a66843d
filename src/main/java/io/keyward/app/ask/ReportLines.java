package io.keyward.app.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.app.terminal.Colour;
import io.keyward.app.terminal.Format;
import io.keyward.app.terminal.StyledLine;
import io.keyward.app.terminal.Terminal;
import io.keyward.app.terminal.TextTable;
import java.io.PrintStream;

/// Prints the lines of a report. Lines that are too long for the terminal are wrapped, not truncated.
record ReportLines(PrintStream out, Terminal terminal) {
    static final String INDENT = "    ";

    void line(StyledLine line) {
        line.print(out, terminal.breakingLines());
    }

    void text(Colour colour, String indent, String text) {
        StyledLine.wrapped(colour, indent, text, terminal.width()).forEach(this::line);
    }

    /// A heading, after an empty line.
    void heading(String text) {
        out.println();
        text(Colour.NAME, "", text);
    }

    void table(TextTable table) {
        table.lines(terminal.width()).forEach(this::line);
    }

    /// How far the answer reaches.
    void extent(JsonNode answer) {
        out.println();
        text(
                Colour.FAINT,
                "",
                "As of %s; records not read yet: %d."
                        .formatted(
                                Format.time(answer.path("asOf").asText()),
                                answer.path("lag").asLong()));
        answer.path("missing")
                .forEach(sentence -> text(Colour.ATTENTION, "", "Not wholly known: " + sentence.asText()));
        out.flush();
    }
}
