package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.ComponentEnforcement.Part;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.PartReports;
import java.util.stream.Stream;

/// Finds the reports that the rules on enforcement used for a verdict (R28–R32).
record ReportsUsed(Verdict verdict) {
    /// The latest of each known part.
    Stream<Stamp> all() {
        return verdict.enforcement().values().stream()
                .flatMap(of -> of.parts().stream())
                .flatMap(ReportsUsed::latest);
    }

    /// Those that show that a component is late, or has failed (R30).
    Stream<Stamp> lateOrFailed() {
        return verdict.enforcement().entrySet().stream().flatMap(entry -> {
            boolean late = verdict.warnsOf(entry.getKey(), WarningCode.ENFORCEMENT_LATE);
            return entry.getValue().parts().stream()
                    .filter(part -> part.status() == EnforcementStatus.FAILED
                            || (late && part.status() != EnforcementStatus.ENFORCED))
                    .flatMap(ReportsUsed::latest);
        });
    }

    /// Those that show that items are under another key than before, or under an unexpected one (R31).
    Stream<Stamp> astray() {
        return verdict.enforcement().values().stream()
                .flatMap(of -> of.parts().stream().flatMap(part -> astray(of, part)));
    }

    private static Stream<Stamp> astray(ComponentEnforcement of, Part part) {
        Stream<Stamp> clean = part.reports().flatMap(PartReports::lastClean).map(PartReports.Stated::stamp).stream();
        boolean unexpected = part.reports().stream()
                .flatMap(reports -> reports.latest().report().items().stream())
                .flatMap(items -> items.key().stream())
                .anyMatch(key -> of.unexpectedKeys().contains(key));
        return !part.strayed().isEmpty()
                ? Stream.concat(clean, latest(part))
                : unexpected ? latest(part) : Stream.empty();
    }

    /// Those of components that are claimed to be under the customer's key only as far as they show it (R32).
    Stream<Stamp> notClaimed() {
        return verdict.enforcement().entrySet().stream()
                .filter(entry -> isNotClaimed(entry.getKey()))
                .flatMap(entry -> entry.getValue().parts().stream())
                .flatMap(ReportsUsed::latest);
    }

    private boolean isNotClaimed(Component component) {
        return verdict.decision().components().get(component).reason() == Rule.R32;
    }

    private static Stream<Stamp> latest(Part part) {
        return part.reports().map(reports -> reports.latest().stamp()).stream();
    }
}
