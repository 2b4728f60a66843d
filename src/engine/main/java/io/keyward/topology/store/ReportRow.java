package io.keyward.topology.store;

import io.keyward.domain.event.Component;
import io.keyward.domain.id.PartName;

/// The kind of a row of the store `enforcement`, by its key.
public sealed interface ReportRow {
    Component component();

    /// The names of all parts of a component that have reported.
    record OfNames(Component component) implements ReportRow {}

    /// The parts that the latest report of a component lists.
    record OfKnownParts(Component component) implements ReportRow {}

    /// The reports of one part.
    record OfPart(Component component, PartName part) implements ReportRow {}
}
