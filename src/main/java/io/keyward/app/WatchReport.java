package io.keyward.app;

import io.keyward.app.console.OutcomePrinter;
import io.keyward.app.console.OutputRecord;
import java.util.List;

/// What `watch` shows: lines for people, or for programs.
final class WatchReport {
    private final StandardStreams streams;
    private final boolean json;
    private final OutcomePrinter printer;

    WatchReport(StandardStreams streams, boolean json) {
        this.streams = streams;
        this.json = json;
        this.printer = new OutcomePrinter(streams.out(), streams.outTerminal());
    }

    /// Shows the outputs; false when nobody reads on.
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
