package io.keyward.app.simulate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.app.records.LineFiles;
import io.keyward.app.records.SourceLine;
import io.keyward.topology.OutputRecord;
import io.keyward.topology.contract.EventLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Feeds lines to a simulation one by one; dead letters name the line that was refused.
public final class SimulationRun implements LineFiles.LineConsumer<EventLine> {
    private final Simulation simulation;
    private final SimulationReport report;
    private final boolean namesFiles;
    private int refusedLines;

    /// @param namesFiles whether the place of a line includes its file
    public SimulationRun(Simulation simulation, SimulationReport report, boolean namesFiles) {
        this.simulation = simulation;
        this.report = report;
        this.namesFiles = namesFiles;
    }

    /// How many lines were not events.
    public int refusedLines() {
        return refusedLines;
    }

    @Override
    public void accepted(SourceLine line, EventLine event) {
        for (Simulation.SimulatedOutput outcome : simulation.decide(event)) {
            report.add(
                    switch (outcome.output()) {
                        case OutputRecord.Refused refused ->
                            new Simulation.SimulatedOutput(at(line, event, refused), outcome.why());
                        case OutputRecord.Published _, OutputRecord.Retracted _ -> outcome;
                    },
                    line.place());
        }
        report.done();
    }

    /// Lets time pass after the last line, from one moment at which something falls due to the next (R25).
    public void letTimePass(Instant until) {
        Optional<List<Simulation.SimulatedOutput>> due = simulation.nextDue(until);
        while (due.isPresent()) {
            due.get().forEach(outcome -> report.add(outcome, "by --until"));
            due = simulation.nextDue(until);
        }
    }

    @Override
    public void refused(SourceLine line, String reason) {
        refusedLines++;
        report.refused(line, reason);
    }

    private OutputRecord at(SourceLine line, EventLine event, OutputRecord.Refused refused) {
        ObjectNode source = JsonNodeFactory.instance
                .objectNode()
                .put("topic", event.topic().baseName())
                .put("line", line.number());
        if (namesFiles) {
            source.put("file", line.file());
        }
        return new OutputRecord.Refused(refused.key(), refused.reason(), refused.detail(), source, refused.timestamp());
    }
}
