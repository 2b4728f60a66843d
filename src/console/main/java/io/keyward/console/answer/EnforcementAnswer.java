package io.keyward.console.answer;

import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is reported about the components of an environment, and whether each is encrypted as decided (R28–R31).
///
/// @param evidence how the console's rules treat reports (R32)
/// @param remark why no status is given; empty if one is given
/// @param components the components with a desired key or a report
public record EnforcementAnswer(Evidence evidence, Optional<String> remark, List<ComponentState> components) {
    /// One component.
    ///
    /// @param status empty, like `desiredSince`, if no key is desired for it
    /// @param desired the key that all of it should be under; empty for the Microsoft-managed key, and
    ///     without a status
    /// @param lateFrom when it becomes late unless it is ENFORCED by then; empty if it never becomes late
    /// @param proof empty if no known revision says ENFORCED
    /// @param items how many items of the known parts are under each key, by their latest reports
    /// @param failedCount how many items of the known parts failed, by their latest reports
    /// @param parts the known parts, and others that reported before
    /// @param unexpectedKeys customer keys of items that no known policy explains (R31)
    /// @param morePartsThanKept whether more parts reported than are stored; then it is never ENFORCED
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

    /// The first revision that says ENFORCED with the current `desiredSince`.
    ///
    /// @param decidedAt empty, like `cause`, until the record of the decision has been read
    /// @param cause the event that caused it: usually the report
    /// @param exact whether it is known to be the first one; if not, the component was proven at this
    ///     revision or earlier
    /// @param interrupted whether a later revision has another status
    /// @param before the cursor for `before` of the timeline page that begins with that record; empty if no
    ///     record is newer
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
    /// @param known whether the component's latest report names it, or is about the component as a whole
    /// @param status the worst status of this part alone; empty if no key is desired for it
    /// @param latest its latest report; empty if it has never reported, or if the report is void
    /// @param latestClean its latest clean report, if the latest one is not clean
    public record Part(
            String part,
            boolean known,
            Optional<EnforcementStatus> status,
            Optional<Report> latest,
            Optional<Report> latestClean) {}

    /// A report on a part, with the fields of the schema `EnforcementReported`.
    ///
    /// @param event the report as an event; `occurredAt` is the time to which the counts apply
    public record Report(
            NamedCause event,

            @Beside("phase, complete, clean, items, failedCount, failed")
            EnforcementReport report) {}
}
