package io.keyward.app.preflight;

import io.keyward.app.records.LineFiles;
import io.keyward.app.records.RefusedLines;
import io.keyward.app.records.SourceLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The flows of all files together. Refuses a second line for the same flow.
public final class Inventory implements LineFiles.LineConsumer<InventoryFlow> {
    private final RefusedLines complaints;
    private final List<InventoryFlow> flows = new ArrayList<>();
    private final Map<String, String> places = new HashMap<>();
    private long refused;

    /// @param complaints prints each refused line
    public Inventory(RefusedLines complaints) {
        this.complaints = complaints;
    }

    @Override
    public void accepted(SourceLine line, InventoryFlow flow) {
        String id = flow.flow().id();
        String earlier = places.putIfAbsent(id, line.place());
        if (earlier == null) {
            flows.add(flow);
        } else {
            refused(line, "flowId: %s is at %s already; leave one line for each flow".formatted(id, earlier));
        }
    }

    @Override
    public void refused(SourceLine line, String reason) {
        refused++;
        complaints.add(line, reason);
    }

    /// The flows in the order of their lines.
    public List<InventoryFlow> flows() {
        return flows;
    }

    /// How many lines were refused.
    public long refusedLines() {
        return refused;
    }
}
