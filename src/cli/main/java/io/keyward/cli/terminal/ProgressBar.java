package io.keyward.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/// Shows progress: a progress bar on an interactive terminal, otherwise a line from time to time.
public final class ProgressBar implements AutoCloseable {
    private static final Duration REDRAWN = Duration.ofMillis(100);
    private static final Duration REPEATED = Duration.ofSeconds(10);
    private static final int BAR_WIDTH = 30;
    private static final int LEAST_BAR_WIDTH = 5;

    /// Two brackets, a space, and the last column, after which some terminals start a new line.
    private static final int BESIDE_BAR = 4;

    /// The total if it is not known in advance.
    public static final long UNKNOWN = 0;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final Terminal terminal;
    private final InstantSource clock;
    private final String what;
    private final long total;
    private Instant shownAt;
    private boolean drawn;

    /// Creates a progress display.
    ///
    /// @param what the items that are counted and what happens to them, for example `events sent`
    /// @param total the number of items, or [#UNKNOWN] to show only the count without a bar
    public ProgressBar(PrintStream out, Terminal terminal, InstantSource clock, String what, long total) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.what = what;
        this.total = total;
        this.shownAt = clock.instant();
    }

    /// Shows this count, unless another count was shown a moment ago.
    public void done(long count) {
        done(count, total);
    }

    /// Shows this count of so many.
    public synchronized void done(long count, long total) {
        Instant now = clock.instant();
        if (Duration.between(shownAt, now).compareTo(terminal.interactive() ? REDRAWN : REPEATED) >= 0) {
            show(count, total);
            shownAt = now;
        }
    }

    /// Removes the bar before a result is printed.
    @Override
    public synchronized void close() {
        if (drawn) {
            TerminalStream.printCodes(out, CLEAR);
            out.flush();
            drawn = false;
        }
    }

    private void show(long count, long total) {
        String counted = total == UNKNOWN
                ? String.format(Locale.ROOT, "%,d %s", count, what)
                : String.format(Locale.ROOT, "%,d of %,d %s", count, total, what);
        if (terminal.interactive()) {
            TerminalStream.printCodes(out, CLEAR + bar(count, total, terminal.width() - counted.length()) + counted);
            drawn = true;
        } else {
            out.println(counted);
        }
        out.flush();
    }

    /// The bar and a space, for a line with this many columns left. Empty if the total is unknown or the bar
    /// would be too short.
    private String bar(long count, long total, int room) {
        int width = Math.min(BAR_WIDTH, room - BESIDE_BAR);
        if (total == UNKNOWN || width < LEAST_BAR_WIDTH) {
            return "";
        }
        int full = (int) (width * count / total);
        return "[" + "#".repeat(full) + "-".repeat(width - full) + "] ";
    }
}
