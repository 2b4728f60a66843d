package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.answer.DecisionInForce.OfComponent;
import io.keyward.console.answer.EnvironmentAnswer.Reason;
import io.keyward.console.answer.EnvironmentAnswer.ReportedSnapshot;
import io.keyward.console.answer.EnvironmentAnswer.SlotState;
import io.keyward.console.answer.EnvironmentAnswer.StandingSignal;
import io.keyward.console.answer.EnvironmentAnswer.StandingWarning;
import io.keyward.domain.Assessment;
import io.keyward.domain.Explanation;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.WarningCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Composes those parts of the answer about an environment that say what was published about it and why.
///
/// @param assessment the current assessment; empty while too little is known
/// @param records the records that were published last
record EnvironmentComposer(KnownEnvironment known, Optional<Assessment> assessment, PublishedRecords records) {
    private static final String UNDECIDED =
            "The current facts lead to another decision than the one published last: the processor has not decided this"
                    + " environment again yet, or uses other rules. The reasons are those for the new decision.";

    Optional<ReportedSnapshot> snapshot() {
        return known.state()
                .facts()
                .snapshot()
                .map(held -> new ReportedSnapshot(held.value(), held.stamp().occurredAt()));
    }

    SlotState slot() {
        return switch (known.state().slot()) {
            case Slot.Held _ ->
                new SlotState(
                        SlotState.Standing.HELD,
                        known.state().published().decision().flatMap(d -> d.enabledSince()));
            case Slot.Waiting(Optional<Instant> since) ->
                new SlotState(since.isPresent() ? SlotState.Standing.WAITING : SlotState.Standing.NOT_ELIGIBLE, since);
            case Slot.None _ -> new SlotState(SlotState.Standing.NONE, Optional.empty());
        };
    }

    Optional<DecisionInForce> decision() {
        Published published = known.state().published();
        Optional<ObjectNode> record = records.decision(published.revision());
        return published
                .decision()
                .map(decision -> new DecisionInForce(
                        known.tenant(),
                        known.environment(),
                        published.revision(),
                        record.flatMap(read -> PublishedRecords.time(read, "decidedAt")),
                        decision,
                        published.warningNames(),
                        published.sinkNames(),
                        OfComponent.list(decision.enforcement()),
                        record.map(read -> read.path("ruleProfile").asText()),
                        record.flatMap(NamedCause::ofOutput)));
    }

    /// The open warnings, the most severe first.
    List<StandingWarning> warnings() {
        List<StandingWarning> warnings = new ArrayList<>();
        Published published = known.state().published();
        published
                .warnings()
                .forEach((code, standing) -> standing.ifPresent(open -> warnings.add(
                        StandingWarning.of(code, open, records.warning(code, open), () -> messageNow(code)))));
        warnings.sort(Comparator.comparing(
                        (StandingWarning warning) -> warning.details().severity())
                .reversed()
                .thenComparing(StandingWarning::raisedAt));
        return warnings;
    }

    /// A text describes what was true when its record was written, so only the text of the record is exactly what
    /// was published. This one is the fallback.
    private String messageNow(WarningCode code) {
        return assessment
                .map(now -> now.verdict().openWarnings().get(code))
                .map(open -> open.message(known.environmentName()))
                .orElseGet(() -> code.rule().sentence());
    }

    List<StandingSignal> signals() {
        return known.state().published().signals().entrySet().stream()
                .filter(signal -> !signal.getValue().isNothing())
                .map(signal -> new StandingSignal(signal.getKey(), signal.getValue()))
                .toList();
    }

    EnforcementAnswer enforcement(Evidence evidence) {
        return new EnforcementComposer(
                        evidence,
                        assessment.map(now -> now.verdict().enforcement()).orElse(Map.of()),
                        known.reports(),
                        records.proofs(),
                        records::report)
                .compose();
    }

    /// The reasons for the current decision, in the order of the rules.
    List<Reason> why(List<Explanation> reasons) {
        return reasons.stream()
                .map(reason -> new Reason(
                        reason.rule().name(),
                        reason.rule().sentence(),
                        reason.sentence(),
                        reason.causes().stream().map(records::cause).toList()))
                .toList();
    }

    /// What makes this answer incomplete, besides the staleness of the replica.
    List<String> missing() {
        boolean differs = !known.state()
                .published()
                .decision()
                .equals(assessment.map(now -> now.verdict().decision()));
        return differs ? List.of(UNDECIDED) : List.of();
    }
}
