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
/// @param snapshot what the platform last reported of it
/// @param decision the last published decision; empty before the first one and after a purge
/// @param warnings the open warnings, the most severe first
/// @param signals the suppressed sinks
/// @param enforcement whether its components are really encrypted so, by what they report
/// @param nextDueDates what falls due next, in order of time
/// @param why one entry for each rule that spoke, in the order of the rules
/// @param remedy what would mend a state that is not good; empty if it is good, or if nothing that can be tried
///     does
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
        Staleness extent)
        implements Answer {
    public record ReportedSnapshot(
            @Beside("type, managed, lifecycle") Snapshot told, Instant occurredAt) {}

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
    /// @param incident the id that all its records have
    /// @param rule the rule that raises it
    /// @param asPublished whether the text is that of the published record. If that record is not known (any
    ///     more), the text is composed anew, and may tell what is true now
    public record StandingWarning(
            String code,
            String incident,

            @Beside("sequence, severity, subjects, subjectCount")
            Incident told,

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
    /// @param signal its fields stand beside the name of the sink
    public record StandingSignal(String sink, Signal signal) {}

    /// A rule that spoke.
    ///
    /// @param rule its number, such as `R20`
    /// @param statement what the rule says of every environment
    /// @param sentence what it says of this one, with the facts that it used
    /// @param events the events that it rests on, oldest first
    public record Reason(String rule, String statement, String sentence, List<NamedCause> events) {}
}
