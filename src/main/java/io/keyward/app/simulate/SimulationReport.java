package io.keyward.app.simulate;

import io.keyward.app.records.RefusedLines;
import io.keyward.app.records.SourceLine;
import io.keyward.app.records.StandardStreams;
import io.keyward.app.terminal.ExplanationPrinter;
import io.keyward.app.terminal.OutcomePrinter;
import io.keyward.app.terminal.Progress;
import io.keyward.app.terminal.Summary;
import io.keyward.topology.OutputRecord;
import java.util.Optional;

/// Prints the results of `simulate`: JSON lines, explanations or a table.
public final class SimulationReport {
    private final StandardStreams streams;
    private final boolean explain;
    private final boolean summarize;
    private final OutcomePrinter printer;
    private final ExplanationPrinter explanations;
    private final Summary summary = new Summary();
    private final RefusedLines complaints;
    private final Optional<Progress> progress;
    private long lines;

    /// @param progress shown while nothing else is printed
    public SimulationReport(StandardStreams streams, boolean explain, boolean summarize, Optional<Progress> progress) {
        this.progress = progress;
        this.streams = streams;
        this.explain = explain;
        this.summarize = summarize;
        this.printer = new OutcomePrinter(streams.out(), streams.outTerminal());
        this.complaints = new RefusedLines(streams.err());
        this.explanations = new ExplanationPrinter(streams.out(), streams.outTerminal());
    }

    /// Prints an output, or adds it to the table.
    ///
    /// @param place where its cause comes from
    void add(Simulation.SimulatedOutput outcome, String place) {
        summary.add(outcome.output());
        if (explain) {
            printer.print(outcome.output());
            if (outcome.output() instanceof OutputRecord.Published published) {
                explanations.print(published, place, outcome.why().get());
            }
        } else if (!summarize) {
            streams.out().println(outcome.output().line());
        }
    }

    void done() {
        lines++;
        progress.ifPresent(shown -> shown.done(lines));
    }

    /// Reports a refused line on standard error, after the outputs of the lines before it.
    void refused(SourceLine line, String reason) {
        progress.ifPresent(Progress::end);
        printer.flush();
        streams.out().flush();
        complaints.add(line, reason);
    }

    public void end() {
        progress.ifPresent(Progress::end);
        printer.flush();
        if (summarize) {
            if (explain) {
                streams.out().println();
            }
            summary.print(streams.out(), streams.outTerminal());
        }
        streams.flush();
        complaints.printRest();
    }
}
