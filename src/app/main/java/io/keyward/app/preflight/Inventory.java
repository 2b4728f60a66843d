package io.keyward.app.preflight;

import io.keyward.app.records.RefusedLines;
import io.keyward.app.records.SourceLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The flows of all files together. Refuses a second line for the same flow.
///
/// @param refused prints each refused line
/// @param flows in the order of their lines
/// @param places of the flows, by their ids
public record Inventory(RefusedLines refused, List<InventoryFlow> flows, Map<String, String> places) {
    public Inventory(RefusedLines refused) {
        this(refused, new ArrayList<>(), new HashMap<>());
    }

    public void add(SourceLine line, InventoryFlow flow) {
        String id = flow.flow().id();
        String earlier = places.putIfAbsent(id, line.place());
        if (earlier == null) {
            flows.add(flow);
        } else {
            refused.add(line, "flowId: %s is at %s already; leave one line for each flow".formatted(id, earlier));
        }
    }
}
