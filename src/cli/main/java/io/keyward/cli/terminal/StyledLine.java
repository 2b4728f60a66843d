package io.keyward.cli.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Builds a line from pieces of text with colours. It escapes and measures the text before it adds any escape
/// code.
public final class StyledLine {
    private static final String MORE = "…";

    private record Piece(Colour colour, String text) {}

    private final List<Piece> pieces = new ArrayList<>();

    /// Wraps the text into indented lines, at word boundaries.
    public static List<StyledLine> wrapped(Colour colour, String indent, String text, int width) {
        List<StyledLine> lines = new ArrayList<>();
        String rest = indent + Visible.line(text);
        while (rest.length() > indent.length()) {
            int end = rest.length() <= width ? -1 : rest.lastIndexOf(' ', width);
            if (end <= indent.length() && rest.length() > width) {
                end = rest.indexOf(' ', indent.length());
            }
            String line = end < 0 ? rest : rest.substring(0, end);
            lines.add(new StyledLine().add(colour, line));
            rest = indent + rest.substring(Math.min(line.length() + 1, rest.length()));
        }
        return lines;
    }

    /// Adds text.
    public StyledLine add(Colour colour, String text) {
        pieces.add(new Piece(colour, Visible.line(text)));
        return this;
    }

    /// Adds text without a colour.
    public StyledLine add(String text) {
        return add(Colour.PLAIN, text);
    }

    /// Adds the text, padded with blanks to this width.
    StyledLine column(Colour colour, String text, int width) {
        return add(colour, text)
                .add(" ".repeat(Math.max(0, width - pieces.getLast().text().length())));
    }

    /// Prints the line, truncated like [#on(Terminal)].
    public void print(PrintStream out, Terminal terminal) {
        TerminalStream.printCodes(out, on(terminal) + System.lineSeparator());
    }

    /// Returns the line for this terminal. Truncates text that does not fit, and marks the cut.
    String on(Terminal terminal) {
        StringBuilder line = new StringBuilder();
        int left = terminal.width();
        for (Piece piece : pieces) {
            String text = piece.text();
            boolean tooLong = text.length() > left;
            String shown = tooLong ? text.substring(0, Math.max(0, left - 1)) + MORE : text;
            line.append(terminal.colour() ? piece.colour().paint(shown) : shown);
            if (tooLong) {
                return line.toString();
            }
            left -= text.length();
        }
        return line.toString().stripTrailing();
    }
}
