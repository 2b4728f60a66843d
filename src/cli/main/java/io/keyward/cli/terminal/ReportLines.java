package io.keyward.cli.terminal;

import java.io.PrintStream;
import java.time.Instant;

/// Prints the lines of a report. Lines that are too long for the terminal are wrapped, not truncated.
public record ReportLines(PrintStream out, Terminal terminal) {
    public static final String INDENT = "    ";

    /// The value of an unknown time in responses of the console.
    private static final String NOT_KNOWN = Instant.EPOCH.toString();

    public void line(StyledLine line) {
        line.print(out, terminal.breakingLines());
    }

    public void text(Colour colour, String text) {
        text(colour, "", text);
    }

    public void item(Colour colour, String text) {
        text(colour, INDENT, text);
    }

    /// Text about an item.
    public void detail(Colour colour, String text) {
        text(colour, INDENT + INDENT, text);
    }

    public void text(Colour colour, String indent, String text) {
        StyledLine.wrapped(colour, indent, text, terminal.width()).forEach(this::line);
    }

    /// A heading, after an empty line.
    public void heading(String text) {
        out.println();
        text(Colour.NAME, text);
    }

    public void table(TextTable table) {
        table.lines(terminal.width()).forEach(this::line);
    }

    /// Prints how many items of a list are not in the response; nothing if all are.
    public void more(String indent, long left) {
        if (left > 0) {
            text(Colour.FAINT, indent, "… and %d more; the console's web page lists all.".formatted(left));
        }
    }

    /// Prints how current and complete the response is.
    public void extent(JsonFields answer) {
        out.println();
        boolean known = !answer.text("decidedUpTo", NOT_KNOWN).equals(NOT_KNOWN);
        text(
                Colour.FAINT,
                "As of %s; decided up to: %s; records not read yet: %d."
                        .formatted(
                                answer.time("asOf"),
                                known ? answer.time("decidedUpTo") : "not known",
                                answer.number("lag")));
        answer.texts("missing").forEach(sentence -> text(Colour.ATTENTION, "Incomplete: " + sentence));
        out.flush();
    }
}
