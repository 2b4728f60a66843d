package io.keyward.console.whatif;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Interval;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.DryRun;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.store.TenantReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Tries events on a copy of what is known after the event that they may undo. For one trial.
final class UndoTrial {
    private final TenantId tenant;
    private final TenantReader before;
    private final TenantReader now;
    private final DryRun dryRun;
    private final NavigableSet<EnvironmentId> touched = new TreeSet<>(Comparator.comparing(EnvironmentId::value));
    /// The sinks that get no data, by place and time.
    private final Map<GapStart, Set<String>> gaps = new LinkedHashMap<>();
    private int environments;

    /// @param dryRun of the event
    /// @param tenant of the event
    /// @param after what is known after it, with a mark before it
    UndoTrial(DryRun dryRun, TenantId tenant, StoreCopies after) {
        StoreCopies copies = new StoreCopies(after);
        this.tenant = tenant;
        this.before = after.atMark(tenant);
        this.now = copies.now(tenant);
        this.dryRun = dryRun.over(copies);
    }

    /// Remembers which environments these outputs are about.
    void touch(List<DryRun.Output> outputs) {
        outputs.forEach(output -> Subjects.environment(output.publication()).ifPresent(touched::add));
    }

    /// Decides the events as soon as they have occurred; false if one would be refused, or reaches more environments
    /// than may be tried.
    boolean send(List<Event> events) {
        for (Event event : events) {
            switch (dryRun.decide(line(event), event.occurredAt())) {
                case DryRun.Outcome.Refused _ -> {
                    return false;
                }
                case DryRun.Outcome.Decided decided -> {
                    environments += decided.environments();
                    touch(decided.outputs());
                    decided.outputs().forEach(output -> note(output.publication()));
                    if (!decided.complete()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /// The event as it is read from its line.
    private static EventLine line(Event event) {
        return EventLine.parse(EventLine.write(event, WhatIf.SOURCE).toString());
    }

    /// The environments that wait for their runtime to be enabled, and did not before (R21).
    List<EnvironmentId> recoverable() {
        return touched.stream()
                .filter(environment ->
                        isRecoverable(now.state(environment)) && !isRecoverable(before.state(environment)))
                .toList();
    }

    private static boolean isRecoverable(EnvironmentState state) {
        return state.published()
                .decision()
                .map(Decision::encryptionState)
                .equals(Optional.of(EncryptionState.RECOVERABLE));
    }

    /// What differs from before the event, in all environments that were decided otherwise at some time since.
    List<ChangedPart> changes() {
        List<ChangedPart> found = new ArrayList<>();
        touched.forEach(environment -> found.addAll(ChangedParts.between(
                environment,
                before.state(environment).published(),
                now.state(environment).published())));
        boolean near = now.state().limitIncident().isPresent();
        if (near != before.state().limitIncident().isPresent()) {
            found.add(new ChangedPart(
                    "Tenant " + tenant,
                    "warning that its limit is near",
                    "",
                    near ? "open" : "cleared",
                    near ? "cleared" : "open",
                    false));
        }
        return found;
    }

    /// Where and from when sinks get no data.
    private record GapStart(EnvironmentId environment, Instant from) {
        /// Empty for the beginning of time.
        String start() {
            return from.equals(Instant.MIN) ? "" : "from %s ".formatted(OpenWarning.date(from));
        }
    }

    /// What the time between leaves behind, although the decisions may be as before.
    List<String> gaps() {
        return gaps.entrySet().stream()
                .map(gap -> "Environment %s: no data of the time %suntil it is undone for %s (R15)."
                        .formatted(gap.getKey().environment(), gap.getKey().start(), String.join(", ", gap.getValue())))
                .toList();
    }

    /// What is known after what was sent.
    TenantReader now() {
        return now;
    }

    /// How many environments the trial has decided.
    int environments() {
        return environments;
    }

    private void note(Publication publication) {
        if (publication instanceof Publication.OfSignal allowed
                && !allowed.signal().suppresses()) {
            allowed.signal().gaps().stream()
                    .filter(gap -> isNew(allowed, gap))
                    .forEach(gap -> gaps.computeIfAbsent(
                                    new GapStart(allowed.environmentId().orElseThrow(), gap.from()),
                                    _ -> new LinkedHashSet<>())
                            .add(CodeWords.inText(allowed.sink())));
        }
    }

    /// Whether the sink would have got the data of that time without the trial.
    private boolean isNew(Publication.OfSignal allowed, Interval gap) {
        Signal known = before.state(allowed.environmentId().orElseThrow())
                .published()
                .signals()
                .get(allowed.sink());
        return known == null || (!known.suppresses() && !known.gaps().contains(gap));
    }
}
