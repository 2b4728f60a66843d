package io.keyward.cli.simulate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.cli.records.RefusedLines;
import io.keyward.cli.records.SourceLine;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.ExplanationPrinter;
import io.keyward.cli.terminal.OutcomePrinter;
import io.keyward.cli.terminal.ProgressBar;
import io.keyward.cli.terminal.Summary;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.read.OutputRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Feeds lines to a simulation one by one, and prints the outcome as JSON lines, explanations or a table. Dead
/// letters name the refused line.
public final class SimulationRun {
    private final Simulation simulation;
    private final StandardStreams streams;
    private final Form form;
    private final Optional<ProgressBar> progress;
    private final OutcomePrinter printer;
    private final ExplanationPrinter explanations;
    private final Summary summary = new Summary();
    private final RefusedLines refused;
    private long lines;

    /// The form of the output.
    ///
    /// @param namesFiles whether the location of a line includes its file
    public record Form(boolean explain, boolean summarize, boolean namesFiles) {}

    /// @param progress shown while nothing else is printed
    public SimulationRun(Simulation simulation, StandardStreams streams, Form form, Optional<ProgressBar> progress) {
        this.simulation = simulation;
        this.streams = streams;
        this.form = form;
        this.progress = progress;
        this.printer = new OutcomePrinter(streams.out(), streams.outTerminal());
        this.explanations = new ExplanationPrinter(streams.report());
        this.refused = new RefusedLines(streams.err());
    }

    /// Decides an event.
    public void accepted(SourceLine line, EventLine event) {
        for (Simulation.SimulatedOutput outcome : simulation.decide(event)) {
            OutputRecord output = outcome.output();
            print(
                    output instanceof OutputRecord.Refused dead ? at(line, event, dead) : output,
                    outcome,
                    line.location());
        }
        lines++;
        progress.ifPresent(shown -> shown.done(lines));
    }

    /// Reports a refused line on standard error, after the outputs of the lines before it.
    public void refused(SourceLine line, String reason) {
        progress.ifPresent(ProgressBar::close);
        printer.flush();
        streams.out().flush();
        refused.add(line, reason);
    }

    /// Advances the time after the last line, from deadline to deadline (R25).
    public void letTimePass(Instant until) {
        Optional<List<Simulation.SimulatedOutput>> due = simulation.nextDue(until);
        while (due.isPresent()) {
            due.get().forEach(outcome -> print(outcome.output(), outcome, "by --until"));
            due = simulation.nextDue(until);
        }
    }

    /// Prints the remaining output.
    ///
    /// @return whether every line was an event
    public boolean end() {
        progress.ifPresent(ProgressBar::close);
        printer.flush();
        if (form.summarize()) {
            if (form.explain()) {
                streams.out().println();
            }
            summary.print(streams.out(), streams.outTerminal());
        }
        streams.flush();
        refused.printRest();
        return refused.count() == 0;
    }

    /// Prints an output, or adds it to the table.
    ///
    /// @param location the location of its cause
    private void print(OutputRecord output, Simulation.SimulatedOutput outcome, String location) {
        summary.add(output);
        if (form.explain()) {
            printer.print(output);
            if (output instanceof OutputRecord.Published published) {
                explanations.print(published, location, outcome.why().get());
            }
        } else if (!form.summarize()) {
            streams.out().println(output.line());
        }
    }

    private OutputRecord at(SourceLine line, EventLine event, OutputRecord.Refused dead) {
        ObjectNode source = JsonNodeFactory.instance
                .objectNode()
                .put("topic", event.topic().baseName())
                .put("line", line.number());
        if (form.namesFiles()) {
            source.put("file", line.file());
        }
        return new OutputRecord.Refused(dead.key(), dead.reason(), dead.detail(), source, dead.timestamp());
    }
}
