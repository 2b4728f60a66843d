package io.keyward.console.answer;

import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.id.KeyReference;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many items are under each key version. The Microsoft-managed key, which has no version, comes first.
public final class ReportedItems {
    private static final Comparator<Optional<KeyReference>> ORDER =
            Comparator.comparing(key -> key.map(KeyReference::toString).orElse(""));

    private final SortedMap<Optional<KeyReference>, Long> counts = new TreeMap<>(ORDER);

    /// The latest reports of a component's known parts.
    static List<EnforcementReport> latest(ComponentReports reported) {
        return reported.knownNames().stream()
                .flatMap(name -> reported.part(name).stream())
                .map(part -> part.latest().report())
                .toList();
    }

    void add(EnforcementReport report) {
        report.items().forEach(entry -> counts.merge(entry.key(), entry.count(), ReportedItems::sum));
    }

    List<EnforcementReport.Items> list() {
        return counts.entrySet().stream()
                .map(entry -> new EnforcementReport.Items(entry.getKey(), entry.getValue()))
                .toList();
    }

    SortedMap<Optional<KeyReference>, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    /// The sum of two counts, capped at `Long.MAX_VALUE`: a reported count can be any long.
    public static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
