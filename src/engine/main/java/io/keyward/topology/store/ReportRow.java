package io.keyward.topology.store;

import io.keyward.domain.event.Component;
import io.keyward.domain.id.PartName;

/// What a row of the store `enforcement` holds, by its key.
public sealed interface ReportRow {
    Component component();

    /// The names of the parts of a component that ever reported.
    record OfNames(Component component) implements ReportRow {}

    /// The parts that the latest report of a component knows.
    record OfKnownParts(Component component) implements ReportRow {}

    /// The reports of one part.
    record OfPart(Component component, PartName part) implements ReportRow {}
}
