package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.ComponentEnforcement.Part;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Compares what is reported of one component with what is desired (R29–R31).
record ReportedComponent(History history, Desired desired, ComponentReports reports) {
    /// @param canBeLate whether its deadline matters (R30)
    ComponentEnforcement assess(boolean canBeLate) {
        List<Part> parts = parts();
        EnforcementStatus status =
                parts.isEmpty() || reports.more() ? EnforcementStatus.UNREPORTED : EnforcementStatus.ENFORCED;
        for (Part part : parts) {
            status = status.worse(part.status());
        }
        return new ComponentEnforcement(
                status,
                desired.key(),
                desired.since(),
                canBeLate ? Optional.of(desired.deadline()) : Optional.empty(),
                parts,
                unexpected(parts),
                reports.more());
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (PartName name : reports.knownNames()) {
            Optional<PartReports> held = reports.part(name);
            parts.add(held.filter(reported -> desired.isBefore(reported.latest().at()))
                    .map(reported -> counted(name, reported))
                    .orElseGet(() -> new Part(name, held, EnforcementStatus.UNREPORTED, List.of())));
        }
        return parts;
    }

    private Part counted(PartName name, PartReports reported) {
        List<EnforcementReport.Items> strayed = strayed(reported);
        return new Part(name, Optional.of(reported), status(reported.latest().report(), strayed), strayed);
    }

    private EnforcementStatus status(EnforcementReport latest, List<EnforcementReport.Items> strayed) {
        if (latest.phase() == EnforcementReport.Phase.FAILED || latest.failedCount() > 0) {
            return EnforcementStatus.FAILED;
        }
        if (!strayed.isEmpty()) {
            return EnforcementStatus.DRIFTED;
        }
        return desired.isShownBy(latest) ? EnforcementStatus.ENFORCED : EnforcementStatus.IN_PROGRESS;
    }

    /// The items outside what is allowed, if a report that counts had shown the part wholly under the customer's key.
    private List<EnforcementReport.Items> strayed(PartReports reported) {
        boolean wasShown = desired.key().isPresent()
                && reported.lastClean()
                        .filter(clean -> desired.isBefore(clean.at()) && desired.isShownBy(clean.report()))
                        .isPresent();
        return wasShown
                ? reported.latest().report().items().stream()
                        .filter(items -> !desired.allows(items.key()))
                        .toList()
                : List.of();
    }

    private TreeSet<KeyReference> unexpected(List<Part> parts) {
        TreeSet<KeyReference> keys = new TreeSet<>();
        for (Part part : parts) {
            part.reports()
                    .map(PartReports::latest)
                    .filter(latest -> latest.at().isAfter(desired.deadline()))
                    .ifPresent(latest -> latest.report().items().stream()
                            .flatMap(items -> items.key().stream())
                            .filter(key -> !history.expects(key, latest.at()))
                            .forEach(keys::add));
        }
        return keys;
    }
}
