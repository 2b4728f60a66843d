package io.keyward.app.records;

import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.terminal.Terminal;
import io.keyward.app.terminal.TerminalStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

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

    /// Writes out what is buffered.
    ///
    /// @throws CommandFailedException if not all of it could be written
    public void flush() {
        if (out.checkError()) {
            throw new CommandFailedException("The output could not be written completely.");
        }
    }
}
