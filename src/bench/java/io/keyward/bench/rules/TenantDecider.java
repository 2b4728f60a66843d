package io.keyward.bench.rules;

import io.keyward.domain.Decider;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.LimitWarning;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Applies all rules of the product to one event after the other, with facts stored anywhere. Flink's job and
/// the hand-written loop share it. An event about a key is applied to all of its environments at once.
public final class TenantDecider {
    private final Decider decider;

    public TenantDecider(RuleProfile profile) {
        this.decider = new Decider(profile);
    }

    /// Applies an event and returns the publications that it causes.
    public List<Publication> decide(TenantFacts facts, Event event, Trigger trigger) {
        EventRun run = new EventRun(facts, event, trigger, new ArrayList<>());
        boolean slotsMoved = switch (event) {
            case Event.OfEnvironment e -> run.applyEnvironmentEvent(e);
            case Event.OfKey e -> run.applyKeyEvent(e);
            case Event.TenantLimitChanged e -> run.applyLimit(e);
            case Event.TenantErased _, Event.TimeReached _ ->
                throw new IllegalArgumentException("the load holds no " + event.type());
        };
        if (slotsMoved) {
            run.grantSlots();
            run.warnOfLimit();
        }
        return run.publications;
    }

    /// Applies one event to the tenant's facts. Each method returns whether slots may have been taken or
    /// freed.
    private final class EventRun {
        private final TenantFacts facts;
        private final Event event;
        private final Trigger trigger;
        private final List<Publication> publications;

        EventRun(TenantFacts facts, Event event, Trigger trigger, List<Publication> publications) {
            this.facts = facts;
            this.event = event;
            this.trigger = trigger;
            this.publications = publications;
        }

        boolean applyEnvironmentEvent(Event.OfEnvironment stated) {
            EnvironmentState before = facts.environment(stated.environmentId());
            EnvironmentFacts after = before.facts().with(stated);
            return !after.equals(before.facts()) && decide(stated.environmentId(), before, after);
        }

        boolean applyKeyEvent(Event.OfKey stated) {
            KeyFacts before = facts.key(stated.key());
            KeyFacts after = before.with(stated);
            if (after.equals(before)) {
                return false;
            }
            facts.put(stated.key(), after);
            boolean slotsMoved = false;
            for (EnvironmentId user : facts.users(stated.key())) {
                slotsMoved |= decideAgain(user);
            }
            return slotsMoved;
        }

        boolean applyLimit(Event.TenantLimitChanged stated) {
            TenantState before = facts.tenant();
            TenantState after = before.with(stated);
            if (after.equals(before)) {
                return false;
            }
            facts.put(after);
            return true;
        }

        void grantSlots() {
            while (facts.tenant().slotFree()) {
                Optional<EnvironmentId> next = facts.firstInQueue();
                if (next.isEmpty()) {
                    return;
                }
                decideAgain(next.get());
            }
        }

        void warnOfLimit() {
            LimitWarning warning = LimitWarning.between(
                    event.tenantId(), facts.tenant(), decider.profile().name(), trigger.cause());
            warning.publication().ifPresent(publication -> {
                publications.add(publication);
                facts.put(warning.state());
            });
        }

        private boolean decideAgain(EnvironmentId environment) {
            EnvironmentState state = facts.environment(environment);
            return decide(environment, state, state.facts());
        }

        private boolean decide(EnvironmentId environment, EnvironmentState before, EnvironmentFacts known) {
            Map<KeyId, KeyFacts> keys = known.keys().stream().collect(Collectors.toMap(key -> key, facts::key));
            DecisionResult result = decider.decide(
                    event.tenantId(),
                    environment,
                    new Decider.Input(
                            before,
                            known,
                            Reports.NONE,
                            keys,
                            Instant.MIN,
                            Optional.empty(),
                            () -> slotFreeFor(environment)),
                    trigger.cause());
            EnvironmentState after = result.after();
            publications.addAll(result.publications());
            if (!after.equals(before)) {
                facts.put(environment, after);
                updateUsage(environment, before.facts(), known);
                updateSlot(environment, before.slot(), after.slot());
            }
            return after.slot().held() != before.slot().held();
        }

        private boolean slotFreeFor(EnvironmentId environment) {
            return facts.tenant().slotFree()
                    && facts.firstInQueue().map(environment::equals).orElse(true);
        }

        private void updateUsage(EnvironmentId environment, EnvironmentFacts before, EnvironmentFacts after) {
            Set<KeyId> gone = new LinkedHashSet<>(before.keys());
            after.keys().stream().filter(key -> !gone.remove(key)).forEach(key -> facts.addUser(key, environment));
            gone.forEach(key -> facts.removeUser(key, environment));
        }

        private void updateSlot(EnvironmentId environment, Slot before, Slot after) {
            if (before.equals(after)) {
                return;
            }
            before.queuedAt().ifPresent(queuedAt -> facts.dequeue(queuedAt, environment));
            after.queuedAt().ifPresent(queuedAt -> facts.enqueue(queuedAt, environment));
            int more = (after.held() ? 1 : 0) - (before.held() ? 1 : 0);
            if (more != 0) {
                facts.put(facts.tenant().addSlots(more));
            }
        }
    }
}
