package io.keyward.app;

import io.keyward.app.console.Terminal;
import io.keyward.app.console.TerminalStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

/// The three streams of a process, and what can be shown on them. Output is buffered and UTF-8, whatever the locale.
record StandardStreams(InputStream in, PrintStream out, PrintStream err, Terminal outTerminal, Terminal errTerminal) {
    /// Those of this process.
    static StandardStreams ofProcess() {
        return new StandardStreams(
                System.in,
                new TerminalStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))),
                System.err,
                Terminal.ofOutput(),
                Terminal.ofErrors());
    }

    /// Writes out what is buffered.
    ///
    /// @throws CommandFailedException if the output took less than all of it
    void flush() {
        if (out.checkError()) {
            throw new CommandFailedException("The output could not be written to its end.");
        }
    }
}
