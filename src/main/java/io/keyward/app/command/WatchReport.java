package io.keyward.app.command;

import io.keyward.app.records.StandardStreams;
import io.keyward.app.terminal.OutcomePrinter;
import io.keyward.app.terminal.OutputRecord;
import java.util.List;

/// Prints the outputs for `watch`: text lines, or JSON lines.
final class WatchReport {
    private final StandardStreams streams;
    private final boolean json;
    private final OutcomePrinter printer;

    WatchReport(StandardStreams streams, boolean json) {
        this.streams = streams;
        this.json = json;
        this.printer = new OutcomePrinter(streams.out(), streams.outTerminal());
    }

    /// Prints the outputs; false if standard output is closed.
    boolean show(List<OutputRecord> outputs) {
        for (OutputRecord output : outputs) {
            if (json) {
                streams.out().println(output.line());
            } else {
                printer.print(output);
            }
        }
        printer.flush();
        return !streams.out().checkError();
    }
}
