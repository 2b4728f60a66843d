package io.keyward.domain;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Difference;
import io.keyward.domain.decision.EnvironmentName;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Decides environments by one rule profile. The input is facts, key facts and a slot; the output is the new
/// state, publications and reasons.
///
/// A pure function: it reads no clock and no store, and equal input gives an equal result. It is the only way to
/// decide or explain an environment; no other class combines facts, rules and difference.
///
/// @param sinks the periods in which each sink was in the profile
public record Decider(RuleProfile profile, SinkPeriods sinks) {
    /// Must be incremented when the rules decide the same facts differently. `RulesNumberTest` fails if the
    /// scenarios show a change and the number is unchanged.
    private static final int RULES = 7;

    /// A decider whose profile has never changed.
    public Decider(RuleProfile profile) {
        this(profile, SinkPeriods.always(profile.sinks()));
    }

    /// A text that identifies the rules and all facts of the profile. If it differs from that of the last
    /// decisions, every environment must be decided again.
    public static String rulesOf(RuleProfile profile) {
        return RULES + " " + profile;
    }

    /// The input from which an environment is decided.
    ///
    /// @param before the stored state
    /// @param facts all facts known now, including those of `before`
    /// @param reports the reports on the environment; may be missing if the profile ignores them
    /// @param keys the facts of all keys that were ever applied to it; a key without facts may be missing
    /// @param timeReached the time that the tenant has reached (R25); [Instant#MIN] if it has reached none
    /// @param erasedAt when the tenant was last erased, if ever
    /// @param slotFree whether the environment may take a slot now; evaluated only if it needs one
    public record Input(
            EnvironmentState before,
            EnvironmentFacts facts,
            Reports reports,
            Map<KeyId, KeyFacts> keys,
            Instant timeReached,
            Optional<Instant> erasedAt,
            BooleanSupplier slotFree) {
        /// The same input with another state, and only the facts of that state.
        private Input from(EnvironmentState state) {
            return new Input(state, state.facts(), reports, keys, timeReached, erasedAt, slotFree);
        }
    }

    /// Decides an environment after a cause: updates its slot, applies the rules, and compares the verdict with
    /// what was published before.
    public DecisionResult decide(TenantId tenant, EnvironmentId environment, Input input, Cause cause) {
        EnvironmentState before = withoutFormerWait(tenant, environment, input, cause);
        History history = History.of(input.facts(), input.keys());
        Slot slot = before.slot().after(input.facts(), history, input.slotFree(), cause.occurredAt());
        Optional<Assessment> assessment = situation(
                        input.facts(), input.reports(), input.keys(), input.timeReached(), history, slot)
                .map(Assessment::of);
        List<TimeRange> ended = history.endedSeries(input.facts(), input.keys());
        SeriesMemory memory = before.series()
                .after(
                        ended,
                        assessment.flatMap(made -> made.situation().knownSeries()),
                        input.facts().purgedAt());
        Difference difference = Difference.between(
                before.published(),
                assessment.map(Assessment::verdict),
                signals(before.published(), assessment, suppressed(input, memory, ended), cause.occurredAt()),
                Publication.About.of(tenant, name(environment, input), profile.name(), cause));
        return new DecisionResult(
                new EnvironmentState(
                        input.facts(),
                        slot,
                        difference.published(),
                        memory,
                        Timer.next(
                                before.timer(),
                                assessment.flatMap(made -> made.verdict().dueAt()),
                                input.timeReached())),
                difference.publications(),
                assessment);
    }

    /// The state before. If former rules held the environment back, its facts are decided by the present rules
    /// first, so that it counts as never having waited (R8).
    private EnvironmentState withoutFormerWait(TenantId tenant, EnvironmentId environment, Input input, Cause cause) {
        EnvironmentState before = input.before();
        if (!before.isHeldBackByFormerRules()) {
            return before;
        }
        SeriesMemory ended = new SeriesMemory(Optional.empty(), before.series().ended());
        EnvironmentState undecided =
                new EnvironmentState(before.facts(), Slot.none(), before.published(), ended, before.timer());
        EnvironmentState decided =
                decide(tenant, environment, input.from(undecided), cause).after();
        return new EnvironmentState(
                before.facts(), decided.slot(), before.published(), decided.series(), before.timer());
    }

    private static EnvironmentName name(EnvironmentId environment, Input input) {
        Optional<String> displayName = input.facts()
                .snapshot()
                .or(() -> input.before().facts().snapshot()) // a purge takes it away
                .flatMap(snapshot -> snapshot.value().displayName());
        return new EnvironmentName(environment, displayName);
    }

    /// The suppressions that have ended, by the facts and by what was remembered of them (R15).
    private static List<TimeRange> suppressed(Input input, SeriesMemory memory, List<TimeRange> ended) {
        EnvironmentFacts facts = input.facts();
        List<TimeRange> suppressed = memory.suppressed(ended);
        if (facts.allApplications().evicted().isPresent()) {
            Instant from =
                    facts.purgedAt().or(facts.allApplications()::oldestEvicted).orElse(Instant.MIN);
            suppressed.add(new TimeRange(
                    from, facts.allApplications().facts().getFirst().at()));
        }
        facts.purgedAt().map(TimeRange::upTo).ifPresent(suppressed::add);
        input.erasedAt().map(TimeRange::upTo).ifPresent(suppressed::add);
        return suppressed;
    }

    /// The signal for each sink. Sinks that were never suppressed have none.
    private SortedMap<String, Signal> signals(
            Published before, Optional<Assessment> assessment, List<TimeRange> ended, Instant now) {
        List<TimeRange> reasons = new ArrayList<>(ended);
        assessment
                .map(Assessment::situation)
                .filter(Situation::suppressed)
                .ifPresent(s -> reasons.add(new TimeRange(s.enabledSince().orElseThrow(), Instant.MAX)));
        List<TimeRange> suppressed = TimeRange.joined(reasons);
        if (suppressed.isEmpty() && before.signals().isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, Signal> signals = new TreeMap<>();
        List<TimeRange> last = List.of();
        Signal signal = Signal.of(last, now);
        for (String sink : sinks.bySink().keySet()) {
            List<TimeRange> concerning = sinks.concerning(sink, suppressed);
            if (!concerning.equals(last)) { // most sinks have the same signal
                last = concerning;
                signal = Signal.of(last, now);
            }
            if (!signal.isNothing() || before.signals().containsKey(sink)) {
                signals.put(sink, signal);
            }
        }
        before.signals().forEach((sink, standing) -> {
            if (standing.suppresses() && !sinks.bySink().containsKey(sink)) { // the time of its loss is unknown
                signals.put(sink, standing.endedAt(now));
            }
        });
        return signals;
    }

    /// The input of the rules, without the verdict; empty while too little is known to decide the environment.
    Optional<Situation> situation(
            EnvironmentFacts facts,
            Reports reports,
            Map<KeyId, KeyFacts> keys,
            Instant timeReached,
            History history,
            Slot slot) {
        return facts.decidable()
                ? Optional.of(Situation.of(facts, reports, keys, timeReached, history, slot, profile))
                : Optional.empty();
    }
}
