package io.keyward.app.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// A line in the making: pieces of text with their colours, made visible and measured before any escape code is in it.
final class StyledLine {
    private static final String MORE = "…";

    private record Piece(Colour colour, String text) {}

    private final List<Piece> pieces = new ArrayList<>();

    StyledLine add(Colour colour, String text) {
        pieces.add(new Piece(colour, Visible.line(text)));
        return this;
    }

    StyledLine add(String text) {
        return add(Colour.PLAIN, text);
    }

    /// Adds the text and blanks up to that width.
    StyledLine column(Colour colour, String text, int width) {
        return add(colour, text)
                .add(" ".repeat(Math.max(0, width - pieces.getLast().text().length())));
    }

    /// Prints the line, cut off like [#on(Terminal)].
    void print(PrintStream out, Terminal terminal) {
        TerminalStream.printCodes(out, on(terminal) + System.lineSeparator());
    }

    /// The line for that terminal: what does not fit is cut off, with a mark.
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
