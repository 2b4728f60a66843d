package io.keyward.console.answer;

import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is reported of the components of an environment, and whether each is encrypted as decided (R28–R31).
///
/// @param evidence what reports are good for by the rules of the console (R32)
/// @param remark why no status is given; empty if one is
/// @param components those of which something is desired or was reported
public record EnforcementAnswer(Evidence evidence, Optional<String> remark, List<ComponentState> components) {
    /// One component.
    ///
    /// @param status empty, like `desiredSince`, where nothing is desired of it
    /// @param desired the key that all of it should be under; empty for the Microsoft-managed key, and without a
    ///     status
    /// @param lateFrom when it is late unless it is ENFORCED by then; empty if it is never late
    /// @param proof empty if no revision that is known says ENFORCED
    /// @param items how many items of the known parts are under each key, by their latest reports
    /// @param failedCount how many items of the known parts failed, by their latest reports
    /// @param parts the known parts, and others that reported once
    /// @param unexpectedKeys customer keys of items that no known policy explains (R31)
    /// @param morePartsThanKept whether more parts reported than are remembered; then it is never ENFORCED
    public record ComponentState(
            Component component,
            Optional<EnforcementStatus> status,
            Optional<KeyReference> desired,
            Optional<Instant> desiredSince,
            Optional<Instant> lateFrom,
            Optional<Proof> proof,
            List<EnforcementReport.Items> items,
            long failedCount,
            List<Part> parts,
            List<KeyReference> unexpectedKeys,
            boolean morePartsThanKept) {}

    /// The first revision that says ENFORCED with the present `desiredSince`.
    ///
    /// @param decidedAt empty, like `cause`, while the record of the decision has not been read
    /// @param cause the event that caused it: as a rule, the report
    /// @param exact whether it is known to be the first; if not, it was proven no later than by this revision
    /// @param interrupted whether a later revision says otherwise
    /// @param before the cursor for `before` of the timeline's page that begins with that record; empty if none is
    ///     newer
    public record Proof(
            long revision,
            Optional<Instant> decidedAt,
            Optional<NamedCause> cause,
            boolean exact,
            boolean interrupted,
            Optional<String> before) {}

    /// One part of a component.
    ///
    /// @param part its name; blank if the component has one part
    /// @param known whether the component's latest report names it, or is its own
    /// @param status the worst that holds of this part alone; empty where nothing is desired of it
    /// @param latest its latest report; empty if it never reported, or if the report is void
    /// @param latestClean its latest clean report, if the latest one is not clean
    public record Part(
            String part,
            boolean known,
            Optional<EnforcementStatus> status,
            Optional<Report> latest,
            Optional<Report> latestClean) {}

    /// A report on a part, with the fields of the schema `EnforcementReported`.
    ///
    /// @param event the report as an event; `occurredAt` is the moment that the counts describe
    public record Report(
            NamedCause event,

            @Beside("phase, complete, clean, items, failedCount, failed")
            EnforcementReport told) {}
}
