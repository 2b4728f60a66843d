package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.ComponentEnforcement.Part;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.PartName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares what is reported of one component with what is desired (R29–R31).
record ReportedComponent(Desired desired, UnexpectedKeys unexpected, ComponentReports reports) {
    /// Reports only unexpected keys: nothing is desired of the component.
    ComponentEnforcement notAssessed() {
        return assess(false, false);
    }

    /// @param canBeLate whether its deadline matters (R30)
    ComponentEnforcement assess(boolean canBeLate) {
        return assess(true, canBeLate);
    }

    private ComponentEnforcement assess(boolean assessed, boolean canBeLate) {
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
                unexpected.among(parts),
                unexpected.policyInEffect(),
                assessed,
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

    /// The items outside what is allowed, if a report that counts had shown the part completely under the
    /// customer's key.
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
}
