package io.keyward.domain.decision;

import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/// Whether a component is really encrypted as decided, by the reports on it (R28–R31). Used for warnings and
/// explanations; only the status and `desiredSince` are published.
///
/// @param desired the key that all of it should be under; any version of the key if it has no version; empty for
///     the Microsoft-managed key
/// @param desiredSince since when; only later reports count
/// @param lateFrom when it is late unless it is ENFORCED by then (R30); empty if it is never late
/// @param parts the known parts, in the order of their names
/// @param unexpectedKeys the customer keys that its items are under although no known policy explains it (R31)
/// @param policyInEffect whether a policy puts the component under a customer key, or could at present (R31)
/// @param assessed whether it has a status (R29); if not, only what is reported and unexpected of it is meaningful
/// @param morePartsThanKept whether more parts reported than are remembered; then it is never ENFORCED
public record ComponentEnforcement(
        EnforcementStatus status,
        Optional<KeyReference> desired,
        Instant desiredSince,
        Optional<Instant> lateFrom,
        List<Part> parts,
        SortedSet<KeyReference> unexpectedKeys,
        boolean policyInEffect,
        boolean assessed,
        boolean morePartsThanKept) {
    public ComponentEnforcement {
        parts = List.copyOf(parts);
        unexpectedKeys = Collections.unmodifiableSortedSet(unexpectedKeys);
    }

    /// One known part.
    ///
    /// @param reports what it reported; empty if it never did
    /// @param status the worst status that holds for this part alone
    /// @param strayed the items outside what is allowed that its latest report counts, if the part has drifted
    public record Part(
            PartName name,
            Optional<PartReports> reports,
            EnforcementStatus status,
            List<EnforcementReport.Items> strayed) {
        public Part {
            strayed = List.copyOf(strayed);
        }

        /// Whether items of it have left what is allowed (R31).
        public boolean drifted() {
            return !strayed.isEmpty();
        }
    }

    /// The latest reports of some of the parts.
    public List<PartReports.Stated> latest(Predicate<Part> which) {
        return parts.stream()
                .filter(which)
                .flatMap(part -> part.reports().stream())
                .map(PartReports::latest)
                .toList();
    }

    /// The part of this that decisions publish.
    public Enforcement published() {
        return new Enforcement(status, desiredSince);
    }
}
