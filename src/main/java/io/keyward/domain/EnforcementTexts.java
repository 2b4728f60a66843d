package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.ComponentEnforcement.Part;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The warnings on what is reported of one component (R30, R31).
///
/// Their texts name few of the keys and items, and the causes are those that are named: a warning is raised anew when
/// its text does not name what it would name now.
record EnforcementTexts(Component component, ComponentEnforcement enforcement) {
    /// How many failed items a text names.
    private static final int ITEMS_NAMED = 3;

    /// How many keys a text names.
    private static final int KEYS_NAMED = 10;

    OpenWarning late() {
        Instant since = enforcement.desiredSince();
        Instant due = enforcement.lateFrom().orElseThrow();
        return warning(
                WarningCode.ENFORCEMENT_LATE,
                List.of(desired() + " " + OpenWarning.date(since) + " " + OpenWarning.date(due)),
                since,
                desired(),
                due);
    }

    OpenWarning failed() {
        List<EnforcementReport> failed = enforcement.parts().stream()
                .filter(part -> part.status() == EnforcementStatus.FAILED)
                .map(EnforcementTexts::latest)
                .map(PartReports.Stated::report)
                .toList();
        List<String> items = failed.stream()
                .flatMap(report -> report.failed().stream())
                .map(EnforcementReport.FailedItem::itemId)
                .distinct()
                .sorted()
                .limit(ITEMS_NAMED)
                .toList();
        long count = failed.stream().mapToLong(EnforcementReport::failedCount).reduce(0, EnforcementTexts::sum);
        return warning(WarningCode.ENFORCEMENT_FAILED, items, desired(), counted(count, items));
    }

    OpenWarning drift() {
        List<Part> drifted = enforcement.parts().stream()
                .filter(part -> !part.strayed().isEmpty())
                .toList();
        List<String> keys = drifted.stream()
                .flatMap(part -> part.strayed().stream())
                .map(items -> Sentences.key(items.key()))
                .distinct()
                .sorted()
                .toList();
        Instant reported = drifted.stream()
                .map(part -> latest(part).at())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return warning(WarningCode.ENFORCEMENT_DRIFT, first(keys), desired(), reported, named(keys));
    }

    OpenWarning unexpectedKey() {
        List<String> keys = enforcement.unexpectedKeys().stream()
                .map(KeyReference::toString)
                .toList();
        return new OpenWarning(
                key(WarningCode.UNEXPECTED_KEY), List.of(component.title(), named(keys)), Set.copyOf(first(keys)));
    }

    /// A warning whose text names the desired key, too.
    private OpenWarning warning(WarningCode code, Collection<String> named, Object... arguments) {
        Set<String> causes = new HashSet<>();
        causes.add(desired());
        named.forEach(each -> causes.add(desired() + " " + each));
        List<Object> all = Stream.concat(Stream.of(component.title()), Arrays.stream(arguments))
                .toList();
        return new OpenWarning(key(code), all, causes);
    }

    private WarningKey key(WarningCode code) {
        return new WarningKey(code, Optional.of(component.name()));
    }

    private String desired() {
        return Sentences.key(enforcement.desired());
    }

    private static PartReports.Stated latest(Part part) {
        return part.reports().orElseThrow().latest();
    }

    /// The sum, or the largest number that a long holds.
    static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static String counted(long count, List<String> items) {
        String failed = count == 0 ? "How many items failed is not reported" : "Items that failed: " + count;
        return items.isEmpty() ? failed + "." : failed + ", among them " + String.join(", ", items) + ".";
    }

    private static List<String> first(List<String> keys) {
        return keys.stream().limit(KEYS_NAMED).toList();
    }

    private static String named(List<String> keys) {
        String first = String.join(", ", first(keys));
        return keys.size() <= KEYS_NAMED ? first : first + " and " + (keys.size() - KEYS_NAMED) + " more";
    }
}
