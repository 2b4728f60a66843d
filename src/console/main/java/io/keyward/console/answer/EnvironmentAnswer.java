package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.advice.Remedy;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What is known of an environment, and why it was decided so.
///
/// @param snapshot the platform's latest report of the environment
/// @param decision the last published decision; empty before the first one and after a purge
/// @param warnings the open warnings, the most severe first
/// @param signals the suppressed sinks
/// @param enforcement whether its components are encrypted as decided, by what they report
/// @param nextDueDates the next deadlines, by time
/// @param why one entry per rule that applied, in the order of the rules
/// @param remedy what would remediate a state that is not healthy; empty if it is healthy, or if no
///     known step helps
public record EnvironmentAnswer(
        String tenantId,
        String environmentId,
        Optional<ReportedSnapshot> snapshot,
        SlotState slot,
        Optional<DecisionInForce> decision,
        List<StandingWarning> warnings,
        List<StandingSignal> signals,
        EnforcementAnswer enforcement,
        List<DeadlineEntry> nextDueDates,
        List<Reason> why,
        Optional<Remedy> remedy,
        Staleness staleness)
        implements Answer {
    public record ReportedSnapshot(
            @Beside("type, managed, lifecycle") Snapshot value, Instant occurredAt) {}

    /// Whether it counts towards the tenant's limit (R10–R12).
    ///
    /// @param since when it was enabled, or when it joined the queue; empty if it neither holds a slot nor waits
    public record SlotState(Standing standing, Optional<Instant> since) {
        public enum Standing {
            HELD,
            WAITING,
            /// It would wait, but is not eligible (R8).
            NOT_ELIGIBLE,
            NONE
        }
    }

    /// An open warning.
    ///
    /// @param incident the id that all records of the warning share
    /// @param rule the rule that raises it
    /// @param asPublished whether the text is that of the published record. If that record is not known or no
    ///     longer known, the text is composed again from what is true now
    public record StandingWarning(
            String code,
            String incident,

            @Beside("sequence, severity, subjects, subjectCount")
            Incident details,

            String message,
            String remediation,
            Instant raisedAt,
            String rule,
            boolean asPublished) {
        /// @param record the last record of the incident, if it is known
        /// @param messageNow composes the text from what is true now
        static StandingWarning of(
                WarningCode code, Incident open, Optional<ObjectNode> record, Supplier<String> messageNow) {
            return new StandingWarning(
                    code.name(),
                    open.id().text(code),
                    open,
                    record.map(read -> read.path("message").asText()).orElseGet(messageNow),
                    record.map(read -> read.path("remediation").asText()).orElse(code.remediation()),
                    open.raisedAt(),
                    code.rule().name(),
                    record.isPresent());
        }
    }

    /// The last signal to a sink (R15).
    ///
    /// @param signal its fields are written beside the name of the sink
    public record StandingSignal(String sink, Signal signal) {}

    /// A rule that applied.
    ///
    /// @param rule its number, such as `R20`
    /// @param statement the rule in general
    /// @param sentence the rule applied to this environment, with the facts it used
    /// @param events the events that it rests on, oldest first
    public record Reason(String rule, String statement, String sentence, List<NamedCause> events) {}
}
