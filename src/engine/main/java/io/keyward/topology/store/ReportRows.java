package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.event.Component;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.PartName;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Assembles the reports on one environment from the rows of the store `enforcement`. Not thread-safe.
public final class ReportRows {

    private final Map<Component, ComponentReports> named = new EnumMap<>(Component.class);
    private final Map<Component, ComponentReports.Known> latest = new EnumMap<>(Component.class);
    private final Map<Component, SortedMap<PartName, PartReports>> reported = new EnumMap<>(Component.class);

    /// Adds a row.
    ///
    /// @throws io.keyward.avro.state.UnreadableStateException if this release cannot read the value
    public void add(ReportRow row, byte[] value) {
        switch (row) {
            case ReportRow.OfNames(Component component) -> named.put(component, StateCodec.COMPONENTS.read(value));
            case ReportRow.OfKnownParts(Component component) ->
                latest.put(component, StateCodec.KNOWN_PARTS.read(value));
            case ReportRow.OfPart(Component component, PartName part) ->
                reported.computeIfAbsent(component, _ -> new TreeMap<>()).put(part, StateCodec.PARTS.read(value));
        }
    }

    /// The reports in the rows. May be called once, after the last row.
    public Reports reports() {
        named.replaceAll((component, of) -> new ComponentReports(
                reported.getOrDefault(component, new TreeMap<>()),
                of.names(),
                of.more(),
                Optional.ofNullable(latest.get(component))));
        return new Reports(named);
    }
}
