package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement.Part;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.PartReports;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/// Finds the reports that the rules on enforcement used for a verdict (R28–R32).
record ReportsUsed(Verdict verdict) {
    /// The latest of each known part.
    Stream<Stamp> all() {
        return latest((_, _) -> true);
    }

    /// Those that show that a component is late, or has failed (R30).
    Stream<Stamp> lateOrFailed() {
        return latest((component, part) -> part.status() == EnforcementStatus.FAILED
                || (part.status() != EnforcementStatus.ENFORCED
                        && verdict.warnsOf(component, WarningCode.ENFORCEMENT_LATE)));
    }

    /// Those that show that items are under another key than before, or under an unexpected one (R31).
    Stream<Stamp> astray() {
        Stream<Stamp> clean = verdict.enforcement().values().stream()
                .flatMap(of -> of.parts().stream())
                .filter(Part::drifted)
                .flatMap(part -> part.reports().flatMap(PartReports::lastClean).stream())
                .map(PartReports.Stated::stamp);
        return Stream.concat(clean, latest((component, part) -> part.drifted() || countsUnexpected(component, part)));
    }

    private boolean countsUnexpected(Component component, Part part) {
        return part.reports().stream()
                .flatMap(reports -> reports.latest().report().items().stream())
                .flatMap(items -> items.key().stream())
                .anyMatch(key ->
                        verdict.enforcement().get(component).unexpectedKeys().contains(key));
    }

    /// Those of components that are claimed to be under the customer's key only as far as they show it (R32).
    Stream<Stamp> notClaimed() {
        return latest(
                (component, _) -> verdict.decision().components().get(component).reason() == Rule.R32);
    }

    private Stream<Stamp> latest(BiPredicate<Component, Part> which) {
        return verdict.enforcement().entrySet().stream()
                .flatMap(of -> of.getValue().latest(part -> which.test(of.getKey(), part)).stream())
                .map(PartReports.Stated::stamp);
    }
}
