package io.keyward.cli.records;

import io.keyward.cli.terminal.Visible;
import java.io.PrintStream;

/// Prints the first refused lines of a file with their reasons, and counts the rest.
public final class RefusedLines {
    public static final int SHOWN = 20;
    private static final int LONGEST = 500;

    private final PrintStream err;
    private long lines;

    public RefusedLines(PrintStream err) {
        this.err = err;
    }

    public void add(SourceLine line, String reason) {
        if (++lines <= SHOWN) {
            String shown = reason.length() > LONGEST ? reason.substring(0, LONGEST) + "…" : reason;
            err.println(Visible.line(line.location() + ": " + shown));
        }
    }

    public long count() {
        return lines;
    }

    public void printRest() {
        if (lines > SHOWN) {
            err.printf("keyward: only the first %d of %d refused lines are shown%n", SHOWN, lines);
        }
    }
}
