package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.ComponentEnforcement.Part;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.FreeText;
import io.keyward.domain.id.KeyReference;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The text of a warning about reports on some components (R30, R31). It names only a few of their keys and items.
///
/// @param code one of the warnings about components
record EnforcementTexts(WarningCode code, Map<Component, ComponentEnforcement> components)
        implements OpenWarning.Composed {
    /// How many failed items a text names.
    private static final int ITEMS_NAMED = 3;

    /// How many keys a text names.
    private static final int KEYS_NAMED = 10;

    /// The warning about these components.
    static OpenWarning warning(WarningCode code, Map<Component, ComponentEnforcement> components) {
        List<String> names =
                components.keySet().stream().map(Component::name).sorted().toList();
        return new OpenWarning(
                code, severity(code, components), names, List.of(new EnforcementTexts(code, components)));
    }

    /// Items under a customer key although none should be are more severe than items under the wrong one (R31): no
    /// warning is raised when that key is revoked.
    private static Severity severity(WarningCode code, Map<Component, ComponentEnforcement> components) {
        boolean none = components.values().stream().anyMatch(of -> !of.policyInEffect());
        return code == WarningCode.UNEXPECTED_KEY && none ? Severity.CRITICAL : code.severity();
    }

    @Override
    public List<?> significantParts() {
        return OpenWarning.significantParts(components, this::significantPartsOf);
    }

    private List<?> significantPartsOf(ComponentEnforcement enforcement) {
        return switch (code) {
            case ENFORCEMENT_LATE ->
                List.of(
                        desired(enforcement),
                        enforcement.desiredSince(),
                        enforcement.lateFrom().orElseThrow());
            case ENFORCEMENT_FAILED -> List.of(desired(enforcement), failedItems(enforcement));
            case ENFORCEMENT_DRIFT -> List.of(desired(enforcement), first(strayedKeys(enforcement)));
            default -> List.of(first(unexpectedKeys(enforcement)), enforcement.policyInEffect());
        };
    }

    @Override
    public String toString() {
        return components.entrySet().stream()
                .map(each -> each.getKey().title() + ": " + text(each.getValue()))
                .collect(Collectors.joining(" "));
    }

    private String text(ComponentEnforcement enforcement) {
        return switch (code) {
            case ENFORCEMENT_LATE ->
                "with " + desired(enforcement) + " since " + Sentences.date(enforcement.desiredSince())
                        + ", to be shown by "
                        + Sentences.date(enforcement.lateFrom().orElseThrow()) + ".";
            case ENFORCEMENT_FAILED -> "to " + desired(enforcement) + ". " + counted(enforcement);
            case ENFORCEMENT_DRIFT ->
                "from " + desired(enforcement) + " to " + Sentences.some(strayedKeys(enforcement), KEYS_NAMED)
                        + ", according to the last report, of " + Sentences.last(enforcement.latest(Part::drifted))
                        + ".";
            default ->
                Sentences.some(unexpectedKeys(enforcement), KEYS_NAMED)
                        + (enforcement.policyInEffect()
                                ? "."
                                : ", although no policy with a customer-managed key is in effect for this component.");
        };
    }

    private static String desired(ComponentEnforcement enforcement) {
        return Sentences.key(enforcement.desired());
    }

    private static Stream<EnforcementReport> failed(ComponentEnforcement enforcement) {
        return enforcement.latest(part -> part.status() == EnforcementStatus.FAILED).stream()
                .map(PartReports.Stated::report);
    }

    private static List<String> failedItems(ComponentEnforcement enforcement) {
        return failed(enforcement)
                .flatMap(report -> report.failed().stream())
                .map(EnforcementReport.FailedItem::itemId)
                .distinct()
                .sorted()
                .limit(ITEMS_NAMED)
                .toList();
    }

    private static String counted(ComponentEnforcement enforcement) {
        long count =
                failed(enforcement).mapToLong(EnforcementReport::failedCount).reduce(0, EnforcementTexts::sum);
        List<String> items = failedItems(enforcement);
        String failed = count == 0 ? "How many items failed is not reported" : "Items that failed: " + count;
        return items.isEmpty()
                ? failed + "."
                : failed + ", among them "
                        + items.stream().map(FreeText::isolated).collect(Collectors.joining(", ")) + ".";
    }

    /// The sum, or the largest number that a long holds.
    static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static List<String> strayedKeys(ComponentEnforcement enforcement) {
        return enforcement.parts().stream()
                .flatMap(part -> part.strayed().stream())
                .map(items -> Sentences.key(items.key()))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> unexpectedKeys(ComponentEnforcement enforcement) {
        return enforcement.unexpectedKeys().stream().map(KeyReference::toString).toList();
    }

    private static List<String> first(List<String> keys) {
        return keys.stream().limit(KEYS_NAMED).toList();
    }
}
