package io.keyward.console.answer;

import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// How many items are under each key version; the Microsoft-managed key, which is no version of any, comes first.
final class ReportedItems {
    private static final Comparator<Optional<KeyReference>> ORDER =
            Comparator.comparing(key -> key.map(KeyReference::toString).orElse(""));

    private final SortedMap<Optional<KeyReference>, Long> counts = new TreeMap<>(ORDER);

    static ReportedItems of(EnforcementReport report) {
        ReportedItems items = new ReportedItems();
        items.add(report);
        return items;
    }

    /// Those of the latest reports of a component's known parts.
    static ReportedItems ofKnownParts(ComponentReports reports) {
        ReportedItems items = new ReportedItems();
        items.addKnownParts(reports);
        return items;
    }

    void addKnownParts(ComponentReports reports) {
        SortedSet<PartName> known = reports.knownNames();
        reports.parts().forEach((name, part) -> {
            if (known.contains(name)) {
                add(part.latest().report());
            }
        });
    }

    private void add(EnforcementReport report) {
        report.items().forEach(entry -> counts.merge(entry.key(), entry.count(), ReportedItems::sum));
    }

    SortedMap<Optional<KeyReference>, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    /// The sum of two counts, or the greatest number where none is large enough: each count may be any.
    static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
