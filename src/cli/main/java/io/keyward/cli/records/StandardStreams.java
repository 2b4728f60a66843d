package io.keyward.cli.records;

import io.keyward.cli.terminal.ProgressBar;
import io.keyward.cli.terminal.ReportLines;
import io.keyward.cli.terminal.Terminal;
import io.keyward.cli.terminal.TerminalStream;
import io.keyward.cluster.CommandFailedException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;

/// The three streams of a process, and the terminals that show them. Output is buffered and UTF-8, whatever the
/// locale.
public record StandardStreams(
        InputStream in, PrintStream out, PrintStream err, Terminal outTerminal, Terminal errTerminal) {
    public static StandardStreams ofProcess() {
        return new StandardStreams(
                System.in,
                new TerminalStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))),
                System.err,
                Terminal.ofOutput(),
                Terminal.ofErrors());
    }

    /// Prints formatted text as the result of a command.
    @SuppressWarnings("AnnotateFormatMethod") // that annotation is not part of the language
    public void print(String format, Object... arguments) {
        out.printf(format, arguments);
    }

    /// Prints formatted text about the command on standard error.
    @SuppressWarnings("AnnotateFormatMethod") // as above
    public void tell(String format, Object... arguments) {
        err.printf(format, arguments);
    }

    /// Prints the lines of a report as the result of a command.
    public ReportLines report() {
        return new ReportLines(out, outTerminal);
    }

    /// Shows progress on standard error.
    ///
    /// @param what the items that are counted and what happens to them, for example `events sent`
    /// @param total the number of items, or [ProgressBar#UNKNOWN]
    public ProgressBar progress(String what, long total) {
        return new ProgressBar(err, errTerminal, InstantSource.system(), what, total);
    }

    /// Writes out what is buffered.
    ///
    /// @throws CommandFailedException if not all of it could be written
    public void flush() {
        if (out.checkError()) {
            throw new CommandFailedException("The output could not be written completely.");
        }
    }
}
