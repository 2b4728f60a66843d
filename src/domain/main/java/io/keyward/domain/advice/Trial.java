package io.keyward.domain.advice;

import io.keyward.domain.Assessment;
import io.keyward.domain.Decider;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.History;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.Situation;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An environment as it would be after some events. Never stored.
///
/// @param known the environment after those events
/// @param tenant its tenant after those events, without regard to other environments
/// @param ahead how many other environments get a free slot before it
/// @param assessment what would be true of it
/// @param steps the steps that those events report
record Trial(
        Decider decider,
        KnownEnvironment known,
        TenantState tenant,
        int ahead,
        Assessment assessment,
        List<Remedy.Step> steps) {
    Situation situation() {
        return assessment.situation();
    }

    History history() {
        return situation().history();
    }

    Verdict verdict() {
        return assessment.verdict();
    }

    TenantId tenantId() {
        return known.tenant();
    }

    /// Its warning of that code, if it is open.
    Optional<OpenWarning> open(WarningCode code) {
        return Optional.ofNullable(verdict().openWarnings().get(code));
    }

    Optional<Snapshot> snapshot() {
        return situation().snapshot();
    }

    /// The environment as sentences name it.
    String name() {
        return known.name();
    }

    /// A time just after all known facts and after the events before.
    Stamp nextStamp() {
        Instant limitStated =
                tenant.statedLimit().map(limit -> limit.stamp().occurredAt()).orElse(Instant.MIN);
        Instant known = Instants.max(this.known.reports().latest(), limitStated);
        return new Stamp(
                Instants.max(situation().asOf(), known).plusMillis(1), new EventId("remedy-" + (steps.size() + 1)));
    }

    /// The lowest limit under which it gets a slot.
    int limitNeeded() {
        return tenant.slotsUsed() + ahead + 1;
    }

    boolean slotFree() {
        return limitNeeded() <= tenant.limit();
    }

    /// The distance of its state from a healthy one.
    RemediationDistance distance() {
        return RemediationDistance.of(verdict());
    }

    Trial after(Remedy.Step step) {
        Event event = step.event();
        EnvironmentFacts facts = known.state().facts();
        Reports reports = known.reports();
        Map<KeyId, KeyFacts> keys = known.keys();
        Instant timeReached = known.timeReached();
        TenantState then = tenant;
        switch (event) {
            case Event.OfEnvironment e -> {
                facts = facts.with(e);
                reports = reports.with(e, facts);
            }
            case Event.OfKey e -> {
                keys = new HashMap<>(keys);
                keys.merge(e.key(), KeyFacts.NONE.with(e), (held, _) -> held.with(e));
            }
            case Event.TenantLimitChanged e -> then = tenant.with(e);
            case Event.TenantErased _ -> throw new IllegalArgumentException("An erasure remedies nothing");
            case Event.TimeReached e -> timeReached = Instants.max(timeReached, e.dueAt());
        }
        boolean free = limitNeeded() <= then.limit();
        DecisionResult result = decider.decide(
                tenantId(),
                known.environment(),
                new Decider.Input(known.state(), facts, reports, keys, timeReached, Optional.empty(), () -> free),
                new Cause(event.type(), event.stamp().eventId().value(), event.occurredAt(), "", 0, 0));
        return new Trial(
                decider,
                new KnownEnvironment(tenantId(), known.environment(), result.after(), reports, keys, timeReached),
                then,
                ahead,
                result.assessment().orElseThrow(),
                Stream.concat(steps.stream(), Stream.of(step)).toList());
    }
}
