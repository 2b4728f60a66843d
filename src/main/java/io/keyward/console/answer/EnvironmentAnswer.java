package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Lifecycle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What is known of an environment, and why it was decided so.
///
/// @param snapshot what the platform last reported of it
/// @param decision the last published decision; empty before the first one and after a purge
/// @param warnings the open warnings, the most severe first
/// @param signals the suppressed sinks
/// @param enforcement whether its components are really encrypted so, by what they report
/// @param nextDueDates what falls due next, in order of time
/// @param why one entry for each rule that spoke, in the order of the rules
/// @param remedy what would mend a state that is not good; empty if it is good, or if nothing that can be tried does
public record EnvironmentAnswer(
        String tenantId,
        String environmentId,
        Optional<ReportedSnapshot> snapshot,
        SlotState slot,
        Optional<DecisionInForce> decision,
        List<StandingWarning> warnings,
        List<StandingSignal> signals,
        EnforcementAnswer enforcement,
        List<DueDateEntry> nextDueDates,
        List<Reason> why,
        Optional<Remedy> remedy,
        Extent extent)
        implements Answer {
    public record ReportedSnapshot(EnvironmentType type, boolean managed, Lifecycle lifecycle, Instant occurredAt) {}

    /// Its place within the tenant's limit (R10–R12).
    ///
    /// @param since when it was enabled, or its place in the queue; empty where it has neither
    public record SlotState(Standing standing, Optional<Instant> since) {
        public enum Standing {
            HELD,
            WAITING,
            /// It would wait, but is not eligible (R8).
            NOT_ELIGIBLE,
            NONE
        }
    }

    /// A warning that is open.
    ///
    /// @param subject what it is about, if there can be several with its code
    /// @param rule the rule that raises it
    /// @param asPublished whether the text is that of the published record. If that record is not known (any more),
    ///     the text is composed anew, and may tell what is true now instead of when it was raised
    public record StandingWarning(
            String code,
            Optional<String> subject,
            Severity severity,
            String message,
            String remediation,
            Instant raisedAt,
            String rule,
            boolean asPublished) {
        /// @param record the record that raised it, if it is known
        /// @param messageNow composes the text from what is true now
        static StandingWarning of(
                WarningKey key, Instant raisedAt, Optional<ObjectNode> record, Supplier<String> messageNow) {
            return new StandingWarning(
                    key.code().name(),
                    key.subject(),
                    key.severity(),
                    record.map(read -> read.path("message").asText()).orElseGet(messageNow),
                    record.map(read -> read.path("remediation").asText())
                            .orElse(key.code().remediation()),
                    raisedAt,
                    key.code().rule().name(),
                    record.isPresent());
        }
    }

    /// A sink that must not receive the environment's data.
    ///
    /// @param gapFrom from when on data must not be backfilled, once the sink is allowed again
    public record StandingSignal(String sink, Instant effectiveFrom, Instant gapFrom, String reason) {}

    /// A rule that spoke.
    ///
    /// @param rule its number, such as `R20`
    /// @param statement what the rule says of every environment
    /// @param sentence what it says of this one, with the facts that it used
    /// @param events the events that it rests on, oldest first
    public record Reason(String rule, String statement, String sentence, List<NamedCause> events) {}

    /// The smallest set of steps that mends the state, or as much of it as can be mended.
    ///
    /// @param steps what to do, in this order
    /// @param complete whether the state is wholly good after that; `encryptionState`, `policyStatus` and
    ///     `openWarnings` say how it is then
    /// @param remarks what stays, and why
    public record Remedy(
            List<Step> steps,
            boolean complete,
            EncryptionState encryptionState,
            PolicyStatus policyStatus,
            List<String> openWarnings,
            List<String> remarks) {
        /// One step of a remedy.
        ///
        /// @param event the event that would tell of the step: an event line, as `whatif` takes it
        public record Step(String sentence, ObjectNode event) {}
    }
}
